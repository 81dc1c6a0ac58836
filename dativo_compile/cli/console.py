"""Writing to standard output and error: in UTF-8 or as near as they come, and quietly once a pipe is closed."""

from __future__ import annotations

import errno
import os
import sys
from typing import TextIO

from dativo_compile.model.usage import UsageError


def say(text: str) -> None:
    """To standard output: what a program may read."""
    _write(sys.stdout, text)


def tell(text: str) -> None:
    """To standard error: what a person reads."""
    _write(sys.stderr, text)


def _write(stream: TextIO | None, text: str) -> None:
    """Nobody reads a closed pipe: the rest goes nowhere, and the command ends with its own exit code.

    Raises `UsageError` if standard output is lost for another reason, such as a full disk.
    """
    if stream is None:
        return  # the caller closed it before we started
    raw = getattr(stream, "buffer", None)
    try:
        if raw is None:  # something in memory stands in for the stream
            stream.write(text)
            return
        stream.flush()
        raw.write(text.encode(_encoding(stream), "backslashreplace"))
        raw.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())  # what is buffered must not fail again at exit
        if error.errno != errno.EPIPE and stream is sys.stdout:
            reason = (error.strerror or "the system refuses").lower()
            raise UsageError(f"standard output cannot be written: {reason}", "send it elsewhere") from None


def _encoding(stream: TextIO) -> str:
    """A program reads UTF-8 whatever the locale; a terminal gets its own."""
    return (stream.encoding or "utf-8") if stream.isatty() else "utf-8"
