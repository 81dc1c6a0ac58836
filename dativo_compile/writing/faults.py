"""Refusals of the operating system, and of the writer itself, as diagnostics with a cure."""

from __future__ import annotations

import errno
import os

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.codes import build as codes
from dativo_compile.diagnostics.diagnostic import Diagnostic, diagnose

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
ELSEWHERE = "choose another folder with `-o`"
HELP: dict[Code, str] = {
    codes.BUILD_NOT_FOLDER: f"move it away, or {ELSEWHERE}",
    codes.BUILD_LINK: "give `-o` the folder that it points to, or remove the link",
    codes.BUILD_IN_USE: f"wait for it to end, or {ELSEWHERE}",
    codes.BUILD_FILE_FOREIGN: f"move it away, or {ELSEWHERE}",
    codes.INDEX_UNREADABLE: f"delete the build folder and compile again, or {ELSEWHERE}",
    codes.BUILD_FULL: f"make space, or {ELSEWHERE}",
    codes.BUILD_NOT_WRITABLE: f"change the permissions, or {ELSEWHERE}",
    codes.BUILD_WRITE_FAILED: f"remove the cause, or {ELSEWHERE}",
}


class WriteFault(Exception):
    """Why the build folder cannot be written. After a `fatal` one no other job can be written either."""

    def __init__(self, diagnostic: Diagnostic, *, fatal: bool = True) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic
        self.fatal = fatal


def refuse(code: Code, path: str, *notes: str, fatal: bool = True) -> WriteFault:
    return WriteFault(diagnose(code, None, notes=notes, help=HELP[code], path=path), fatal=fatal)


def fault_of(error: OSError, path: str) -> WriteFault:
    """The fault for what the operating system said when `path` was to be written."""
    if error.errno in FULL:
        return refuse(codes.BUILD_FULL, path)
    reason = f"the system says: {os.strerror(error.errno).lower()}" if error.errno else str(error)
    if error.errno in FORBIDDEN:
        return refuse(codes.BUILD_NOT_WRITABLE, path, reason)
    if error.errno == errno.ENOTDIR:
        return refuse(codes.BUILD_NOT_FOLDER, path)
    return refuse(codes.BUILD_WRITE_FAILED, path, reason)
