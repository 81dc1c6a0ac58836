"""`dativo why JOB PATH`: where a value of a manifest came from, and what it beat; and in reverse, where values go."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from dativo_compile.cli import errors
from dativo_compile.cli.completion import jobs
from dativo_compile.cli.options import Format, Formatted, Locked, ProjectFolder, Quiet, Terraform, request_of

Job = Annotated[
    str | None,
    typer.Argument(
        metavar="JOB", show_default=False, help="A job's id, its file, or the end of its id.", autocompletion=jobs
    ),
]
Path = Annotated[
    str | None,
    typer.Argument(
        metavar="PATH", show_default=False, help="Such as target.connection.s3.bucket, or schema.email.type."
    ),
]
Output = Annotated[str | None, typer.Option("--output", metavar="NAME", help="In reverse: the fields that it feeds.")]
File = Annotated[str | None, typer.Option("--file", metavar="FILE", help="In reverse: the fields that it sets.")]
States = Annotated[
    list[str] | None,
    typer.Option(
        "--state", "--outputs", metavar="[[MODULE:]WORKSPACE=]FILE",
        help="As for a compile; with --output or --file, [MODULE:]WORKSPACE names the states to ask about.",
    ),
]  # fmt: skip
FORM = "`dativo why JOB PATH`, `dativo why --output NAME` or `dativo why --file FILE`"


def why(
    job: Job = None,
    path: Path = None,
    output: Output = None,
    file: File = None,
    format: Formatted = Format.text,
    states: States = None,
    terraform: Terraform = None,
    locked: Locked = False,
    project: ProjectFolder = None,
    quiet: Quiet = False,
) -> None:
    """Say where a value of a manifest came from, and what it beat.

    Of a mapping or list, one line for each value in it. With --output or --file, all fields of all jobs that an output
    feeds or a file sets. Jobs are compiled in memory; nothing is written.
    """

    def work() -> int:
        from dativo_compile.model.usage import UsageError

        reverse = output is not None or file is not None
        if (output is not None and file is not None) or (reverse and job is not None):
            raise UsageError("more than one question at once", FORM)
        if reverse:
            return _reverse(output, file, format, states or [], terraform, locked, project, quiet)
        if job is None or path is None:
            raise UsageError("no job is given" if job is None else f"no value of `{job}` is named", FORM)
        return _forward(job, path, format, states, terraform, locked, project)

    errors.run(format, work)


def _forward(
    job: str, path: str, format: Format, states: States, terraform: Terraform, locked: bool, project: ProjectFolder
) -> int:
    from dativo_compile.cli.show import show_stories
    from dativo_compile.review.trace import trace

    request = replace(request_of(None, project, states, terraform), locked=locked)
    traced = trace(request, job, path)
    show_stories(traced, format)
    return errors.FAILED if traced.failed else errors.FINE


def _reverse(
    output: str | None,
    file: str | None,
    format: Format,
    states: list[str],
    terraform: Terraform,
    locked: bool,
    project: ProjectFolder,
    quiet: bool,
) -> int:
    from dativo_compile.cli.progress import progress_for
    from dativo_compile.cli.show import show_reversed
    from dativo_compile.review.reverse import by_file, by_output

    given, asked = [text for text in states if "=" in text], [text for text in states if "=" not in text]
    request = replace(request_of(None, project, given, terraform), locked=locked)
    with progress_for(quiet) as progress:
        found = by_file(request, file, asked, progress) if file else by_output(request, output or "", asked, progress)
    show_reversed(found, format, output=output is not None)
    return errors.FAILED if found.failed else errors.FINE
