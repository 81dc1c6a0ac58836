"""`dativo why JOB PATH`: where a value of a manifest came from, and what it beat."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from dativo_compile.cli import errors
from dativo_compile.cli.completion import jobs
from dativo_compile.cli.options import Format, Formatted, Locked, ProjectFolder, States, Terraform, request_of

Job = Annotated[
    str, typer.Argument(metavar="JOB", help="A job's id, its file, or the end of its id.", autocompletion=jobs)
]
Path = Annotated[str, typer.Argument(metavar="PATH", help="Such as target.connection.s3.bucket, or schema.email.type.")]


def why(
    job: Job,
    path: Path,
    format: Formatted = Format.text,
    states: States = None,
    terraform: Terraform = None,
    locked: Locked = False,
    project: ProjectFolder = None,
) -> None:
    """Say where a value of a manifest came from, and what it beat.

    Of a mapping or list, one line for each value in it. The job is compiled in memory; nothing is written.
    """

    def work() -> int:
        from dativo_compile.cli.show import show_stories
        from dativo_compile.review.trace import trace

        request = replace(request_of(None, project, states, terraform), locked=locked)
        traced = trace(request, job, path)
        show_stories(traced, format)
        return errors.FAILED if traced.failed else errors.FINE

    errors.run(format, work)
