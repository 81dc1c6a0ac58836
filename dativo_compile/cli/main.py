"""`dativo`: every command, one file each."""

from __future__ import annotations

import typer

from dativo_compile.cli.affected import affected
from dativo_compile.cli.asking import Asking
from dativo_compile.cli.check import check
from dativo_compile.cli.compile import compile_jobs
from dativo_compile.cli.diff import diff
from dativo_compile.cli.explain import explain
from dativo_compile.cli.fmt import fmt
from dativo_compile.cli.hook import hook
from dativo_compile.cli.init import init
from dativo_compile.cli.lock import lock
from dativo_compile.cli.options import Version
from dativo_compile.cli.plan import plan
from dativo_compile.cli.rules import rules
from dativo_compile.cli.schema import schema
from dativo_compile.cli.tags import app as tags
from dativo_compile.cli.watch import watch
from dativo_compile.cli.why import why

app = typer.Typer(pretty_exceptions_enable=False, rich_markup_mode=None, no_args_is_help=True)
app.command("compile", cls=Asking)(compile_jobs)
app.command(cls=Asking)(check)
app.command(cls=Asking)(diff)
app.command()(affected)
app.command(cls=Asking)(plan)
app.command()(explain)
app.command()(rules)
app.command(cls=Asking)(why)
app.command()(lock)
app.command()(watch)
app.command()(fmt)
app.command()(hook)
app.command()(schema)
app.command()(init)
app.add_typer(tags)


@app.callback()
def dativo(_version: Version = False) -> None:
    """Compile data-ingestion jobs and Terraform outputs into manifests, and ask about them."""


def main() -> None:
    app()
