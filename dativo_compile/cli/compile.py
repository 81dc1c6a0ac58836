"""`dativo-compile PATHS... -o DIR`, which is also `dativo compile`."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

import typer

from dativo_compile.cli import errors
from dativo_compile.cli.options import (
    Format,
    Formatted,
    KeepGoing,
    Output,
    Paths,
    ProjectFolder,
    Quiet,
    States,
    Strict,
    Version,
    request_of,
)

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
DEFAULT_OUTPUT = Path("build")


@app.command()
def compile_jobs(
    paths: Paths = None,
    output: Output = DEFAULT_OUTPUT,
    strict: Strict = False,
    keep_going: KeepGoing = False,
    format: Formatted = Format.text,
    states: States = None,
    project: ProjectFolder = None,
    quiet: Quiet = False,
    _version: Version = False,
) -> None:
    """Compile jobs and Terraform outputs into manifests, one a job.

    All or nothing: with any error, nothing in DIR changes.
    """

    def work() -> int:
        started = perf_counter()
        from dativo_compile.build import build
        from dativo_compile.cli.progress import progress_for
        from dativo_compile.cli.show import show_build

        request = request_of(paths, project, states)
        with progress_for(quiet) as progress:
            result = build(request, output, strict=strict, keep_going=keep_going, progress=progress)
        show_build(result, format, quiet, perf_counter() - started)
        return errors.FINE if result.good else errors.FAILED

    errors.run(format, work)


def main() -> None:
    app()
