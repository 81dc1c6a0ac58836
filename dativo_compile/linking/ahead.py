"""A glance at job files that are still to come: which states they will ask for, so that all are fetched at once.

Only the block that says so is read, and nothing is reported: a wrong guess costs a state its head start.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dativo_compile.linking.paths import PathFault, candidates, resolve
from dativo_compile.model.project import Project
from dativo_compile.model.source import SourceFile
from dativo_compile.yaml.fault import YamlFault
from dativo_compile.yaml.reader import Marks, read

BLOCK = re.compile(rb"^infrastructure[ \t]*:.*?(?=^[^\s#]|\Z)", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a job says of its state. `module` is project-relative, absent if it names none that exists."""

    module: str | None
    workspace: str
    backend: dict[str, Any] | None


def wanted(project: Project, file: SourceFile) -> Iterator[Wanted]:
    """One for a job that maps outputs, as far as can be told."""
    terraform = _block(file) if b"outputs" in file.data else {}
    if not terraform.get("outputs"):
        return
    backend = terraform.get("backend")
    workspace = terraform.get("workspace") or "default"
    if type(workspace) is str and "$" not in workspace:
        yield Wanted(_module(project, file, terraform), workspace, backend if type(backend) is dict else None)


def _block(file: SourceFile) -> dict[str, Any]:
    found = BLOCK.search(file.data)
    if found is None:
        return {}
    try:
        value, _ = read(found[0], Marks("job"))
    except YamlFault:
        return {}  # an anchor from elsewhere in the file, or a fault that `parse` will report
    infrastructure = value.get("infrastructure") if type(value) is dict else None
    terraform = infrastructure.get("terraform") if type(infrastructure) is dict else None
    return terraform if type(terraform) is dict else {}


def _module(project: Project, file: SourceFile, terraform: dict[str, Any]) -> str | None:
    text = terraform.get("module_path")
    if type(text) is not str or not text:
        return "." if terraform.get("backend") else None
    resolved = resolve(project, file.name, text, folder=True)
    if not isinstance(resolved, PathFault):
        return resolved.name
    names = candidates(project, file.name, text)
    return None if isinstance(names, PathFault) else names[0]
