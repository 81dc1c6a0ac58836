"""The bytes of a state file, without waiting for what never comes and without an end to memory."""

from __future__ import annotations

import errno
import os
import re
import stat
from typing import BinaryIO

LARGEST = 512_000_000  # bytes
PIECE = 1 << 22
TOO_LARGE = f"it has more than {LARGEST:,} bytes"
# What the caller has opened for us, such as a shell's `<(terraform output -json)`.
OPENED = re.compile(r"/dev/(?:fd/[0-9]+|stdin)|/proc/self/fd/[0-9]+")


def contents(path: str | os.PathLike[str]) -> bytes:
    """A pipe or device is refused unless the caller has it open already. Raises `OSError`."""
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with open(handle, "rb") as file:
        status = os.fstat(handle)
        if stat.S_ISDIR(status.st_mode):
            raise OSError(errno.EISDIR, os.strerror(errno.EISDIR))
        if stat.S_ISFIFO(status.st_mode) and OPENED.fullmatch(os.fspath(path)):
            os.set_blocking(handle, True)
        elif not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "it is not a regular file")
        return bounded(file, status.st_size)


def bounded(file: BinaryIO, size: int = 0) -> bytes:
    """All that a file has, in one piece where its size is known. Raises `OSError` if it is more than any state has."""
    if size > LARGEST:
        raise OSError(errno.EFBIG, TOO_LARGE)
    parts = [file.read(size + 1)] if size else []
    while (not parts or len(parts[-1]) > size) and (part := file.read(PIECE)):
        parts.append(part)
        if sum(map(len, parts)) > LARGEST:
            raise OSError(errno.EFBIG, TOO_LARGE)
    return parts[0] if len(parts) == 1 else b"".join(parts)
