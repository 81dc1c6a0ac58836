"""What the commands of review print: diagnostics to standard error, the answer alone to standard output."""

from __future__ import annotations

import sys

from dativo_compile.cli.console import say, tell
from dativo_compile.cli.options import Format
from dativo_compile.cli.show import show_diagnostics
from dativo_compile.report.diff import json, markdown, text
from dativo_compile.report.paint import paint_for
from dativo_compile.review.diff.model import RANKS, Diff
from dativo_compile.sides.asked import Compared


def show_diff(result: Compared, format: str) -> None:
    compilation = result.compilation
    show_diagnostics(result.diagnostics, Format.text, compilation.source if compilation else lambda _: None)
    if result.diff is None:
        tell("error: nothing was compared" + (": the sources do not compile\n" if compilation else "\n"))
    else:
        say(rendered(result.diff, format))


def rendered(diff: Diff, format: str) -> str:
    """`format` is text, markdown or json."""
    if format == "markdown":
        return markdown.render(diff)
    return json.render(diff) if format == "json" else text.render(diff, paint_for(sys.stdout))


def at_least(diff: Diff, rank: str) -> bool:
    """Whether the worst change is of this rank or worse."""
    ranks: tuple[str, ...] = RANKS
    return diff.rank is not None and ranks.index(diff.rank) <= ranks.index(rank)
