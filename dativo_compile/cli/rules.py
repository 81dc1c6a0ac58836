"""`dativo rules [PREFIX]`: every diagnostic with what it weighs here, and where its rule is published."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from dativo_compile.cli import errors
from dativo_compile.cli.options import ProjectFolder, request_of


class Layout(StrEnum):
    text = "text"
    json = "json"
    markdown = "markdown"


Prefix = Annotated[
    str | None, typer.Argument(metavar="PREFIX", help="How ids or names begin: DC5, or output-; by default, all.")
]
Laid = Annotated[
    Layout, typer.Option("--format", help="text for people, markdown, json for programs (one object a line).")
]


def rules(prefix: Prefix = None, format: Laid = Layout.text, project: ProjectFolder = None) -> None:
    """List diagnostics: severity, name, and source of the rule.

    `error -> off` is one that dativo.yaml changes; a guarded one cannot be changed. `dativo explain CODE` has its page.
    """

    def work() -> int:
        from dativo_compile.cli.show import show_rules
        from dativo_compile.review.rules import rules_of

        listed, read = rules_of(request_of(None, project, None), prefix or "")
        show_rules(listed, read, format.value)
        return errors.FAILED if read.failed else errors.FINE

    errors.run(format, work)
