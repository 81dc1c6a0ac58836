"""`dativo explain [CODE]`: the page of a diagnostic, offline."""

from __future__ import annotations

from typing import Annotated

import typer

from dativo_compile.cli import errors
from dativo_compile.cli.completion import codes
from dativo_compile.cli.options import Format

CodeName = Annotated[
    str | None,
    typer.Argument(
        metavar="CODE", help="Such as DC4001 or output-unknown; by default, list all.", autocompletion=codes
    ),
]


def explain(code: CodeName = None) -> None:
    """Say what a diagnostic means, why it matters and what to do."""

    def work() -> int:
        from dativo_compile.cli.console import say
        from dativo_compile.registry import ALL_CODES, known_code
        from dativo_compile.report.explain import examples, listing, page

        if code is None:
            say(listing(ALL_CODES))
            return errors.FINE
        found = known_code(code)
        say(page(found, examples().get(found.id, "")))
        return errors.FINE

    errors.run(Format.text, work)
