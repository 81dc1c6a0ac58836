"""`dativo init DIR`: a small project that compiles at once; `--from-state`: the block of a job from a real state."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from dativo_compile.cli import errors
from dativo_compile.cli.options import Format, ProjectFolder, standard_input
from dativo_compile.model.usage import UsageError


class Provider(StrEnum):
    aws = "aws"
    gcp = "gcp"
    azure = "azure"


Folder = Annotated[
    Path | None, typer.Argument(metavar="DIR", help="Made if it does not exist; no file is overwritten.")
]
FromState = Annotated[
    str | None,
    typer.Option("--from-state", metavar="FILE", help="Draft an `infrastructure` block from this state, file or URL."),
]
Tenant = Annotated[str | None, typer.Option("--tenant", metavar="NAME", help="Whose state it is; default: the job's.")]
Environment = Annotated[
    str | None, typer.Option("--environment", metavar="NAME", help="Default: what the job or the state says.")
]
Cloud = Annotated[
    Provider | None, typer.Option("--provider", help="Which cloud is meant, if the state is about several.")
]
Job = Annotated[
    Path | None, typer.Option("--job", metavar="FILE", help="Add to this job what it lacks; default: print the block.")
]
NEXT = """
next:
  cd {folder}
  dativo-compile jobs -o build
  dativo why acme/orders target.connection.s3.bucket
"""


def init(
    folder: Folder = None,
    from_state: FromState = None,
    tenant: Tenant = None,
    environment: Environment = None,
    provider: Cloud = None,
    job: Job = None,
    project: ProjectFolder = None,
) -> None:
    """Write a small project, or a job's block from a state.

    With DIR a project that compiles at once: a job, its asset and connectors, a Terraform module and its state. With
    --from-state the `infrastructure` block that a real state calls for, on standard output or in a job.
    """

    def work() -> int:
        if (folder is None) == (from_state is None):
            help = (
                "`dativo init DIR` writes a small project, `dativo init --from-state FILE --tenant NAME` prints a block"
            )
            raise UsageError("give either DIR or `--from-state`", help)
        if folder is not None:
            if any((tenant, environment, provider, job)):
                raise UsageError("`--tenant`, `--environment`, `--provider` and `--job` go with `--from-state`", "")
            return write_project(folder)
        assert from_state is not None
        return read_state(from_state)

    def read_state(state: str) -> int:
        from dativo_compile.cli.show import show_started
        from dativo_compile.from_state import Wanted, start

        stdin = standard_input() if state == "-" else b""
        wanted = Wanted(state, tenant, environment, provider and provider.value, job, project, stdin)
        started = start(wanted)
        show_started(started)
        return errors.FINE if started.good else errors.FAILED

    errors.run(Format.text, work)


def rules_of(file: bytes) -> str:
    """The lines of a file for git, without its comments."""
    return "".join(f"  {line}\n" for line in file.decode().splitlines() if not line.startswith("#"))


def write_project(folder: Path) -> int:
    from dativo_compile.cli.console import say
    from dativo_compile.writing.starter import OFTEN_THERE, starter_files, write_starter

    names = write_starter(folder)
    listed = "".join(f"  {name}\n" for name in names)
    kept = "".join(
        f"left {folder / name} as it is; add to it:\n{rules_of(starter_files()[name])}"
        for name in OFTEN_THERE
        if name not in names
    )
    say(f"wrote {len(names)} files to {folder}:\n{listed}{kept}{NEXT.format(folder=folder)}")
    return errors.FINE
