"""Options that several commands share, and what they are turned into."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from dativo_compile.model.project import Request
from dativo_compile.model.usage import UsageError
from dativo_compile.version import __version__


class Format(StrEnum):
    """Of a command that answers a question."""

    text = "text"
    json = "json"


class ReportFormat(StrEnum):
    """Of a command whose answer is diagnostics."""

    text = "text"
    json = "json"
    sarif = "sarif"
    github = "github"


Paths = Annotated[
    list[Path] | None, typer.Argument(metavar="PATHS", help="Job files or folders; default: the project's jobs.")
]
Output = Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Where manifests are written.")]
States = Annotated[
    list[str] | None,
    typer.Option(
        "--state", "--outputs", metavar="[[MODULE:]WORKSPACE=]FILE",
        help="Read a workspace's outputs from a state or `terraform output -json` file, `-` for standard input.",
    ),
]  # fmt: skip
ProjectFolder = Annotated[
    Path | None, typer.Option("--project", metavar="DIR", help="The project root; default: found from the first path.")
]
Terraform = Annotated[
    str | None,
    typer.Option(
        "--terraform", metavar="[BIN]", show_default=False,
        help="Ask `terraform output -json` (or BIN, such as tofu) instead of reading backends.",
    ),
]  # fmt: skip
Locked = Annotated[
    bool, typer.Option("--locked", help="Take outputs from dativo.lock.json alone: no state, no network.")
]
Refresh = Annotated[
    list[str] | None,
    typer.Option("--refresh", metavar="WORKSPACE", help="With --locked: read this workspace's states all the same."),
]
Check = Annotated[bool, typer.Option("--check", help="Write nothing; leave with 3 if manifests or lock would change.")]
Strict = Annotated[bool, typer.Option("--strict", help="Warnings fail the compile too.")]
KeepGoing = Annotated[bool, typer.Option("--keep-going", help="Write the jobs without errors; still exits 1.")]
Formatted = Annotated[Format, typer.Option("--format", help="text for people, json for programs (one object a line).")]
Reported = Annotated[
    ReportFormat,
    typer.Option("--format", help="text, json (one object a line), sarif, or github (notes on a pull request)."),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no closing line.")]


def show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"dativo-compile {__version__}")
        raise typer.Exit


Version = Annotated[bool, typer.Option("--version", callback=show_version, is_eager=True, help="Show it and exit.")]


def request_of(
    paths: list[Path] | None, project: Path | None, states: list[str] | None, terraform: str | None = None
) -> Request:
    """Standard input is read only if a state is to come from it. Raises `UsageError`."""
    if project is not None and not os.path.isdir(project):
        raise UsageError(f"there is no folder `{project}`", "give `--project` the folder that holds `dativo.yaml`")
    texts = tuple(states or ())
    piped = any(text == "-" or text.endswith("=-") for text in texts)
    return Request(
        paths=tuple(paths or ()),
        project=project,
        states=texts,
        stdin=standard_input() if piped else b"",
        terraform=terraform,
    )


def standard_input() -> bytes:
    from dativo_compile.terraform.contents import bounded

    if sys.stdin is None:
        raise UsageError("standard input is closed", "give a file, or pipe the state in")
    try:
        return bounded(sys.stdin.buffer)
    except OSError as error:
        reason = (error.strerror or "the system refuses").lower()
        raise UsageError(f"standard input cannot be read: {reason}", "give a file instead") from None
