"""`dativo affected --since REV`: which jobs a change reaches."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import Annotated

import typer

from dativo_compile.cli import errors
from dativo_compile.cli.options import Format, Locked, Paths, ProjectFolder, Quiet, request_of


class Listing(StrEnum):
    names = "names"
    paths = "paths"
    json = "json"


Since = Annotated[
    str, typer.Option("--since", metavar="REV", help="A git revision; `main...` is where the branch left main.")
]
Listed = Annotated[
    Listing, typer.Option("--format", help="names: ids; paths: job files; json: with how, and through which files.")
]


def affected(
    paths: Paths = None,
    since: Since = "HEAD",
    format: Listed = Listing.names,
    locked: Locked = False,
    project: ProjectFolder = None,
    quiet: Quiet = False,
) -> None:
    """List the jobs whose manifests a change reaches.

    Files are compared with REV, uncommitted and untracked ones too. A state that lies elsewhere is what the lock says:
    no network is asked. Writes nothing.
    """

    def work() -> int:
        from dativo_compile.cli.console import say, tell
        from dativo_compile.cli.progress import progress_for
        from dativo_compile.cli.show import show_diagnostics
        from dativo_compile.report import affected as report
        from dativo_compile.sides.affected import affected as found

        request = replace(request_of(paths, project, None), locked=locked)
        with progress_for(quiet) as progress:
            told = found(request, since, progress)
        show_diagnostics(told.diagnostics, Format.text, told.source)
        if told.answer is None:
            return errors.FAILED
        render = {Listing.names: report.names, Listing.paths: report.paths, Listing.json: report.render_json}[format]
        say(render(told.answer))
        if not quiet:
            tell(report.line(told.answer) + "\n")
        return errors.FINE

    errors.run(Format.text, work)
