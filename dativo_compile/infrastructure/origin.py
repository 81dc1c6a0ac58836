"""Which module and workspace a state belongs to, from where it lies."""

from __future__ import annotations

import os
import posixpath
from dataclasses import dataclass

from dativo_compile.linking.paths import ResolvedPath, resolve
from dativo_compile.model.project import Project
from dativo_compile.terraform.backends.local import DEFAULT, STATE_FILE, WORKSPACES
from dativo_compile.terraform.given import key_of
from dativo_compile.terraform.modules.module import is_module_file


@dataclass(frozen=True, slots=True)
class Origin:
    """`known` says whether jobs find the state by these; empty texts are unknown, and no workspace means `default`."""

    module: str = ""
    workspace: str = ""
    known: bool = True


def origin_of(project: Project, text: str, name: str | None) -> Origin:
    """`text` is the location as given, `name` the project-relative name if it is a file of the project."""
    for key, location in project.states.items():
        resolved = resolve(project, None, location)
        if location == text or (isinstance(resolved, ResolvedPath) and resolved.name == name):
            try:
                entry = key_of(key)
            except ValueError:
                continue
            return Origin(entry.module or "", "" if entry.workspace == DEFAULT else entry.workspace)
    if name is not None and posixpath.basename(name) == STATE_FILE:
        folder = posixpath.dirname(name) or "."
        above, inner = posixpath.split(folder)
        if posixpath.basename(above) == WORKSPACES:
            return Origin(posixpath.dirname(above) or ".", inner)
        if any(is_module_file(file) for file in os.listdir(project.root / folder)):
            return Origin(folder)
    return Origin(known=False)
