"""`dativo schema KIND`: the JSON Schema of a kind of file, for editors."""

from __future__ import annotations

from typing import Annotated

import typer

from dativo_compile.cli import errors
from dativo_compile.cli.completion import kinds
from dativo_compile.cli.options import Format

Kind = Annotated[
    str | None,
    typer.Argument(metavar="KIND", help="Such as job; by default, list all.", autocompletion=kinds, show_default=False),
]
List = Annotated[bool, typer.Option("--list", help="List the kinds, which is the default without one.")]


def schema(kind: Kind = None, list: List = False) -> None:
    """Print the JSON Schema of a kind of file, for an editor."""

    def work() -> int:
        from dativo_compile.cli.console import say
        from dativo_compile.diagnostics.near import did_you_mean
        from dativo_compile.model.usage import UsageError
        from dativo_compile.validation.load import FILES, schema_of, text_of

        if kind is not None and list:
            raise UsageError("`--list` with a kind", "give one of the two")
        if kind is None:
            width = max(map(len, FILES))
            say("".join(f"{name:{width}}  {schema_of(name)['description'].partition('. ')[0]}\n" for name in FILES))
            return errors.FINE
        if kind not in FILES:
            help = did_you_mean(kind, FILES) or f"there are {', '.join(f'`{name}`' for name in FILES)}"
            raise UsageError(f"there is no schema of `{kind}`", help)
        say(text_of(kind))
        return errors.FINE

    errors.run(Format.text, work)
