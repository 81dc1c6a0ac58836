"""A job between the passes; each pass wraps what it was given and adds what it promises."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from dativo_compile.model.asset import Asset
from dativo_compile.model.output import State
from dativo_compile.model.place import Place
from dativo_compile.model.source import Document


@dataclass(frozen=True, slots=True)
class ParsedJob:
    """After `parse`: the document satisfies the job schema; `id` is its path below the jobs folder."""

    id: str
    document: Document


@dataclass(frozen=True, slots=True)
class Connector:
    """A recipe whose role fits, with what it gives a job before the job speaks.

    `defaults` mirror the manifest's `source` or `target` (type, connection, credentials, ...), with
    templates filled in and references typed; shared by jobs, never changed.
    """

    document: Document
    name: str
    type: str
    defaults: dict[str, Any]
    origins: dict[str, Any]


@dataclass(frozen=True, slots=True)
class LinkedJob:
    """After `link`: one tree per writable root, merged, each leaf with its origin.

    `body` has `source`, `target`, and where the job has them `infrastructure`, `catalog`. References
    are typed (`$ref`, `$concat`). A connector or the asset is absent if it could not be read: the
    job then has an error and reaches no manifest, but later passes still report what they can.
    `module` is the Terraform module's project-relative folder, whether it exists or not.
    """

    id: str
    document: Document
    tenant: str
    environment: str | None
    name: str
    source_connector: Connector | None
    target_connector: Connector | None
    asset: Asset | None
    body: dict[str, Any]
    origins: dict[str, Any]
    module: str | None = None
    project: Document | None = None

    @property
    def documents(self) -> dict[str, Document]:
        """Role of a mark -> the document that it points into."""
        found = {"job": self.document}
        if self.source_connector:
            found["source"] = self.source_connector.document
        if self.target_connector:
            found["target"] = self.target_connector.document
        if self.asset:
            found["asset"] = self.asset.document
        if self.project:
            found["project"] = self.project
        return found


@dataclass(frozen=True, slots=True)
class StatedJob:
    """After `read_state`: the outputs, if the job maps any; absent too if the state could not be read.

    After `check_module`, `declared` has the outputs that the module declares, each with its place; absent if it could
    not be read.
    """

    linked: LinkedJob
    state: State | None
    declared: Mapping[str, Place] | None = None


@dataclass(frozen=True, slots=True)
class BoundJob:
    """After `map_outputs`: no Terraform name is left; sensitive outputs are references.

    `secrets` are the names that the store has for those.
    """

    linked: LinkedJob
    state: State | None
    body: dict[str, Any]
    origins: dict[str, Any]
    secrets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Which Iceberg table, and where its bytes go. `identity` is what makes two tables one."""

    namespace: str
    name: str
    location: str | None
    catalog: dict[str, Any]
    identity: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlacedJob:
    """After `place_table`: `body.target` has catalog, location and write mode; `table` names the table.

    `table_origins` has the origins of namespace and name. `table` is absent if it could not be named.
    """

    linked: LinkedJob
    state: State | None
    body: dict[str, Any]
    origins: dict[str, Any]
    table: Table | None
    table_origins: dict[str, Any]
    secrets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TaggedJob:
    """After `merge_tags`: the effective tags and the exact table properties, text to text.

    The origins mirror them key by key; a tag that beat others has a `Won`.
    """

    placed: PlacedJob
    tags: dict[str, str]
    tag_origins: dict[str, Any]
    properties: dict[str, str]
    property_origins: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Claim:
    """What project rules need of a job: cheap to keep for ten thousand of them.

    `reread` gives the document of a job file again, for a place in it: keeping the text of every job would
    take the memory of all. It is absent for a job known only from `index.json`. `secrets` are the names of the
    secrets that stand for outputs of `state`, the location of the state that was read (of a job known from the index,
    only if there are secrets). `account` is an account or project id as text, `storage` the bucket and prefix below
    which the target lies (`s3://BUCKET/PREFIX`; a warehouse as it stands), `reads` the key of the state in the lock,
    `tag_keys` the keys of the effective tags. `resources` are those that the job declares, and `uses` those that its
    values name, each with the path of such a value (empty for a job known from the index). Empty text stands for what
    a job has not, or what is known at run time only.
    """

    job_id: str
    file: str
    tenant: str
    identity: tuple[str, ...]
    table: str
    location: str
    write_mode: str
    shape: str
    reread: Callable[[str], Document | None] | None = None
    secrets: tuple[str, ...] = ()
    state: str = ""
    environment: str = ""
    provider: str = ""
    account: str = ""
    storage: str = ""
    reads: str = ""
    tag_keys: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    uses: tuple[tuple[str, str], ...] = ()

    @property
    def ours(self) -> bool:
        """Whether the job is being compiled, and not merely known."""
        return self.reread is not None


@dataclass(frozen=True, slots=True)
class Manifest:
    """The bytes of `build/JOB_ID.json` and of its provenance sidecar, and its entry in the index."""

    job_id: str
    data: bytes
    digest: str
    provenance: bytes
    entry: dict[str, Any]
