"""`dativo-compile PATHS... -o DIR`, which is also `dativo compile`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from time import perf_counter

import typer

from dativo_compile.cli import errors
from dativo_compile.cli.asking import Asking
from dativo_compile.cli.options import (
    Check,
    KeepGoing,
    Locked,
    Output,
    Paths,
    ProjectFolder,
    Quiet,
    Refresh,
    Reported,
    ReportFormat,
    States,
    Strict,
    Terraform,
    Version,
    request_of,
)

app = typer.Typer(pretty_exceptions_enable=False, rich_markup_mode=None)
DEFAULT_OUTPUT = Path("build")


@app.command(cls=Asking)
def compile_jobs(
    paths: Paths = None,
    output: Output = DEFAULT_OUTPUT,
    strict: Strict = False,
    keep_going: KeepGoing = False,
    format: Reported = ReportFormat.text,
    states: States = None,
    terraform: Terraform = None,
    locked: Locked = False,
    refresh: Refresh = None,
    check: Check = False,
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
        from dativo_compile.checking import check as checked
        from dativo_compile.cli.progress import progress_for
        from dativo_compile.cli.show import show_build, show_check

        request = request_of(paths, project, states, terraform)
        request = replace(request, locked=locked, refresh=tuple(refresh or ()))
        if check:
            with progress_for(quiet) as progress:
                found = checked(request, output, strict=strict, progress=progress)
            code = errors.FAILED if not found.good else errors.OUT_OF_DATE if found.changes else errors.FINE
            show_check(found, format, code, quiet, perf_counter() - started)
            return code
        with progress_for(quiet) as progress:
            result = build(request, output, strict=strict, keep_going=keep_going, progress=progress)
        code = errors.FINE if result.good else errors.FAILED
        show_build(result, format, code, quiet, perf_counter() - started)
        return code

    errors.run(format, work)


def main() -> None:
    app()
