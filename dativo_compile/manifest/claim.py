"""What a job claims of what all jobs share: made of a finished job, kept in `index.json`, read back from there."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import lru_cache
from sys import intern
from typing import Any

from dativo_compile.canonical import COMPACT, dumps
from dativo_compile.mapping.location import storage_root
from dativo_compile.mapping.needed import key_of, mapped_names
from dativo_compile.mapping.resources import resource
from dativo_compile.mapping.uses import uses_of
from dativo_compile.model.asset import Asset
from dativo_compile.model.job import Claim, TaggedJob
from dativo_compile.model.source import Document

ACCOUNT = {"aws": "account_id", "gcp": "project_id", "azure": "account_id"}
OPTIONAL = ("environment", "provider", "account", "storage")  # in the index only if there is one


def claim_of(tagged: TaggedJob, reread: Callable[[str], Document | None]) -> Claim:
    placed = tagged.placed
    linked, table, state = placed.linked, placed.table, placed.state
    assert table is not None and linked.asset is not None
    target = placed.body["target"]
    location = target.get("location", "")
    partitioning = dumps(target.get("partitioning"), COMPACT).decode()
    provider = _provider(placed.body)
    kind = str(provider.get("provider") or "")
    account = provider.get(ACCOUNT.get(kind, ""))
    return Claim(
        job_id=linked.id,
        file=linked.document.file.name,
        tenant=intern(linked.tenant),
        identity=table.identity,
        table=f"{table.namespace}.{table.name}",
        location=location if type(location) is str else dumps(location, COMPACT).decode(),
        write_mode=intern(str(target["write_mode"])),
        shape=_shape(_Columns(linked.asset), partitioning),
        reread=reread,
        secrets=placed.secrets,
        state=state.location if state else "",
        environment=intern(linked.environment or ""),
        provider=intern(kind),
        account=intern(account) if type(account) is str else "",
        storage=intern(storage_root(target)),
        reads=intern(key_of(linked)) if state else "",
        tag_keys=_one(tuple(tagged.tags)),
        resources=_resources(provider),
        uses=uses_of(placed, account if type(account) is str else ""),
    )


def entry_of(claim: Claim, digest: str, tagged: TaggedJob) -> dict[str, Any]:
    """What `index.json` says of a job."""
    entry: dict[str, Any] = {
        "digest": digest, "file": claim.file, "tenant_id": claim.tenant, "table": claim.table,
        "identity": list(claim.identity), "location": claim.location, "write_mode": claim.write_mode,
        "shape": claim.shape, "tags": tagged.tags,
    }  # fmt: skip
    if tagged.placed.state is not None:
        entry["reads"] = {"outputs": list(mapped_names(tagged.placed.linked)), "state": claim.reads}
    for name in OPTIONAL:
        if said := getattr(claim, name):
            entry[name] = said
    if claim.resources:
        entry["resources"] = list(claim.resources)
    if claim.secrets:
        entry["secrets"], entry["state"] = list(claim.secrets), claim.state
    return entry


def claim_from(job_id: str, entry: Mapping[str, Any]) -> Claim:
    """The claim of a job that is not compiled now. What it uses is not told: only a job of ours is blamed for that."""

    def text(key: str) -> str:
        return str(entry.get(key, ""))

    reads, tags = entry.get("reads"), entry.get("tags")
    return Claim(
        job_id=job_id,
        file=text("file"),
        tenant=intern(text("tenant_id")),
        identity=tuple(map(str, entry.get("identity", ()))),
        table=text("table"),
        location=text("location"),
        write_mode=intern(text("write_mode")),
        shape=text("shape"),
        secrets=tuple(map(str, entry.get("secrets", ()))),
        state=text("state"),
        environment=intern(text("environment")),
        provider=intern(text("provider")),
        account=intern(text("account")),
        storage=text("storage"),
        reads=intern(str(reads.get("state", ""))) if type(reads) is dict else "",
        tag_keys=_one(tuple(map(str, tags))) if type(tags) is dict else (),
        resources=_one(tuple(map(str, entry.get("resources", ())))),
    )


def _provider(body: dict[str, Any]) -> dict[str, Any]:
    block = body.get("infrastructure")
    provider = block.get("provider") if type(block) is dict else None
    return provider if type(provider) is dict else {}


def _resources(provider: dict[str, Any]) -> tuple[str, ...]:
    """What the job declares, sorted, each in its one spelling."""
    listed = provider.get("resources")
    if type(listed) is not list:
        return ()
    found = {
        resource(str(each.get("resource_type")), str(each.get("resource_id")), str(each.get("resource_name") or ""))
        for each in listed
        if type(each) is dict
    }
    return _one(tuple(sorted(found)))


@lru_cache(maxsize=4096)
def _one(texts: tuple[str, ...]) -> tuple[str, ...]:
    """One tuple for all jobs with the same texts."""
    return texts


class _Columns:
    """An asset's columns as a key of a cache: the same asset object has the same columns."""

    __slots__ = ("asset",)

    def __init__(self, asset: Asset) -> None:
        self.asset = asset

    def __hash__(self) -> int:
        return id(self.asset)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Columns) and other.asset is self.asset


@lru_cache(maxsize=1024)
def _shape(columns: _Columns, partitioning: str) -> str:
    """A short name for schema and partitioning: two tables of one shape have one."""
    return hashlib.sha256(dumps(columns.asset.columns, COMPACT) + partitioning.encode()).hexdigest()[:16]
