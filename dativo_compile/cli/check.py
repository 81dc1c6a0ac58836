"""`dativo check [PATHS]`: is the committed build what the sources say?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from time import perf_counter

from dativo_compile.cli import errors
from dativo_compile.cli.diff import Rendered, Rendering
from dativo_compile.cli.options import (
    Format,
    Locked,
    Output,
    Paths,
    ProjectFolder,
    Quiet,
    Refresh,
    States,
    Strict,
    Terraform,
    request_of,
)

DEFAULT_OUTPUT = Path("build")


def check(
    paths: Paths = None,
    output: Output = DEFAULT_OUTPUT,
    locked: Locked = False,
    format: Rendered = Rendering.text,
    strict: Strict = False,
    states: States = None,
    terraform: Terraform = None,
    refresh: Refresh = None,
    project: ProjectFolder = None,
    quiet: Quiet = False,
) -> None:
    """Say whether the build is what the sources say, and what differs.

    Leaves with 3 if they are not, or if DIR has manifests that no source explains. Writes nothing.
    """

    def work() -> int:
        started = perf_counter()
        from dativo_compile.cli.progress import progress_for
        from dativo_compile.cli.standing import show_standing
        from dativo_compile.sides.standing import standing

        request = replace(request_of(paths, project, states, terraform), locked=locked, refresh=tuple(refresh or ()))
        with progress_for(quiet) as progress:
            told = standing(request, output, strict=strict, progress=progress)
        show_standing(told, format.value, quiet, perf_counter() - started)
        verdicts = {"up to date": errors.FINE, "out of date": errors.OUT_OF_DATE, "errors": errors.FAILED}
        return verdicts[told.standing.verdict]

    errors.run(Format.text, work)
