"""Where states live: one file a backend, listed by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from dativo_compile.terraform.backends import azurerm, consul, gcs, http, kubernetes, local, pg, remote, s3


class Backend(Protocol):
    """A place that holds one state per workspace."""

    def location(self, workspace: str) -> str:
        """For people: project-relative or a URL, without credentials."""

    def read(self, workspace: str) -> bytes | None:
        """The state's bytes; absent if the workspace has no state. Raises `OSError`, `StateFault`."""

    def workspaces(self) -> tuple[str, ...]:
        """The workspaces that have a state, sorted."""


Config = dict[str, Any]  # a `backend` block: its `type` and settings
Opener = Callable[[Config, Path, str], Backend]  # settings, project root, project-relative module folder

BACKENDS: dict[str, Opener] = {
    "azurerm": azurerm.opened,
    "cloud": remote.opened,
    "consul": consul.opened,
    "gcs": gcs.opened,
    "http": http.opened,
    "kubernetes": kubernetes.opened,
    "local": local.opened,
    "pg": pg.opened,
    "remote": remote.opened,
    "s3": s3.opened,
}
