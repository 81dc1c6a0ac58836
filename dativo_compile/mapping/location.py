"""Where a table's bytes go."""

from __future__ import annotations

import re
from typing import Any

from dativo_compile.diagnostics.codes.emit import ACCOUNT_MISSING, BUCKET_REFUSED, LOCATION_UNKNOWN, STORAGE_AMBIGUOUS
from dativo_compile.diagnostics.diagnostic import Diagnostic, diagnose
from dativo_compile.linking.merge import first_leaf
from dativo_compile.linking.references import is_reference
from dativo_compile.mapping.naming import qualified_dataset
from dativo_compile.mapping.places import origin_place
from dativo_compile.mapping.plan import plan_of
from dativo_compile.mapping.storage import STORAGES
from dativo_compile.model.job import LinkedJob
from dativo_compile.model.place import Place
from dativo_compile.model.unknown import is_unknown
from dativo_compile.yaml.spans import place_of

SCHEMES = {"s3": "s3", "minio": "s3", "gcs": "gs"}
AZURE = ("azure", "azure_blob", "abfs", "adls")
ACCOUNT_KEYS = ("account", "account_name", "storage_account", "storage_account_name")
NO_NAME = re.compile(r"[/:\\\s]")
PLACES = ("bucket", "container", "warehouse")
EMBEDDED = ".dativo/warehouse"  # project-relative, as the runner's embedded catalog has it


def location_of(
    linked: LinkedJob,
    target: dict[str, Any],
    marks: dict[str, Any],
    namespace: str,
    name: str,
    catalog: str,
    found: list[Diagnostic],
) -> tuple[Any, Any]:
    """Text, a `$concat` where a part is known at run time only, or absent; and its origin.

    A warehouse is the root of many tables: a table lies below it, under its namespace and name.
    """
    own = f"/{qualified_dataset(catalog, namespace)[1]}/{name}"
    warehouse = target.get("warehouse")
    if warehouse:
        return joined(warehouse, own), marks["warehouse"]
    connection = target.get("connection")
    storage, path = _storage(linked, target, connection if type(connection) is dict else {}, found)
    if storage is None and path is None and (unknown := _unknown(connection, catalog)):
        return unknown, first_leaf(marks.get("connection") or marks["catalog"])
    if storage is None:
        if catalog == "sql" and _named_storage(connection) is None:
            return EMBEDDED + own, "rule:embedded-warehouse"
        if path is None and linked.target_connector is not None and not _was_to_come(linked):
            help = "give the target a `warehouse`, or its connection a bucket"
            if named := _named_storage(connection):
                help = f"give `target.connection.{named}` a `bucket`, or map an output to it"
            found.append(diagnose(LOCATION_UNKNOWN, _target_place(linked), help=help))
        return None, None
    values, origins = storage, _marks_at(marks, path or ())
    kind = path[-1] if path and len(path) > 1 else str(target.get("type"))
    base = _base(linked, kind, values, origins, found)
    if base is None:
        return None, None
    prefix = values.get("prefix")
    below = ["/", prefix] if prefix else [own]
    if type(prefix) is str:
        below = ["/" + prefix.strip("/")] if prefix.strip("/") else [own]
    origin = origins.get("bucket") or origins.get("container") or first_leaf(origins)
    return joined(*base, *below), origin


def _unknown(connection: Any, catalog: str) -> str | None:
    """What stands for the storage where a plan does not tell what is in it."""
    maps = [connection[key] for key in STORAGES if key in connection] if type(connection) is dict else [connection]
    return next((said for said in (*maps, catalog) if is_unknown(said)), None)


def storage_root(target: dict[str, Any]) -> str:
    """`s3://BUCKET/PREFIX` of a placed target, or its warehouse; empty if it has none, or only at run time."""
    warehouse = target.get("warehouse")
    if warehouse:
        return warehouse.rstrip("/") if type(warehouse) is str else ""
    connection = target.get("connection")
    named = connection if type(connection) is dict else {}
    kind = next((key for key in STORAGES if type(named.get(key)) is dict), str(target.get("type")))
    values = named.get(kind, named)
    bucket, prefix = values.get("container") or values.get("bucket"), values.get("prefix") or ""
    if type(bucket) is not str or type(prefix) is not str or is_reference(values):
        return ""
    if kind in AZURE:
        account = next((values[key] for key in ACCOUNT_KEYS if values.get(key)), None)
        base = f"abfss://{bucket}@{account}.dfs.core.windows.net" if type(account) is str else ""
    else:
        base = f"{SCHEMES.get(kind, 's3')}://{bucket}"
    return f"{base}/{prefix.strip('/')}".rstrip("/") if base else ""


