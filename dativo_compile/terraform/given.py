"""States that the caller names: the texts of `--state` and `--outputs`."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from dativo_compile.model.usage import UsageError
from dativo_compile.terraform.backends.locations import is_url

OPTION = "--state"
FORM = "write `--state WORKSPACE=FILE`, `--state MODULE:WORKSPACE=FILE` or `--state FILE`"
STDIN = "-"


@dataclass(frozen=True, slots=True)
class Key:
    """Which state an entry is for; `module` is project-relative, absent for any module."""

    module: str | None
    workspace: str


@dataclass(frozen=True, slots=True)
class Given:
    """Files by key, and the one without a key."""

    by_key: dict[Key, str]
    bare: str | None = None


def key_of(text: str) -> Key:
    """`[MODULE:]WORKSPACE`; neither part is empty. Raises `ValueError`."""
    module, colon, workspace = text.rpartition(":")
    if not workspace or (colon and not module):
        raise ValueError(text)
    return Key(posixpath.normpath(module) if colon else None, workspace)


def given(texts: Iterable[str], option: str = OPTION, what: str = "state") -> Given:
    """`option` is what the texts belong to, `what` what the files hold. Raises `UsageError`."""
    form = FORM.replace(OPTION, option)
    by_key: dict[Key, str] = {}
    bare: list[str] = []
    for text in texts:
        before, equals, file = text.partition("=")
        if not (file if equals else text):
            raise UsageError(f"`{option} {text}` names no file", form)
        if not equals:
            bare.append(text)
            continue
        try:
            key = key_of(before)
        except ValueError:
            raise UsageError(f"`{option} {text}` names no workspace", form) from None
        if key in by_key:
            raise UsageError(f"`{option} {before}=...` is given twice", "give one file for each workspace")
        by_key[key] = file
    files = [*bare, *by_key.values()]
    if len(bare) > 1:
        raise UsageError(f"more than one `{option} FILE` without a workspace", form)
    if files.count(STDIN) > 1:
        raise UsageError(f"standard input can stand for one {what} only", form)
    for file in files:
        if file != STDIN and not is_url(file) and not os.path.exists(file):
            raise UsageError(f"the {what} file `{file}` does not exist", form)
    return Given(by_key, bare[0] if bare else None)


def display(path: Path, root: Path) -> str:
    """How outputs call a file that may lie anywhere: project-relative, or its bare name; never absolute."""
    for file, top in ((path, root), (Path(os.path.realpath(path)), Path(os.path.realpath(root)))):
        name = posixpath.normpath(os.path.relpath(file, top).replace(os.sep, "/"))
        if not name.startswith("../"):
            return name
    return path.name
