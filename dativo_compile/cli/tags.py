"""`dativo tags`: the tags of all jobs at once, one file a command."""

from __future__ import annotations

import typer

from dativo_compile.cli.asking import Asking
from dativo_compile.cli.tags_drift import drift
from dativo_compile.cli.tags_export import export
from dativo_compile.cli.tags_matrix import matrix

app = typer.Typer(
    name="tags", help="List the tags of jobs, export them, see where they drifted.",
    no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None,
)  # fmt: skip
app.command(cls=Asking)(export)
app.command()(drift)
app.command(cls=Asking)(matrix)
