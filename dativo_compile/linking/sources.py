"""Which backend holds a job's state, and how it is opened: settings from the first that names one, gaps filled in."""

from __future__ import annotations

import os
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

from dativo_compile.diagnostics.codes.state import BACKEND_NOT_READ
from dativo_compile.model.project import Project
from dativo_compile.terraform.backends import BACKENDS, Backend
from dativo_compile.terraform.backends.local import DEFAULT
from dativo_compile.terraform.backends.locations import location, plain_host
from dativo_compile.terraform.backends.settings import frozen
from dativo_compile.terraform.declared import recorded, written
from dativo_compile.terraform.fault import StateFault
from dativo_compile.terraform.program import Program

PASS_IT = "fetch its outputs (`terraform output -json > FILE`) and pass `--state {workspace}=FILE`"
SCOPE = (  # settings that make one location two states
    "address", "endpoint", "endpoints", "storage_custom_endpoint", "profile", "assume_role", "role_arn", "access_key",
    "region", "host", "hostname", "scheme", "datacenter", "config_path", "config_paths", "config_context",
    "config_context_cluster",
)  # fmt: skip
ADDRESSES = ("address", "endpoint", "endpoints", "storage_custom_endpoint", "host")
VARIABLES = {
    "gcs": ("GOOGLE_BACKEND_STORAGE_CUSTOM_ENDPOINT", "GOOGLE_STORAGE_CUSTOM_ENDPOINT", "STORAGE_EMULATOR_HOST"),
    "s3": ("AWS_ENDPOINT_URL_S3", "AWS_S3_ENDPOINT", "AWS_ENDPOINT_URL"),
}


@dataclass(frozen=True, slots=True)
class Source:
    """An open backend; `scope` tells two of them apart that have the same locations.

    `plain_host` is there if what is read could be overheard on the way from it.
    """

    kind: str
    backend: Backend
    scope: Hashable = ()
    plain_host: str | None = None

    @property
    def local(self) -> bool:
        return self.kind == "local"

    def key(self, workspace: str) -> Hashable:
        return self.kind, self.backend.location(workspace), self.scope


class Sources:
    """Backends, each opened once for a compile."""

    def __init__(self, project: Project, program: str | None = None) -> None:
        """`program` is the terraform to ask in place of every backend, as an absolute path."""
        self._project = project
        self._program = program
        terraform = project.value.get("terraform") or {}
        self._settings: dict[str, dict[str, Any]] = terraform.get("backends") or {}
        self._by_module: dict[tuple[str, str], Source] = {}
        self._by_url: dict[tuple[str, str], tuple[Source, str]] = {}

    def of_module(self, module: str, own: dict[str, Any] | None, workspace: str) -> Source:
        """The backend that the job names, else the one its module names, else the module's folder.

        Raises `StateFault`.
        """
        key = module, "" if self._program else repr(own)
        if self._program and key not in self._by_module:
            self._by_module[key] = Source("program", Program(self._program, self._project.root, module))
        if key not in self._by_module:
            config, notes = self._named(module, own)
            self._by_module[key] = self._opened(config, module, notes, workspace)
        return self._by_module[key]

    def of_url(self, text: str, workspace: str) -> tuple[Source, str]:
        """The source of a URL, and which of its workspaces the URL means. Raises `StateFault`."""
        key = text, workspace
        if key not in self._by_url:
            meant = location(text, workspace)
            self._by_url[key] = self._opened(meant.config, ".", (), workspace), meant.workspace
        return self._by_url[key]

    def _named(self, module: str, own: dict[str, Any] | None) -> tuple[dict[str, Any], tuple[str, ...]]:
        if own:
            return own, ()
        folder = self._project.root / module
        if config := recorded(folder):
            return config, (f"`terraform init` recorded it in {module}/.terraform",)
        if config := written(folder):
            return config, (f"a block in the HCL of {module} names it",)
        return {"type": "local"}, ()

    def _opened(self, config: dict[str, Any], module: str, notes: tuple[str, ...], workspace: str) -> Source:
        kind = str(config["type"])
        opener = BACKENDS.get(kind)
        if opener is None:
            help = PASS_IT.format(workspace=workspace)
            raise StateFault(BACKEND_NOT_READ, backend=kind, notes=notes, help=help)
        said = {key: value for key, value in config.items() if value not in (None, "", [])}
        whole = {**(self._settings.get(kind) or {}), **said}
        try:
            backend = opener(whole, self._project.root, module)
        except StateFault as fault:
            refused = fault
        else:
            scope = frozen({name: whole.get(name) for name in SCOPE})
            return Source(kind, backend, scope, _plain_host(kind, whole, backend))
        raise refused.noting(*notes)


def _plain_host(kind: str, config: dict[str, Any], backend: Backend) -> str | None:
    addresses = [backend.location(DEFAULT)]
    for name in ADDRESSES:
        value = config.get(name)
        addresses += map(str, value.values()) if isinstance(value, dict) else [str(value)]
    addresses += (os.environ.get(name, "") for name in VARIABLES.get(kind, ()))
    hosts = (plain_host(address) for address in addresses if address.lower().startswith("http://"))
    return next((host for host in hosts if host is not None), None)
