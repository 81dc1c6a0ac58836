"""`dativo init DIR`: a small project that compiles at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dativo_compile.cli import errors
from dativo_compile.cli.options import Format

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="Made if it does not exist; no file is overwritten.")]
NEXT = """
next:
  cd {folder}
  dativo-compile jobs -o build
  dativo why acme/orders target.connection.s3.bucket
"""


def init(folder: Folder) -> None:
    """Write a small project that compiles at once.

    A job, its asset and connectors, a Terraform module and its state.
    """

    def work() -> int:
        from dativo_compile.cli.console import say
        from dativo_compile.writing.starter import write_starter

        names = write_starter(folder)
        listed = "".join(f"  {name}\n" for name in names)
        say(f"wrote {len(names)} files to {folder}:\n{listed}{NEXT.format(folder=folder)}")
        return errors.FINE

    errors.run(Format.text, work)
