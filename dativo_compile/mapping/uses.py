"""Which resources a job's resolved values name, and where: for rules that know whose resources those are."""

from __future__ import annotations

from functools import lru_cache
from sys import intern
from typing import Any

from dativo_compile.linking.catalog import NAMESPACE_KEYS
from dativo_compile.mapping.location import ACCOUNT_KEYS, AZURE, SCHEMES
from dativo_compile.mapping.resources import BEGINNINGS, SERVICE_ACCOUNT, dataset, glue_database, named
from dativo_compile.mapping.storage import STORAGES
from dativo_compile.model.job import PlacedJob

Uses = tuple[tuple[str, str], ...]  # (resource, dot-path of the value that names it)
HOSTS = ("host", "hostname")  # resources of kinds that are not ours to spell may be declared by their address


def uses_of(placed: PlacedJob, account: str) -> Uses:
    """One tuple for all jobs that use the same; each resource once, at the first value that names it."""
    body = placed.body
    found: dict[str, str] = {}
    for side in ("target", "source"):
        tree = body[side]
        kind = str(tree.get("type"))
        for key, value in tree.items():
            if key != "location":  # made of the others
                _look(key, value, f"{side}.{key}", kind, found)
    block = body.get("infrastructure")
    metadata = block.get("metadata") if type(block) is dict else None
    if type(metadata) is dict:
        _members(metadata, "infrastructure.metadata", account, found)
    database = _database(placed)
    if database:
        found.setdefault(*database)
    return _one(tuple(found.items()))


@lru_cache(maxsize=4096)
def _one(uses: Uses) -> Uses:
    return tuple((intern(name), intern(path)) for name, path in uses)


def _look(key: str, value: Any, path: str, kind: str, found: dict[str, str]) -> None:
    """`kind` is the storage that a bucket belongs to."""
    if type(value) is str:
        name = _names(key, value, kind)
        if name:
            found.setdefault(name, path)
    elif type(value) is dict:
        if key in STORAGES:
            kind = key
        for inner, part in value.items():
            if type(part) is str:
                name = _names(inner, part, kind)
                if name:
                    found.setdefault(name, f"{path}.{inner}")
            elif part:
                _look(inner, part, f"{path}.{inner}", kind, found)
    elif type(value) is list:
        for number, part in enumerate(value):
            _look(key, part, f"{path}[{number}]", kind, found)


def _names(key: str, text: str, kind: str) -> str:
    if text.startswith(BEGINNINGS) or text.endswith(SERVICE_ACCOUNT):
        return named(text)
    if key == "bucket":
        return "" if kind in AZURE else f"{SCHEMES.get(kind, 's3')}://{text}"
    if key in ACCOUNT_KEYS:
        return f"storageAccounts/{text.lower()}" if kind in AZURE else ""
    return text if key in HOSTS else ""


def _members(metadata: dict[str, Any], path: str, account: str, found: dict[str, str]) -> None:
    """Facts about the job, in which a role may stand by its name alone."""
    for key, value in metadata.items():
        if type(value) is str and "role" in key and account.isdigit() and not value.startswith(BEGINNINGS):
            found.setdefault(f"arn:aws:iam::{account}:role/{value}", f"{path}.{key}")
        else:
            _look(key, value, f"{path}.{key}", "", found)


def _database(placed: PlacedJob) -> tuple[str, str] | None:
    """The database or dataset that the table lies in, where the catalog is the cloud's own."""
    if placed.table is None:
        return None
    kind, _, account, region, name, _ = placed.table.identity
    if kind not in ("glue", "bigquery"):
        return None
    for root, values in (("target.catalog", placed.table.catalog), ("catalog", placed.body.get("catalog"))):
        for key in NAMESPACE_KEYS if type(values) is dict else ():
            if values and type(values.get(key)) is str:
                made = glue_database(region, account, name) if kind == "glue" else dataset(account, name)
                return made, f"{root}.{key}"
    return None  # named by the pattern, which has the tenant in it
