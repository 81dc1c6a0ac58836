"""One file outside of the build folder, written whole or not at all, and only if it would change."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from dativo_compile.model.usage import UsageError


def is_same(path: Path, data: bytes) -> bool:
    """Whether the file holds exactly these bytes. Raises `UsageError` for what is there and cannot be read."""
    try:
        return path.read_bytes() == data
    except FileNotFoundError:
        return False
    except OSError as error:
        raise _refused(path, "read", error) from None


def replaced(path: Path, data: bytes) -> bool:
    """Whether the file had to be written. A link stays, and what it points to is replaced. Raises `UsageError`."""
    if is_same(path, data):
        return False
    real = os.path.realpath(path)
    beside = f"{real}.{os.getpid()}.new"
    try:
        with open(beside, "xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, real)
    except OSError as error:
        with suppress(OSError):
            os.unlink(beside)
        raise _refused(path, "written", error) from None
    return True


def _refused(path: Path, verb: str, error: OSError) -> UsageError:
    reason = (error.strerror or "the system refuses").lower()
    return UsageError(f"`{path}` cannot be {verb}: {reason}", "name another file")
