"""`dativo lock --check|--diff`: which outputs moved since the lock was written."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dativo_compile.cli import errors
from dativo_compile.cli.options import Format, Formatted, Output, Paths, ProjectFolder, States, request_of

DEFAULT_OUTPUT = Path("build")
Check = Annotated[bool, typer.Option("--check", help="Leave with 3 if an output moved; a serial alone is no move.")]
Diff = Annotated[bool, typer.Option("--diff", help="Only show what moved, and leave with 0. The default.")]


def lock(
    paths: Paths = None,
    check: Check = False,
    diff: Diff = False,
    output: Output = DEFAULT_OUTPUT,
    format: Formatted = Format.text,
    states: States = None,
    project: ProjectFolder = None,
) -> None:
    """Say which outputs have moved since dativo.lock.json was written. Writes nothing.

    A compile writes the lock. Values of sensitive outputs are not in it, and are not shown.
    """

    def work() -> int:
        from dativo_compile.checking import check as checked
        from dativo_compile.cli.show import show_moves
        from dativo_compile.model.usage import UsageError
        from dativo_compile.review.moves import moves

        if check and diff:
            raise UsageError("`--check` and `--diff` together", "`--check` shows what moved, too")
        result = checked(request_of(paths, project, states), output)
        moved = moves(result.before, result.after) if result.good else ()
        show_moves(result, moved, format)
        if not result.good:
            return errors.FAILED
        return errors.OUT_OF_DATE if check and moved else errors.FINE

    errors.run(format, work)
