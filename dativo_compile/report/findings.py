"""All that a run of the compiler has to say, for the formats that programs read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dativo_compile.diagnostics.diagnostic import Diagnostic, Ignored


@dataclass(frozen=True, slots=True)
class Findings:
    """`ignored` is what lines opted out of. `prefix` leads from the repository to the project: empty, or `etl/`."""

    diagnostics: Sequence[Diagnostic]
    ignored: Sequence[Ignored] = ()
    exit_code: int = 0
    prefix: str = ""
