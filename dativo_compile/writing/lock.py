"""One compile at a time in a build folder: a lock that the kernel takes back when we are killed."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
from contextlib import ExitStack, suppress
from dataclasses import dataclass

from dativo_compile.diagnostics.codes.build import BUILD_IN_USE, BUILD_LINK, BUILD_NOT_FOLDER
from dativo_compile.writing.faults import fault_of, refuse
from dativo_compile.writing.files import kind_of

LOCK = ".dativo-lock"  # only where the folder itself cannot be locked (network file systems)
UNSUPPORTED = {errno.EBADF, errno.EINVAL, errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP}
BUSY = {errno.EWOULDBLOCK, errno.EACCES, errno.EAGAIN}
TRIES = 100


@dataclass(frozen=True, slots=True)
class Held:
    """An open lock, and the folders that were made for it, outermost first."""

    opened: ExitStack
    made: tuple[str, ...]

    def release(self, build: str, *, keep: bool) -> None:
        """Lets the next one in; without `keep`, the folders made for this one go first."""
        if not keep and self.made:
            with suppress(OSError):
                os.unlink(f"{build}/{LOCK}")
            for folder in reversed(self.made):
                with suppress(OSError):  # another's files came into it: it stays
                    os.rmdir(folder)
        self.opened.close()


def hold(build: str) -> Held:
    """Makes the folder if need be and locks it; raises `WriteFault`, at once if it is in use."""
    made: list[str] = []
    for _ in range(TRIES):
        try:
            made += _make(build)
            opened = _lock(build)
        except OSError as error:
            Held(ExitStack(), tuple(made)).release(build, keep=False)
            raise fault_of(error, build) from None
        if opened is not None:
            return Held(opened, tuple(made))
    raise refuse(BUILD_IN_USE, build)


def _make(build: str) -> list[str]:
    kind = kind_of(build)
    if kind == stat.S_IFLNK:
        raise refuse(BUILD_LINK, build)
    if kind not in (None, stat.S_IFDIR):
        raise refuse(BUILD_NOT_FOLDER, build)
    missing = []
    folder = build
    while folder and not os.path.lexists(folder):
        missing.append(folder)
        folder = os.path.dirname(folder)
    made: list[str] = []
    for folder in reversed(missing):
        try:
            os.mkdir(folder)
        except FileExistsError:
            continue  # another compile was faster
        except OSError as error:
            Held(ExitStack(), tuple(made)).release(build, keep=False)
            blocked = isinstance(error, NotADirectoryError)
            raise fault_of(error, os.path.dirname(folder) if blocked else folder) from None
        made.append(folder)
    return made


def _lock(build: str) -> ExitStack | None:
    """The open lock; absent if the folder was removed while we asked."""
    with ExitStack() as opened:
        folder = os.open(build, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
        opened.callback(os.close, folder)
        if not _flock(folder, build):
            file = os.open(f"{build}/{LOCK}", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
            opened.callback(os.close, file)
            _flock(file, build)
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(folder), os.lstat(build)):
                return opened.pop_all()
    return None


def _flock(opened: int, build: str) -> bool:
    """Whether the file system can lock this."""
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in BUSY:
            raise refuse(BUILD_IN_USE, build) from None
        if error.errno not in UNSUPPORTED:
            raise
        return False
    return True
