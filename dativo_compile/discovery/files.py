"""The one door to the bytes of a project's files."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from dativo_compile.model.source import SourceFile

LARGEST = 10_000_000  # bytes; the YAML reader's own bound


class FileFault(Exception):
    """Why a file has no bytes for us: `reason` completes the sentence "the file ..."."""

    def __init__(self, name: str, reason: str, help: str) -> None:
        super().__init__(reason)
        self.name = name
        self.reason = reason
        self.help = help


REASONS = {
    errno.ENOENT: ("does not exist", "correct the path"),
    errno.EACCES: ("may not be read", "change its permissions: `chmod u+r`"),
    errno.EPERM: ("may not be read", "change its permissions: `chmod u+r`"),
    errno.ELOOP: ("is a symbolic link that leads back to itself", "remove the link"),
    errno.ENAMETOOLONG: ("has a name that is too long", "choose a shorter name"),
    errno.EISDIR: ("is a folder", "give the path of a file"),
}


class Files:
    """Reads files below `root` by their project-relative names."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._prefix = str(root).rstrip("/") + "/"

    def read(self, name: str) -> SourceFile:
        """Raises `FileFault`; a device or a pipe is refused, so that nothing can block."""
        try:
            handle = os.open(self._prefix + name, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        except (OSError, ValueError) as error:
            raise fault_of(name, error) from None
        try:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode):
                raise FileFault(name, "is not a regular file", "give the path of a file")
            if status.st_size > LARGEST:
                raise FileFault(name, f"has {status.st_size:,} bytes, and at most {LARGEST:,} are read", "split it")
            return SourceFile(name, _all(handle, status.st_size))
        except OSError as error:
            raise fault_of(name, error) from None
        finally:
            os.close(handle)


def _all(handle: int, size: int) -> bytes:
    data = os.read(handle, size + 1)
    if len(data) == size:
        return data
    parts = [data]
    while len(parts[-1]) and sum(map(len, parts)) <= LARGEST:
        parts.append(os.read(handle, 1 << 20))
    return b"".join(parts)


def fault_of(name: str, error: Exception) -> FileFault:
    number = error.errno if isinstance(error, OSError) else None
    reason, help = REASONS.get(number or 0, ("cannot be read", "check the disk and the file's name"))
    if isinstance(error, OSError) and number not in REASONS and error.strerror:
        reason = f"cannot be read: {error.strerror.lower()}"
    return FileFault(name, reason, help)
