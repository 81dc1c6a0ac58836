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
NAMING = ("connection", "warehouse", "catalog", "files")  # of a side: what may name something of a cloud
AMAZON = ".amazonaws.com"  # also .amazonaws.com.cn
DATASETS = ("dataset", "dataset_id", "bigquery_dataset")
HOSTS = ("host", "hostname")  # resources of kinds that are not ours to spell may be declared by their address


def uses_of(placed: PlacedJob, account: str) -> Uses:
    """One tuple for all jobs that use the same; each resource once, at the first value that names it."""
    body = placed.body
    found: dict[str, str] = {}
    for side in ("target", "source"):
        tree = body[side]
        named_here: dict[str, str] = {}
        _look({key: tree[key] for key in NAMING if key in tree}, side, str(tree.get("type")), named_here)
        own = any(name.startswith("s3://") for name in named_here) and _is_own_store(tree)
        for name, path in named_here.items():
            if not own or not name.startswith("s3://"):
                found.setdefault(name, path)
    block = body.get("infrastructure")
    metadata = block.get("metadata") if type(block) is dict else None
    if type(metadata) is dict:
        _roles(metadata, account, found)
        _look(metadata, "infrastructure.metadata", "", found)
    database = _database(placed)
    if database:
        found.setdefault(*database)
    return _one(tuple(found.items()))


@lru_cache(maxsize=4096)
def _one(uses: Uses) -> Uses:
    return tuple((intern(name), intern(path)) for name, path in uses)


def _look(tree: Any, path: str, kind: str, found: dict[str, str]) -> None:
    """`kind` is the storage that a bucket belongs to. Paths are made only for what names something, or holds more."""
    if type(tree) is list:
        for number, part in enumerate(tree):
            if type(part) is str:
                if name := _names("", part, kind, {}):
                    found.setdefault(name, f"{path}[{number}]")
            elif part and (type(part) is dict or type(part) is list):
                _look(part, f"{path}[{number}]", kind, found)
        return
    for key, part in tree.items():
        if type(part) is str:
            if name := _names(key, part, kind, tree):
                found.setdefault(name, f"{path}.{key}")
        elif part and (type(part) is dict or type(part) is list):
            _look(part, f"{path}.{key}", key if key in STORAGES else kind, found)


def _names(key: str, text: str, kind: str, beside: dict[str, Any]) -> str:
    if text[:3] in BEGINNINGS or text.endswith(SERVICE_ACCOUNT):
        return named(text)
    if key == "bucket":
        return "" if kind in AZURE else f"{SCHEMES.get(kind, 's3')}://{text}"
    if key in ACCOUNT_KEYS:
        return f"storageAccounts/{text.lower()}" if kind in AZURE else ""
    if key in DATASETS:
        project = beside.get("project_id") or beside.get("project")
        return dataset(project, text) if type(project) is str else ""
    return text if key in HOSTS else ""


def _is_own_store(side: dict[str, Any]) -> bool:
    """Whether buckets lie in a store that is not Amazon's, where a name may be anybody's."""
    connection = side.get("connection")
    if side.get("type") == "minio" or type(connection) is not dict:
        return side.get("type") == "minio"
    if "minio" in connection:
        return True
    storage = connection.get("s3")
    for endpoint in (connection.get("endpoint"), storage.get("endpoint") if type(storage) is dict else None):
        if type(endpoint) is dict and not endpoint.get("optional"):  # one that may be unset is Amazon's until it is set
            return True
        if type(endpoint) is str and AMAZON not in endpoint:
            return True
    return False


def _roles(metadata: dict[str, Any], account: str, found: dict[str, str]) -> None:
    """Facts about the job, in which a role may stand by its name alone."""
    for key, text in metadata.items():
        if "role" in key and type(text) is str and account.isdigit() and text[:3] not in BEGINNINGS:
            found.setdefault(f"arn:aws:iam::{account}:role/{text}", f"infrastructure.metadata.{key}")


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
