"""A call that cannot mean anything; the command line turns it into exit code 2."""

from __future__ import annotations


class UsageError(Exception):
    """`message` says what is wrong with the call, `help` what to write instead."""

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.help = help
