"""What the compiler says, in the formats people and machines read; nothing here decides anything."""

from __future__ import annotations

from collections.abc import Callable

from dativo_compile.report import github, json, sarif, text
from dativo_compile.report.findings import Findings

# Listed by hand: a format is a function from what was found to the text for standard output.
FORMATS: dict[str, Callable[[Findings], str]] = {
    "json": lambda findings: json.render(findings.diagnostics),
    "sarif": sarif.render,
    "github": github.render,
}
NAMES = (text.NAME, *FORMATS)
