"""The buckets that a job writes to: what its target says once outputs are in place, and where that was said."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dativo_compile.mapping.location import ACCOUNT_KEYS, AZURE, NO_NAME
from dativo_compile.model.job import PlacedJob
from dativo_compile.model.place import Place
from dativo_compile.rules.provider.places import said_at
from dativo_compile.yaml.fixes import written_at

SCHEMES = {
    "s3://": "s3", "s3a://": "s3", "s3n://": "s3", "gs://": "gcs",
    "abfss://": "azure", "abfs://": "azure", "wasbs://": "azure", "wasb://": "azure",
}  # fmt: skip
SCHEME = re.compile("[a-z0-9]+://")
SAYS = {
    "s3": frozenset({"s3", "minio"}), "minio": frozenset({"minio"}), "gcs": frozenset({"gcs"}),
    **dict.fromkeys(AZURE, frozenset({"container", "azure"})),
}  # fmt: skip
KINDS = ("s3", "minio", "gcs", "container", "azure")
BUCKET_KEYS, CONTAINER_KEYS = ("bucket",), ("container", "bucket")
FLAT = ("s3", "minio")  # types of targets whose connection is the storage
AMAZON = re.compile(r"(?:https?://)?[^/]*\.amazonaws\.com(?:\.cn)?(?:[:/].*)?")

Path = tuple[str, ...]
Said = tuple[str, str, Path]  # kind, name, where


@dataclass(frozen=True, slots=True)
class Written:
    """A name that the target says, and the way to the text that says it.

    `kind` is `s3` for Amazon's own, `minio` for a store that only speaks like it, `gcs`, `container` of an Azure
    account, or `azure` for such an account.
    """

    placed: PlacedJob
    kind: str
    name: str
    path: Path

    @property
    def place(self) -> Place:
        return self.part(0, len(self.name))

    def part(self, start: int, end: int) -> Place:
        """The place of a part of the name; the whole value, or the line that mapped it, where that reads otherwise."""
        place = said_at(self.placed, self.path)
        files = (document.file for document in self.placed.linked.documents.values())
        file = next((file for file in files if file.name == place.file), None)
        text = written_at(file, place) if file is not None else ""
        scheme = SCHEME.match(text.lstrip("\"'"))
        at = text.find(self.name) if scheme or text.strip("\"'") == self.name else -1
        if at < 0 or start >= end:
            return place
        return Place(place.file, place.line, place.column + at + start, place.line, place.column + at + end)


def written(placed: PlacedJob, kinds: Collection[str] = KINDS) -> list[Written]:
    """Names of these kinds, each once, that of the warehouse first.

    None that is known at run time only, and none that can be no name, which has been reported.
    """
    target = placed.body["target"]
    connection = target.get("connection")
    connection = connection if type(connection) is dict else {}
    said: list[Said] = []
    warehouse = target.get("warehouse")
    if warehouse:
        for kind, name in _of_uri(warehouse if type(warehouse) is str else _beginning(warehouse)):
            if kind in kinds or (kind == "s3" and "minio" in kinds):
                said.append((_kind_of(kind, target, connection), name, ("target", "warehouse")))
    for name, values in connection.items():
        if name in SAYS and type(values) is dict and not SAYS[name].isdisjoint(kinds):
            said += _of_storage(name, values, ("target", "connection", name))
    if target.get("type") in FLAT:
        said += _of_storage(str(target["type"]), connection, ("target", "connection"))
    found: dict[tuple[str, str], Path] = {}
    for kind, name, path in said:
        if kind in kinds and name and not NO_NAME.search(name):
            found.setdefault((kind, name), path)
    return [Written(placed, kind, name, path) for (kind, name), path in found.items()]


def _kind_of(kind: str, target: dict[str, Any], connection: dict[str, Any]) -> str:
    """The kind of a warehouse: beside MinIO, or an endpoint of its own, `s3://` is not Amazon's."""
    if kind == "s3" and ("minio" in (target.get("type"), *connection) or _has_own_endpoint(connection)):
        return "minio"
    return kind


def _beginning(warehouse: Any) -> str:
    """Of a warehouse that ends at run time, as much as holds the whole bucket."""
    parts = warehouse.get("$concat") if type(warehouse) is dict else None
    first = parts[0] if parts and type(parts[0]) is str else ""
    return first if first.count("/") > 2 else ""


@lru_cache(maxsize=1024)
def _of_uri(text: str) -> tuple[tuple[str, str], ...]:
    scheme = SCHEME.match(text)
    kind = SCHEMES.get(scheme[0], "") if scheme else ""
    if scheme is None or not kind:
        return ()
    host = text[scheme.end() :].split("/")[0]
    if kind != "azure":
        return ((kind, host.rpartition("@")[2]),)  # before it would be a password
    container, at, address = host.partition("@")
    return (("container", container), ("azure", address.split(".")[0])) if at else ()


def _of_storage(name: str, values: dict[str, Any], path: Path) -> Iterator[Said]:
    azure = name in AZURE
    kind = "container" if azure else "minio" if name == "s3" and _has_own_endpoint({"s3": values}) else name
    for said, keys in ((kind, CONTAINER_KEYS if azure else BUCKET_KEYS), ("azure", ACCOUNT_KEYS if azure else ())):
        key = next((key for key in keys if type(values.get(key)) is str and values[key]), None)
        if key is not None:
            yield said, values[key], (*path, key)


def _has_own_endpoint(connection: dict[str, Any]) -> bool:
    """Whether the store speaks S3 and is not Amazon's. A reference that may be unset is Amazon's until it is set."""
    storage = connection.get("s3")
    said = connection.get("endpoint"), storage.get("endpoint") if type(storage) is dict else None
    return said != (None, None) and any(_is_foreign(endpoint) for endpoint in said if endpoint)


def _is_foreign(endpoint: Any) -> bool:
    if type(endpoint) is dict:
        return not endpoint.get("optional")
    return not AMAZON.fullmatch(str(endpoint))
