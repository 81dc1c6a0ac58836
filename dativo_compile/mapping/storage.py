"""Which of a connector's storage maps a job uses."""

from __future__ import annotations

from typing import Any

from dativo_compile.mapping.dotpath import Steps
from dativo_compile.model.job import LinkedJob

STORAGES = ("s3", "minio", "gcs", "azure", "azure_blob", "abfs", "adls")


def keep_named_storage(
    linked: LinkedJob, targets: tuple[Steps, ...], body: dict[str, Any], origins: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Only the storage map that the job or a mapping names is kept; without any such name all stay."""
    for side in ("source", "target"):
        connection = body[side].get("connection")
        if type(connection) is not dict:
            continue
        there = [name for name in STORAGES if name in connection]
        if len(there) < 2:
            continue
        own = linked.document.value.get(side)
        stated = own.get("connection") if type(own) is dict else None
        named = {name for name in there if type(stated) is dict and name in stated}
        named |= {str(t[2]) for t in targets if len(t) > 2 and t[0] == side and t[1] == "connection" and t[2] in there}
        if not named or len(named) == len(there):
            continue
        drop = set(there) - named
        marks = origins[side]["connection"]
        kept = {k: v for k, v in connection.items() if k not in drop}
        kept_marks = {k: v for k, v in marks.items() if k not in drop}
        body = {**body, side: {**body[side], "connection": kept}}
        origins = {**origins, side: {**origins[side], "connection": kept_marks}}
    return body, origins
