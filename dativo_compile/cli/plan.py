"""`dativo plan --tf-plan plan.json`: which tables and tags a change of the infrastructure would move."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from dativo_compile.cli import errors
from dativo_compile.cli.diff import FailOn, Rendered, Rendering
from dativo_compile.cli.options import (
    Format,
    Locked,
    Paths,
    ProjectFolder,
    Quiet,
    States,
    Terraform,
    request_of,
    standard_input,
)
from dativo_compile.model.usage import UsageError

Plans = Annotated[
    list[str],
    typer.Option(
        "--tf-plan", metavar="[[MODULE:]WORKSPACE=]FILE",
        help="What `terraform show -json PLAN` prints, in a file or `-` for standard input.",
    ),
]  # fmt: skip


def plan(
    tf_plan: Plans,
    paths: Paths = None,
    format: Rendered = Rendering.text,
    fail_on: FailOn = None,
    states: States = None,
    terraform: Terraform = None,
    locked: Locked = False,
    project: ProjectFolder = None,
    quiet: Quiet = False,
) -> None:
    """Say what manifests would become if a Terraform plan were applied. Writes nothing.

    The plan's outputs stand in for its state; no credentials are needed for that one. --locked takes all other
    outputs from dativo.lock.json.
    """

    def work() -> int:
        from dativo_compile.cli.previewing import show_preview
        from dativo_compile.cli.progress import progress_for
        from dativo_compile.cli.review import at_least
        from dativo_compile.diagnostics.diagnostic import good
        from dativo_compile.sides.planned import planned

        request = replace(request_of(paths, project, states, terraform), locked=locked)
        if any(text == "-" or text.endswith("=-") for text in tf_plan):
            if request.stdin:
                raise UsageError("standard input cannot be a plan and a state", "give a file for one of them")
            request = replace(request, stdin=standard_input())
        with progress_for(quiet) as progress:
            result = planned(request, tf_plan, progress)
        show_preview(result, format.value)
        diff = result.preview.diff
        if diff is None or not good(result.preview.diagnostics):
            return errors.FAILED
        return errors.OUT_OF_DATE if fail_on and at_least(diff, fail_on.value) else errors.FINE

    errors.run(Format.text, work)
