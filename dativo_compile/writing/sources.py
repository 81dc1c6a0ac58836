"""Replacing a file that a person wrote: whole or not at all, and only if it still is what was read."""

from __future__ import annotations

import os
import stat
from contextlib import suppress

from dativo_compile.diagnostics.codes.sources import SOURCE_NOT_WRITTEN
from dativo_compile.diagnostics.diagnostic import Diagnostic, diagnose
from dativo_compile.model.place import Place
from dativo_compile.writing.faults import FORBIDDEN, FULL
from dativo_compile.writing.files import sync_folder, write_new

LINK = "it is a symbolic link", "give the path of the file that it points to"
CHANGED = "it has changed since it was read", "run the command again"
FULL_DISK = "no space is left", "make space"
RIGHTS = "its folder may not be written", "change the permissions"


def link_fault(root: str, name: str) -> Diagnostic | None:
    """The refusal of a file that is a symbolic link."""
    return _fault(name, *LINK) if os.path.islink(os.path.join(root, name)) else None


def replace_source(root: str, name: str, old: bytes, new: bytes) -> Diagnostic | None:
    """Puts `new` in the place of `old`, keeping mode and owner; what stood in the way, if anything did.

    `name` is relative to `root`.
    """
    path = os.path.join(root, name)
    folder, base = os.path.split(path)
    beside = os.path.join(folder, f".{base[:200]}.{os.getpid()}.new")
    try:
        status = os.lstat(path)
        if stat.S_ISLNK(status.st_mode):
            return _fault(name, *LINK)
        with open(path, "rb") as file:
            if file.read(len(old) + 1) != old:
                return _fault(name, *CHANGED)
        try:
            write_new(beside, [new], synced=True)
            with suppress(OSError):  # only root can give a file away
                os.chown(beside, status.st_uid, status.st_gid)
            os.chmod(beside, stat.S_IMODE(status.st_mode))
            os.replace(beside, path)
        finally:
            with suppress(FileNotFoundError):
                os.unlink(beside)
        sync_folder(folder)
    except OSError as error:
        return _refused(name, error)
    return None


def _refused(name: str, error: OSError) -> Diagnostic:
    if error.errno in FULL:
        return _fault(name, *FULL_DISK)
    if error.errno in FORBIDDEN:
        return _fault(name, *RIGHTS)
    said = os.strerror(error.errno).lower() if error.errno else "the system refuses"
    return _fault(name, said, "remove the cause, and run the command again")


def _fault(name: str, reason: str, help: str) -> Diagnostic:
    return diagnose(SOURCE_NOT_WRITTEN, Place.whole(name), path=name, reason=reason, help=help)
