"""The line that ends a compile: what came of it, and how long it took."""

from __future__ import annotations

from collections.abc import Sequence

from dativo_compile.diagnostics.diagnostic import Diagnostic
from dativo_compile.report.cells import safe
from dativo_compile.report.text import counts
from dativo_compile.writer import Written
from dativo_compile.writing.compare import Changes

MISSING = 20  # names shown
ADD = "  = help: read what changed (`dativo diff --locked`), then `git add` it and commit again\n"
IGNORE = "  = help: provenance is not committed: write `build/.provenance/` into .gitignore, then `git add` the rest\n"


def closing_line(diagnostics: Sequence[Diagnostic], written: Written | None, good: bool, seconds: float) -> str:
    """`compiled 12 jobs: 3 new, 1 changed, 8 unchanged, 0 removed, in 0.12 s`"""
    found = counts(diagnostics)
    if good and written:
        extra = f" ({found})" if found else ""
        return f"{_compiled(written)}, in {seconds:.2f} s{extra}"
    failed = any(d.severity == "error" for d in diagnostics)
    why = found if failed else f"{found}, and `--strict` allows none"
    outcome = f"{_compiled(written)}, in {seconds:.2f} s" if written else "nothing was written"
    return f"error: {why}; {outcome}"


def changes_listed(changes: Changes) -> str:
    """A line for each file that a compile would write or remove."""
    rows = [("new", changes.new), ("changed", changes.changed), ("removed", changes.removed)]
    return "".join(f"{safe(f'{verb}: {name}')}\n" for verb, names in rows for name in names)


def missing_listed(names: Sequence[str]) -> str:
    """What a commit would lack; a screen of it, with the call that adds all."""
    if not names:
        return ""
    files = "1 file is" if len(names) == 1 else f"{len(names):,} files are"
    rows = "".join(f"  {safe(name)}\n" for name in names[:MISSING])
    more = f"  and {len(names) - MISSING:,} more\n" if len(names) > MISSING else ""
    help = IGNORE if any("/.provenance/" in name for name in names) else ADD
    return f"error: the commit would be stale: {files} not staged as compiled\n{rows}{more}{help}"


def check_line(diagnostics: Sequence[Diagnostic], changes: Changes, good: bool, seconds: float) -> str:
    """`out of date: 1 new, 2 changed, 0 removed; compile without `--check` to write them, in 0.12 s`"""
    found = counts(diagnostics)
    if not good:
        failed = any(d.severity == "error" for d in diagnostics)
        return f"error: {found if failed else f'{found}, and `--strict` allows none'}; nothing was compared"
    extra = f" ({found})" if found else ""
    if not changes:
        return f"up to date, in {seconds:.2f} s{extra}"
    numbers = f"{len(changes.new):,} new, {len(changes.changed):,} changed, {len(changes.removed):,} removed"
    return f"out of date: {numbers}; compile without `--check` to write them, in {seconds:.2f} s{extra}"


def _compiled(written: Written) -> str:
    total = written.new + written.changed + written.unchanged
    jobs = "1 job" if total == 1 else f"{total:,} jobs"
    return (
        f"compiled {jobs}: {written.new:,} new, {written.changed:,} changed, "
        f"{written.unchanged:,} unchanged, {written.removed:,} removed"
    )
