"""How a build folder stands to the sources: the answer of `dativo check` as a value."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from dativo_compile.diagnostics.diagnostic import Diagnostic
from dativo_compile.review.diff.model import Diff
from dativo_compile.review.moves import Move
from dativo_compile.writing.compare import Changes

Verdict = Literal["up to date", "out of date", "errors"]


@dataclass(frozen=True, slots=True)
class Standing:
    """`diff` is absent where the sources have errors. `compiled` are the diagnostics of the compile, `findings` are
    about the build folder alone. `changes` are files that a compile would write or remove, `moved` is the lock's.
    """

    compiled: tuple[Diagnostic, ...]
    findings: tuple[Diagnostic, ...] = ()
    diff: Diff | None = None
    changes: Changes = field(default_factory=Changes)
    moved: tuple[Move, ...] = ()
    jobs: int = 0

    @property
    def verdict(self) -> Verdict:
        """A folder with a finding is not what the sources say, whatever `--strict` says; a note is no finding."""
        if self.diff is None or any(finding.severity == "error" for finding in self.findings):
            return "errors"
        found = any(finding.severity == "warning" for finding in self.findings)
        return "out of date" if self.changes or found else "up to date"

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        return tuple(sorted((*self.compiled, *self.findings), key=lambda each: each.sort_key))