def _named(linked: LinkedJob, values: dict[str, Any], origins: dict[str, Any], found: list[Diagnostic]) -> bool:
    for key in ("bucket", "container", *ACCOUNT_KEYS):
        name = values.get(key)
        if type(name) is str and NO_NAME.search(name):
            what = key if key in ("bucket", "container") else "storage account"
            help = "give the name alone, and what comes below it as `prefix`"
            found.append(diagnose(BUCKET_REFUSED, origin_place(linked, origins[key]), name=name, what=what, help=help))
            return False
    return True


def _target_place(linked: LinkedJob) -> Place:
    if linked.document.value.get("target"):
        return place_of(linked.document, ("target",), key=True)
    return place_of(linked.document, ("target_connector_path",))


def joined(*parts: Any) -> Any:
    """Texts and references side by side, as text if they all are."""
    flat: list[Any] = []
    for part in parts:
        for said in part["$concat"] if type(part) is dict and "$concat" in part else (part,):
            piece = said
            if type(said) is dict and "optional" in said:  # without it there is no place to write to
                piece = {key: value for key, value in said.items() if key != "optional"}
            if flat and type(piece) is str and type(flat[-1]) is str:
                flat[-1] = flat[-1].rstrip("/") + piece if piece.startswith("/") else flat[-1] + piece
            else:
                flat.append(piece)
    return flat[0] if len(flat) == 1 else {"$concat": flat}


def _storage(
    linked: LinkedJob, target: dict[str, Any], connection: dict[str, Any], found: list[Diagnostic]
) -> tuple[dict[str, Any] | None, tuple[str, ...] | None]:
    """The storage map and the way to it below `target`."""
    named = [key for key in STORAGES if type(connection.get(key)) is dict and not is_reference(connection[key])]
    if len(named) > 1:
        found.append(
            diagnose(
                STORAGE_AMBIGUOUS, _target_place(linked),
                names=" or ".join(f"`{key}`" for key in named),
                help=f"name one in the job: `target: {{connection: {{{named[0]}: ...}}}}`",
            )
        )  # fmt: skip
        return None, ()
    if named and (connection[named[0]].get("bucket") or connection[named[0]].get("container")):
        return connection[named[0]], ("connection", named[0])
    if target.get("type") in SCHEMES and connection.get("bucket"):
        return connection, ("connection",)
    return None, None


def _named_storage(connection: Any) -> str | None:
    """A storage that is named: without its bucket, a table in the embedded warehouse would be a surprise."""
    named = connection if type(connection) is dict else {}
    return next((key for key in STORAGES if named.get(key)), None)


def _was_to_come(linked: LinkedJob) -> bool:
    """Whether an output was to say it: one that could not be mapped has been reported."""
    infrastructure = linked.document.value.get("infrastructure")
    terraform = infrastructure.get("terraform") if type(infrastructure) is dict else None
    outputs = terraform.get("outputs") if type(terraform) is dict else None
    targets = [mapping.target for mapping in plan_of(outputs or {}).mappings]
    return any(target[0] == "target" and target[-1] in PLACES for target in targets)


def _marks_at(marks: dict[str, Any], path: tuple[str, ...]) -> dict[str, Any]:
    for step in path:
        marks = marks[step]
    return marks


def _base(
    linked: LinkedJob, kind: str, values: dict[str, Any], origins: dict[str, Any], found: list[Diagnostic]
) -> list[Any] | None:
    if kind not in AZURE:
        return [SCHEMES.get(kind, "s3") + "://", values["bucket"]] if _named(linked, values, origins, found) else None
    container = values.get("container") or values.get("bucket")
    account = next((values[key] for key in ACCOUNT_KEYS if values.get(key)), None)
    if not _named(linked, values, origins, found):
        return None
    if account is None:
        place = origin_place(linked, origins.get("container") or origins.get("bucket"))
        name = container if type(container) is str else "of a reference"
        found.append(
            diagnose(
                ACCOUNT_MISSING, place, name=name,
                help=f"add `account: NAME` to `target.connection.{kind}`, or a `warehouse` to the target",
            )
        )  # fmt: skip
        return None
    return ["abfss://", container, "@", account, ".dfs.core.windows.net"]
