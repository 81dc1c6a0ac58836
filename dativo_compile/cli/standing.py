"""What `dativo check` prints: diagnostics and the closing line to standard error, the answer to standard output."""

from __future__ import annotations

import sys

from dativo_compile.cli.console import say, tell
from dativo_compile.cli.options import Format
from dativo_compile.cli.show import show_diagnostics
from dativo_compile.report import check
from dativo_compile.report.paint import paint_for
from dativo_compile.sides.standing import Told


def show_standing(told: Told, format: str, quiet: bool, seconds: float) -> None:
    found = told.standing
    show_diagnostics(found.diagnostics, Format.text, told.source)
    if format == "markdown":
        say(check.render_markdown(found))
    elif format == "json":
        say(check.render_json(found))
    else:
        say(check.render(found, paint_for(sys.stdout)))
    if not quiet:
        tell(check.line(found, seconds) + "\n")
