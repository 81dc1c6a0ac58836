"""The buckets that a job writes to: what its target says once outputs are in place, and where that was said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dativo_compile.mapping.location import ACCOUNT_KEYS, AZURE, NO_NAME
from dativo_compile.mapping.storage import STORAGES
from dativo_compile.model.job import PlacedJob
from dativo_compile.model.place import Place
from dativo_compile.rules.provider.places import said_at
from dativo_compile.yaml.fixes import written_at

SCHEMES = {
    "s3://": "s3", "s3a://": "s3", "s3n://": "s3", "gs://": "gcs",
    "abfss://": "azure", "abfs://": "azure", "wasbs://": "azure", "wasb://": "azure",
}  # fmt: skip
SCHEME = re.compile("[a-z0-9]+://")
FLAT = ("s3", "minio")  # types of targets whose connection is the storage
AMAZON = re.compile(r"(?:https?://)?[^/]*\.amazonaws\.com(?:\.cn)?(?:[:/].*)?")


@dataclass(frozen=True, slots=True)
class Written:
    """A name that the target says, and the way to the text that says it.

    `kind` is `s3` for Amazon's own, `minio` for a store that only speaks like it, `gcs`, `container` of an Azure
    account, or `azure` for such an account.
    """

    placed: PlacedJob
    kind: str
    name: str
    path: tuple[str, ...]

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


def written(placed: PlacedJob) -> Iterator[Written]:
    """Each name once, that of the warehouse first; none that is known at run time only, and none that can be none."""
    told = set()
    for one in _said(placed, placed.body["target"]):
        if one.name and (one.kind, one.name) not in told and not NO_NAME.search(one.name):
            told.add((one.kind, one.name))
            yield one


def _said(placed: PlacedJob, target: dict[str, Any]) -> Iterator[Written]:
    connection = target.get("connection")
    connection = connection if type(connection) is dict else {}
    amazon = not _has_own_endpoint(connection) and target.get("type") != "minio" and "minio" not in connection
    warehouse = _beginning(target.get("warehouse"))
    scheme = SCHEME.match(warehouse)
    kind = SCHEMES.get(scheme[0], "") if scheme else ""
    if scheme is not None and kind:
        host = warehouse[scheme.end() :].split("/")[0]
        yield from _of_host(placed, "minio" if kind == "s3" and not amazon else kind, host)
    for name in STORAGES:
        values = connection.get(name)
        if type(values) is dict:
            yield from _of_storage(placed, name, values, ("target", "connection", name))
    if target.get("type") in FLAT:
        yield from _of_storage(placed, str(target["type"]), connection, ("target", "connection"))


def _beginning(warehouse: Any) -> str:
    """The text of a warehouse; of one that ends at run time, as much as holds the whole bucket."""
    if type(warehouse) is dict:
        parts = warehouse.get("$concat") or [""]
        first = parts[0] if type(parts[0]) is str else ""
        return first if first.count("/") > 2 else ""
    return warehouse if type(warehouse) is str else ""


def _of_host(placed: PlacedJob, kind: str, host: str) -> Iterator[Written]:
    path = ("target", "warehouse")
    if kind != "azure":
        yield Written(placed, kind, host, path)
        return
    container, at, address = host.partition("@")
    if at:
        yield Written(placed, "container", container, path)
        yield Written(placed, "azure", address.split(".")[0], path)


def _of_storage(placed: PlacedJob, name: str, values: dict[str, Any], path: tuple[str, ...]) -> Iterator[Written]:
    kind = "minio" if name == "s3" and _has_own_endpoint({"s3": values}) else name
    for key in ("container", "bucket") if name in AZURE else ("bucket",):
        if type(values.get(key)) is str and values[key]:
            yield Written(placed, "container" if name in AZURE else kind, values[key], (*path, key))
            break
    for key in ACCOUNT_KEYS if name in AZURE else ():
        if type(values.get(key)) is str and values[key]:
            yield Written(placed, "azure", values[key], (*path, key))
            break


def _has_own_endpoint(connection: dict[str, Any]) -> bool:
    """Whether the store speaks S3 and is not Amazon's. A reference that may be unset is Amazon's until it is set."""
    storage = connection.get("s3")
    said = [connection.get("endpoint"), storage.get("endpoint") if type(storage) is dict else None]
    return any(_is_foreign(endpoint) for endpoint in said if endpoint)


def _is_foreign(endpoint: Any) -> bool:
    if type(endpoint) is dict:
        return not endpoint.get("optional")
    return not AMAZON.fullmatch(str(endpoint))
