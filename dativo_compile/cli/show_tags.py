"""What the commands of `dativo tags` found, to the two streams: diagnostics to standard error in any format."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from dativo_compile.cli.console import say, tell
from dativo_compile.cli.errors import FINE, OUT_OF_DATE
from dativo_compile.cli.options import Format
from dativo_compile.cli.show import show_diagnostics
from dativo_compile.diagnostics.diagnostic import Diagnostic
from dativo_compile.pipeline import Compilation
from dativo_compile.report import drift as drifts
from dativo_compile.report import matrix as matrices
from dativo_compile.report.cells import safe
from dativo_compile.report.paint import paint_for
from dativo_compile.review.tagging.drift import Drift
from dativo_compile.review.tagging.export import Exported
from dativo_compile.review.tagging.matrix import Matrix
from dativo_compile.writing.single import is_same, replaced


def show_compiled(diagnostics: Sequence[Diagnostic], compilation: Compilation) -> None:
    show_diagnostics(diagnostics, Format.text, compilation.source)


def show_exported(found: Exported) -> None:
    show_compiled(found.diagnostics, found.compilation)
    for home, keys in found.left.items():
        tell(safe(f"left out of {home}, where jobs disagree: {', '.join(keys)}") + "\n")


def give(text: str, file: Path | None, check: bool) -> int:
    """The exit code. Raises `UsageError` if the file cannot be read or written."""
    if file is None:
        say(text)
        return FINE
    if check:
        same = is_same(file, text.encode())
        tell(f"{file} is {'up to date' if same else 'out of date'}\n")
        return FINE if same else OUT_OF_DATE
    tell(f"{file}: {'written' if replaced(file, text.encode()) else 'unchanged'}\n")
    return FINE


def show_drift(found: Drift, format: Format) -> None:
    show_compiled(found.diagnostics, found.compilation)
    if not found.failed:
        say(drifts.render(found, paint_for(sys.stdout)) if format is Format.text else drifts.render_json(found))


def show_matrix(matrix: Matrix, compilation: Compilation, layout: str) -> None:
    show_compiled(compilation.diagnostics, compilation)
    for key, near in matrix.unknown:
        tell(safe(f"no job has the tag `{key}`" + (f"; {near}" if near else "")) + "\n")
    if layout == "text":
        say(matrices.render(matrix, paint_for(sys.stdout), _width()))
    else:
        say(
            {"csv": matrices.render_csv, "json": matrices.render_json, "markdown": matrices.render_markdown}[layout](
                matrix
            )
        )


def _width() -> int | None:
    """Of a terminal; what goes to a file or another program is as wide as it takes."""
    import shutil

    return shutil.get_terminal_size().columns if sys.stdout is not None and sys.stdout.isatty() else None
