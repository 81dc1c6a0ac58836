"""What `dativo plan` prints: diagnostics to standard error, the answer alone to standard output."""

from __future__ import annotations

import sys

from dativo_compile.cli.console import say, tell
from dativo_compile.cli.options import Format
from dativo_compile.cli.show import show_diagnostics
from dativo_compile.report.paint import paint_for
from dativo_compile.report.plan import json, markdown, text
from dativo_compile.sides.planned import Previewed


def show_preview(result: Previewed, format: str) -> None:
    preview = result.preview
    show_diagnostics(preview.diagnostics, Format.text, result.source)
    if format == "markdown":
        say(markdown.render(preview))
    elif format == "json":
        say(json.render(preview))
    else:
        say(text.render(preview, paint_for(sys.stdout)))
    if preview.diff is None:
        tell("error: nothing was compared\n")
