"""Where states live: one file a backend, listed by hand; those that need a network are imported when one is asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from dativo_compile.terraform.backends import local


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


def _azurerm(config: Config, root: Path, module: str) -> Backend:
    from dativo_compile.terraform.backends.azurerm import opened

    return opened(config, root, module)


def _consul(config: Config, root: Path, module: str) -> Backend:
    from dativo_compile.terraform.backends.consul import opened

    return opened(config, root, module)


def _gcs(config: Config, root: Path, module: str) -> Backend:
    from dativo_compile.terraform.backends.gcs import opened

    return opened(config, root, module)


def _http(config: Config, root: Path, module: str) -> Backend:
    from dativo_compile.terraform.backends.http import opened

    return opened(config, root, module)


def _kubernetes(config: Config, root: Path, module: str) -> Backend:
    from dativo_compile.terraform.backends.kubernetes import opened

    return opened(config, root, module)


def _pg(config: Config, root: Path, module: str) -> Backend:
    from dativo_compile.terraform.backends.pg import opened

    return opened(config, root, module)


def _remote(config: Config, root: Path, module: str) -> Backend:
    from dativo_compile.terraform.backends.remote import opened

    return opened(config, root, module)


def _s3(config: Config, root: Path, module: str) -> Backend:
    from dativo_compile.terraform.backends.s3 import opened

    return opened(config, root, module)


BACKENDS: dict[str, Opener] = {
    "azurerm": _azurerm,
    "cloud": _remote,
    "consul": _consul,
    "gcs": _gcs,
    "http": _http,
    "kubernetes": _kubernetes,
    "local": local.opened,
    "pg": _pg,
    "remote": _remote,
    "s3": _s3,
}
