"""The page of a code, for a terminal and for docs/rules."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from dativo_compile.diagnostics.code import Code

EXAMPLES = Path(__file__).parent.parent / "examples.json"
SEVERITY = {"error": "error", "warning": "warning", "note": "note", "off": "off until a project turns it on"}


def examples() -> dict[str, str]:
    """Code id -> how the diagnostic looks; made from the golden cases by tools/docs.py."""
    if not EXAMPLES.exists():
        return {}
    found: dict[str, str] = json.loads(EXAMPLES.read_text("utf-8"))
    return found


def page(code: Code, example: str) -> str:
    """Markdown."""
    parts = [f"# {code.id}: {code.name}", _facts(code), code.explanation.strip()]
    if example:
        parts += ["## Example", f"```text\n{example.strip()}\n```"]
    if code.source:
        parts.append(f"Source: {code.source}")
    return "\n\n".join(parts) + "\n"


def listing(codes: Iterable[Code]) -> str:
    """One line a code."""
    rows = [(c.id, c.severity, c.name) for c in codes]
    return "".join(f"{id}  {severity.ljust(7)}  {name}\n" for id, severity, name in rows)


def _facts(code: Code) -> str:
    weight = f"Severity: {SEVERITY[code.severity]}"
    if code.guarded:
        return f"{weight}. Guarded: it cannot be changed."
    return f"{weight}. `dativo.yaml` can change it: `severity: {{{code.id}: error|warning|note|off}}`."
