"""`--terraform [BIN]`: an option whose value may be left out, which Typer does not know."""

from __future__ import annotations

import os
import shutil
from typing import Any

from typer.core import TyperCommand

OPTION = "--terraform"


class Asking(TyperCommand):
    """A command that takes the option."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        return super().parse_args(ctx, spelled_out(args))


def spelled_out(args: list[str]) -> list[str]:
    """`--terraform` with its value, which is empty where none is given.

    The word after it is the program only if it can be run and is nothing to compile: `--terraform jobs` is no program.
    """
    out: list[str] = []
    words = iter(enumerate(args))
    for at, word in words:
        if word == "--":
            return out + args[at:]
        if word != OPTION:
            out.append(word)
        elif at + 1 < len(args) and _is_program(args[at + 1]):
            out.append(f"{OPTION}={args[at + 1]}")
            next(words)
        else:
            out.append(f"{OPTION}=")
    return out


def _is_program(word: str) -> bool:
    return not word.startswith("-") and not os.path.isdir(word) and shutil.which(word) is not None
