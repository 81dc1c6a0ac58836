"""What `dativo.yaml` says, and where the project lies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dativo_compile.model.output import State
from dativo_compile.model.source import Document
from dativo_compile.model.tag_demands import NO_TAG_DEMANDS, TagDemands

SECRET_NAME = "dativo/{tenant_id}/{environment}/{output}"
NAMESPACE = "{tenant_id}_iceberg_{environment}"
SHARED = ("storage", "state", "secret", "resource", "account")


@dataclass(frozen=True, slots=True)
class Request:
    """What a caller asks for. `states` are the texts of `--outputs` and `--state`, `stdin` what `-` stands for.

    `terraform` is the program to ask for outputs, empty text the one on the PATH.
    Without `paths` the project's jobs folder is meant. With `locked`, outputs come from the lock alone, but for the
    workspaces to `refresh`. `planned` are states at hand, by `[MODULE:]WORKSPACE`, or by empty text for all jobs: they
    come before everything else.
    """

    paths: tuple[Path, ...]
    project: Path | None = None
    states: tuple[str, ...] = ()
    stdin: bytes = b""
    terraform: str | None = None
    locked: bool = False
    refresh: tuple[str, ...] = ()
    planned: Mapping[str, State] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sharing:
    """Something that tenants share on purpose: a `kind` of `SHARED`, and its `name`. Without `tenants` all may.

    `entry` is its place in the list of `dativo.yaml`, where an entry may name several things.
    """

    kind: str
    name: str
    reason: str
    tenants: tuple[str, ...] = ()
    entry: int = 0


@dataclass(frozen=True, slots=True)
class Project:
    """`root` is absolute and must reach no output; `document` is absent without a `dativo.yaml`."""

    root: Path
    document: Document | None = None
    jobs_folder: str = "jobs"
    path_map: dict[str, str] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)
    severities: dict[str, str] = field(default_factory=dict)
    secret_name: str = SECRET_NAME
    namespace: str = NAMESPACE
    default_catalog: dict[str, Any] = field(default_factory=dict)
    default_catalog_origins: dict[str, Any] = field(default_factory=dict)
    shared_tables: dict[str, str] = field(default_factory=dict)
    sharing: tuple[Sharing, ...] = ()
    screen_waivers: dict[str, str] = field(default_factory=dict)
    naming: dict[str, str] = field(default_factory=dict)
    tags: TagDemands = NO_TAG_DEMANDS

    @property
    def value(self) -> dict[str, Any]:
        """The whole file as plain values; empty without one."""
        return self.document.value if self.document else {}
