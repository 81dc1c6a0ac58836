"""What `dativo fmt` has done, or would do: names, a diff, and one line at the end."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from dativo_compile.diagnostics.diagnostic import Diagnostic
from dativo_compile.report.cells import safe
from dativo_compile.report.paint import Paint
from dativo_compile.report.text import counts

COLOURS = {"+": "help", "-": "error", "@": "frame"}
NO_END = "\\ No newline at end of file"


def diff(name: str, before: bytes, after: bytes, paint: Paint, *, terminal: bool) -> str:
    """A unified diff, as `patch` and `git apply` read it; a `terminal` gets no control characters."""
    old, new = (_rows(content) for content in (before, after))
    out = []
    for number, row in enumerate(difflib.unified_diff(old, new, f"a/{name}", f"b/{name}", lineterm="")):
        text, _, rest = row.partition("\n")
        text = safe(text.rstrip("\r")) if terminal else text
        colour = "bold" if number < 2 else COLOURS.get(text[:1], "")
        out += [paint(colour, text) if colour else text, *([rest] if rest else [])]
    return "".join(f"{row}\n" for row in out)


def _rows(content: bytes) -> list[str]:
    """Lines; one that does not end says so."""
    rows = content.decode("utf-8").split("\n")
    return rows[:-1] if rows[-1] == "" else [*rows[:-1], f"{rows[-1]}\n{NO_END}"]


def format_line(diagnostics: Sequence[Diagnostic], changed: int, all: int, *, written: bool) -> str:
    """`formatted 2 files, 5 were in order`"""
    found = counts(diagnostics)
    failed = any(d.severity == "error" for d in diagnostics)
    parts = [f"formatted {_files(changed)}" if written else f"{_files(changed)} would change"] if changed else []
    if changed < all:
        rest = all - changed
        parts.append(f"{rest:,} {'was' if rest == 1 else 'were'} in order" if changed else f"{_files(rest)} in order")
    line = ", ".join(parts) or "there is no file to format"
    return f"error: {found}; {line}" if failed else f"{line} ({found})" if found else line


def _files(count: int) -> str:
    return "1 file" if count == 1 else f"{count:,} files"
