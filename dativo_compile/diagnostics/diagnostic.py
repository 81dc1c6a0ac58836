"""A problem as a value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from dativo_compile.diagnostics.code import Code, Severity
from dativo_compile.model.place import Place


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that belongs to the problem, and what stands there."""

    place: Place
    message: str


@dataclass(frozen=True, slots=True)
class Edit:
    """What stands at `place` becomes `text`; an empty place is where `text` goes in."""

    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """What a program may do about the problem without asking: only where nothing else can be meant.

    `edits` lie in one file, in its order, apart from one another, and hold nothing secret.
    """

    description: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """`place` is absent where the problem is in no file; `notes` are facts, `help` is what to do."""

    code: Code
    severity: Severity
    message: str
    place: Place | None = None
    notes: tuple[str, ...] = ()
    help: str = ""
    related: tuple[Related, ...] = field(default=())
    fix: Fix | None = None

    @property
    def sort_key(self) -> tuple[Any, ...]:
        """File order, then position, then code and text: never order of arrival."""
        place = self.place
        where = (0, "", 0, 0) if place is None else (1, place.file, place.line, place.column)
        return (*where, self.code.id, self.message, self.notes)


@dataclass(frozen=True, slots=True)
class Ignored:
    """What a line opted out of; `reason` is the text after the comment's brackets."""

    diagnostic: Diagnostic
    reason: str


def diagnose(
    code: Code,
    place: Place | None,
    *,
    notes: tuple[str, ...] = (),
    help: str = "",
    related: tuple[Related, ...] = (),
    fix: Fix | None = None,
    **fields: object,
) -> Diagnostic:
    """Fill the code's message template; `fields` are its named parts."""
    return Diagnostic(code, code.severity, code.message.format(**fields), place, notes, help, related, fix)


def good(diagnostics: Iterable[Diagnostic], *, strict: bool = False) -> bool:
    """Whether nothing found fails the command: no error, and with `strict` no warning. A note never does."""
    failing = ("error", "warning") if strict else ("error",)
    return not any(d.severity in failing for d in diagnostics)
