"""`dativo diff [BASE] [NEW]`: what a change means for tables, data and tags, the worst first."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from dativo_compile.cli import errors
from dativo_compile.cli.options import Format, Locked, ProjectFolder, Quiet, States, Terraform, request_of


class Rendering(StrEnum):
    text = "text"
    markdown = "markdown"
    json = "json"


class Risk(StrEnum):
    breaking = "breaking"
    data = "data"
    compliance = "compliance"
    routine = "routine"


DEFAULT_OUTPUT = Path("build")
Base = Annotated[
    str | None,
    typer.Argument(metavar="BASE", help="A git revision or a build folder; default: the build committed at HEAD."),
]
New = Annotated[
    str | None,
    typer.Argument(metavar="NEW", help="A git revision or a build folder; default: the sources as they are."),
]
Rendered = Annotated[
    Rendering, typer.Option("--format", help="text for a screen, markdown for a pull request, json for programs.")
]
Build = Annotated[
    Path, typer.Option("--output", "-o", metavar="DIR", help="The build folder, on disk and at a revision.")
]
FailOn = Annotated[Risk | None, typer.Option("--fail-on", help="Leave with 3 if a change is of this rank or worse.")]


def diff(
    base: Base = None,
    new: New = None,
    format: Rendered = Rendering.text,
    fail_on: FailOn = None,
    output: Build = DEFAULT_OUTPUT,
    states: States = None,
    terraform: Terraform = None,
    locked: Locked = False,
    project: ProjectFolder = None,
    quiet: Quiet = False,
) -> None:
    """Say what changes in manifests, and why: the worst first.

    By meaning, not by line; writes nothing. Revisions are read from git's objects, without a checkout. `main...` means
    the commit where the branch left main.
    """

    def work() -> int:
        from dativo_compile.cli.progress import progress_for
        from dativo_compile.cli.review import at_least, show_diff
        from dativo_compile.sides.asked import compared

        request = replace(request_of(None, project, states, terraform), locked=locked)
        with progress_for(quiet) as progress:
            result = compared(request, output, base, new, progress)
        show_diff(result, format.value)
        if result.diff is None:
            return errors.FAILED
        return errors.OUT_OF_DATE if fail_on and at_least(result.diff, fail_on.value) else errors.FINE

    errors.run(Format.text, work)
