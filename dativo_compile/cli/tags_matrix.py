"""`dativo tags matrix`: which tag each job has, and which it lacks."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import Annotated

import typer

from dativo_compile.cli import errors
from dativo_compile.cli.options import Format, Locked, Paths, ProjectFolder, States, Terraform, request_of


class By(StrEnum):
    cost_center = "cost_center"
    tenant = "tenant"
    compliance = "compliance"


class Layout(StrEnum):
    text = "text"
    csv = "csv"
    json = "json"
    markdown = "markdown"


Grouping = Annotated[
    By,
    typer.Option("--by", help="What jobs are grouped by; by compliance, a job stands under each of its regulations."),
]
Keys = Annotated[
    list[str] | None,
    typer.Option(
        "--key", metavar="KEY", help="A column: a tag's key, or a pattern such as 'custom.*'. Can be repeated."
    ),
]
Laid = Annotated[
    Layout, typer.Option("--format", help="text for people; csv, markdown; json for programs (one object a line).")
]


def matrix(
    paths: Paths = None,
    by: Grouping = By.cost_center,
    keys: Keys = None,
    format: Laid = Layout.text,
    states: States = None,
    terraform: Terraform = None,
    locked: Locked = False,
    project: ProjectFolder = None,
) -> None:
    """Show which tag each job has, and which it lacks.

    Without --key, the usual keys that at least one job has, and those that dativo.yaml requires. Jobs with errors are
    shown as far as their tags are known, and the command then leaves with 1. Nothing is written.
    """

    def work() -> int:
        from dativo_compile.cli.show_tags import show_matrix
        from dativo_compile.review.tagging.matrix import tag_matrix

        request = replace(request_of(paths, project, states, terraform), locked=locked)
        found, compilation = tag_matrix(request, by.value, keys or ())
        show_matrix(found, compilation, format.value)
        return errors.FAILED if compilation.failed else errors.FINE

    errors.run(Format.json if format is Layout.json else Format.text, work)
