"""`dativo fmt [PATHS]`: jobs, assets and connectors in one order, ids in quotes, comments where they were."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dativo_compile.cli import errors
from dativo_compile.cli.options import Format, ProjectFolder, Quiet, request_of

Files = Annotated[
    list[Path] | None,
    typer.Argument(metavar="PATHS", help="Files or folders; default: the project's jobs and all that they name."),
]
Check = Annotated[bool, typer.Option("--check", help="Write nothing; leave with 3 if a file would change.")]
Diff = Annotated[bool, typer.Option("--diff", help="Write nothing; show what would change.")]


def fmt(
    paths: Files = None,
    check: Check = False,
    diff: Diff = False,
    project: ProjectFolder = None,
    quiet: Quiet = False,
) -> None:
    """Put the keys of files in order, and ids in quotes.

    Of jobs, assets, connectors and dativo.yaml. Comments stay with their keys, and values as they are. Names of the
    files that change go to standard output.
    """

    def work() -> int:
        from dativo_compile.cli.show import show_formatted
        from dativo_compile.fmt import format_files

        result = format_files(request_of(paths, project, None), write=not (check or diff))
        show_formatted(result, diff=diff, written=not (check or diff), quiet=quiet)
        if not result.good:
            return errors.FAILED
        return errors.OUT_OF_DATE if check and result.changed else errors.FINE

    errors.run(Format.text, work)
