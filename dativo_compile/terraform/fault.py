"""What is wrong with a state, before it is known where to report it."""

from __future__ import annotations

from typing import Any

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic, diagnose
from dativo_compile.model.place import Place


class StateFault(Exception):
    """Never holds text of a state, not even of a broken one: it could be a secret.

    For the same reason it is raised outside of `except`: a decoder's error keeps the whole text.
    """

    def __init__(self, code: Code, *, notes: tuple[str, ...] = (), help: str = "", **fields: Any) -> None:
        super().__init__(code.name)
        self.code = code
        self.notes = notes
        self.help = help
        self.fields = fields

    def noting(self, *notes: str) -> StateFault:
        """The same, with more facts before its own."""
        return StateFault(self.code, notes=(*notes, *self.notes), help=self.help, **self.fields)

    def at(self, place: Place | None, *notes: str) -> Diagnostic:
        return diagnose(self.code, place, notes=(*notes, *self.notes), help=self.help, **self.fields)
