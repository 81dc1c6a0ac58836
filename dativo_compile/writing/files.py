"""Reading and writing single files without following links, waiting on pipes, or trusting buffers."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable

from dativo_compile.diagnostics.codes.build import BUILD_FILE_FOREIGN, BUILD_LINK
from dativo_compile.writing.faults import fault_of, refuse

# non-blocking: a named pipe in our way must not hang us
READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
WRITE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC


def kind_of(path: str) -> int | None:
    """The type bits of what stands at `path` itself; absent if nothing does."""
    try:
        return stat.S_IFMT(os.lstat(path).st_mode)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise fault_of(error, path) from None


def check_file(path: str) -> bool:
    """Whether a regular file is there; a link or anything else in its place is a fault."""
    kind = kind_of(path)
    if kind == stat.S_IFLNK:
        raise refuse(BUILD_LINK, path, fatal=False)
    if kind not in (None, stat.S_IFREG):
        raise refuse(BUILD_FILE_FOREIGN, path, "it is not a regular file", fatal=False)
    return kind is not None


def _open(path: str) -> int | None:
    try:
        return os.open(path, READ)
    except FileNotFoundError:
        return None
    except OSError as error:
        check_file(path)  # says what is there, if that is why
        raise fault_of(error, path) from None


def same(path: str, data: bytes) -> bool | None:
    """Whether the file holds exactly these bytes; absent without a file."""
    opened = _open(path)
    if opened is None:
        return None
    try:
        about = os.fstat(opened)
        if not stat.S_ISREG(about.st_mode):
            check_file(path)
        if about.st_size != len(data):
            return False
        return os.read(opened, len(data) + 1) == data
    except OSError as error:
        raise fault_of(error, path) from None
    finally:
        os.close(opened)


def contents(path: str) -> bytes | None:
    """All bytes of a regular file; absent without one."""
    opened = _open(path)
    if opened is None:
        return None
    try:
        about = os.fstat(opened)
        if not stat.S_ISREG(about.st_mode):
            check_file(path)
        parts = []
        while part := os.read(opened, about.st_size + 1):
            parts.append(part)
        return b"".join(parts)
    except OSError as error:
        raise fault_of(error, path) from None
    finally:
        os.close(opened)


def write_new(path: str, pieces: Iterable[bytes], *, synced: bool) -> None:
    """Writes a file that must not exist yet; raises `OSError`."""
    opened = os.open(path, WRITE, 0o666)
    try:
        for piece in pieces:
            written = os.write(opened, piece)
            while written < len(piece):  # a disk that fills up takes a part, and refuses the next
                piece = piece[written:]
                written = os.write(opened, piece)
        if synced:
            os.fsync(opened)
    finally:
        os.close(opened)


def sync_folder(path: str) -> None:
    """Makes the renames in a folder survive a power cut."""
    opened = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
