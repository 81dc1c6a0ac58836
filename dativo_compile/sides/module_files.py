"""The files that are read for a Terraform module, of its folder as it is and as it was."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator
from pathlib import Path

from dativo_compile.sides.earlier import Earlier
from dativo_compile.terraform.declared import POINTER
from dativo_compile.terraform.modules.module import is_module_file


def module_files(earlier: Earlier, folder: str) -> tuple[str, ...]:
    """Names, whether they are there on one side or on both."""
    prefix = "" if folder == "." else f"{folder}/"
    names = {prefix + POINTER, *earlier.near(folder), *_on_disk(earlier.root, prefix)}
    return tuple(sorted(name for name in names if name == prefix + POINTER or _is_read(name)))


def _is_read(name: str) -> bool:
    file = posixpath.basename(name)
    return is_module_file(file) or file.endswith((".tfvars", ".tfvars.json"))


def _on_disk(root: Path, prefix: str) -> Iterator[str]:
    """Names of files right in a folder, and in folders right in it: files of variables may lie there."""
    for entry in _entries(root / prefix):
        if entry.is_file():
            yield prefix + entry.name
        elif entry.is_dir() and not entry.name.startswith("."):
            yield from (f"{prefix}{entry.name}/{inner.name}" for inner in _entries(Path(entry.path)) if inner.is_file())


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return list(found)
    except OSError:
        return []
