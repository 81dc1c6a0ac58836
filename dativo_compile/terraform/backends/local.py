"""States on disk, where the Terraform CLI puts them: https://developer.hashicorp.com/terraform/language/backend/local"""

from __future__ import annotations

import os
import posixpath
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dativo_compile.diagnostics.codes.state import STATES_FILE_REFUSED
from dativo_compile.terraform.contents import contents
from dativo_compile.terraform.fault import StateFault

DEFAULT = "default"
STATE_FILE = "terraform.tfstate"
WORKSPACES = "terraform.tfstate.d"


@dataclass(frozen=True, slots=True)
class Local:
    """`default_file` and `folder` (of the other workspaces) are project-relative."""

    root: Path
    default_file: str
    folder: str

    def location(self, workspace: str) -> str:
        if workspace == DEFAULT:
            return self.default_file
        return posixpath.join(self.folder, workspace, STATE_FILE)

    def read(self, workspace: str) -> bytes | None:
        """A workspace that has no state has no file. Raises `OSError`, `StateFault`."""
        if not is_name(workspace):
            return None
        name = self.location(workspace)
        return read_inside(self.root, name)

    def workspaces(self) -> tuple[str, ...]:
        found = [DEFAULT] if os.path.isfile(self.root / self.default_file) else []
        folder = self.root / self.folder
        with suppress(OSError):  # what cannot be listed is not known to exist
            found += [name for name in os.listdir(folder) if os.path.isfile(folder / name / STATE_FILE)]
        return tuple(sorted(found))  # sorted: the order of a folder must not reach a message


def opened(config: dict[str, Any], root: Path, module: str) -> Local:
    """Settings are relative to the module's folder, as for the CLI when run there."""
    paths = []
    for key, otherwise in (("path", STATE_FILE), ("workspace_dir", WORKSPACES)):
        text = str(config.get(key) or otherwise)
        name = posixpath.normpath(posixpath.join(module, text))
        if name.startswith(("/", "../")) or name == "..":
            raise StateFault(STATES_FILE_REFUSED, path=text, reason="leaves the project", help=_help())
        paths.append(name)
    return Local(root, *paths)


def is_name(workspace: str) -> bool:
    """Whether a workspace can be the name of a folder, and of nothing above it."""
    return workspace not in ("", ".", "..") and "/" not in workspace and "\0" not in workspace


def read_inside(root: Path, name: str) -> bytes | None:
    """The bytes of a project file; absent if there is none. Raises `OSError`, `StateFault`."""
    path = root / name
    if not os.path.lexists(path):
        return None
    top, real = os.path.realpath(root), os.path.realpath(path)
    if not real.startswith(top.rstrip(os.sep) + os.sep):
        raise StateFault(
            STATES_FILE_REFUSED, path=name, reason="is a symbolic link that leaves the project", help=_help()
        )
    return contents(path)


def _help() -> str:
    return "give a file from elsewhere with `--state WORKSPACE=FILE`"
