"""`dativo.lock.json` on disk, put in place together with the manifests.

The lock goes first, then the manifests. A compile killed between the two leaves a lock that is ahead of them, and the
next one, with `--locked` or without, brings them up to it. The other way round a `--locked` compile would take new
manifests back to old values. What fails after the lock is in place puts the old one back.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from dativo_compile.diagnostics.codes.lock import LOCK_NOT_WRITABLE
from dativo_compile.diagnostics.diagnostic import diagnose
from dativo_compile.lock.reading import Lock, LockFault, lock_place, read_lock
from dativo_compile.lock.text import LOCK
from dativo_compile.writing.change import Change, clear
from dativo_compile.writing.faults import WriteFault
from dativo_compile.writing.files import write_new

STAGE = ".dativo-lock-stage"
Renewed = Callable[[Lock | None], bytes | None]  # what is there now -> what should be; absent for no file


@contextmanager
def lock_placed(root: Path, build: Path, renewed: Renewed, *, whole: bool) -> Iterator[None]:
    """The new lock is in place inside, and stays unless an exception leaves. Raises `WriteFault`."""
    with ExitStack() as stack:
        try:
            change = _placed(root, build, renewed, stack, whole)
        except OSError as error:
            raise _fault(error) from None
        try:
            yield
        except BaseException:
            if change is not None:
                change.undo()
            raise


def _placed(root: Path, build: Path, renewed: Renewed, stack: ExitStack, whole: bool) -> Change | None:
    """Absent if nothing changes: a project that may not be written needs no permission then."""
    now = lock_now(root, whole=whole)
    stage = str(root / STAGE)
    if renewed(now) == (now.data if now else None) and not os.path.lexists(stage):
        return None
    _exclude(root, build, stack)
    now = lock_now(root, whole=whole)  # another compile, of other paths into another folder, may have just written it
    data = renewed(now)
    clear(stage)  # a killed compile left it
    if data == (now.data if now else None):
        return None
    stack.callback(_cleared, stage)
    os.mkdir(stage)
    change = Change(str(root), stage)
    try:
        if data is not None:
            write_new(f"{stage}/new", [data], synced=True)
            change.put(f"{stage}/new", LOCK, replaces=os.path.lexists(root / LOCK))
        elif now is not None:
            change.drop(LOCK)
        change.sync()
    except BaseException:
        change.undo()
        raise
    return change


def lock_now(root: Path, *, whole: bool) -> Lock | None:
    """The lock that a compile is to replace; raises `WriteFault` if it is broken, and only some jobs are compiled."""
    try:
        return read_lock(root)
    except LockFault as fault:
        if not whole:
            help = "restore the file from git, or compile the whole project, which writes it anew"
            raise WriteFault(replace(fault.diagnostic, help=help)) from None
    return Lock({}, b"")  # a warning has said that it is written anew


def _exclude(root: Path, build: Path, stack: ExitStack) -> None:
    """Others wait for the moment that this takes; where the folder is the build folder, they are kept out already."""
    if os.path.realpath(root) == os.path.realpath(build):
        return
    opened = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    stack.callback(os.close, opened)
    with suppress(OSError):  # a file system that cannot lock: the last one wins
        fcntl.flock(opened, fcntl.LOCK_EX)


def _cleared(stage: str) -> None:
    with suppress(OSError):  # the next compile clears what is left
        clear(stage)


def _fault(error: OSError) -> WriteFault:
    reason = f"the system says: {(error.strerror or 'input/output error').lower()}"
    help = "remove the cause, or compile with `--locked`, which does not write it"
    return WriteFault(diagnose(LOCK_NOT_WRITABLE, lock_place(), notes=(reason,), help=help))
