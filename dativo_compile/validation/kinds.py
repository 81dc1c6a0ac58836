"""What kind of file a document is by its keys, for one that was found where another kind is expected."""

from __future__ import annotations

from typing import Any

# Keys that tell a kind: what most files of it have, and no file of another kind.
TELLING = {
    "job": ("tenant_id", "source_connector_path", "target_connector_path", "asset_path"),
    "connector": ("roles", "connection_template", "default_engine", "partitioning_default", "rate_limits"),
    "asset": ("schema", "source_type", "apiVersion", "dataProduct", "team"),
    "project": ("jobs", "path_map", "severity", "default_catalog", "tables", "screen", "terraform"),
}
NAMES = {"job": "a job", "connector": "a connector", "asset": "an asset", "project": "a project file"}


def mistaken_for(kind: str, value: dict[str, Any]) -> str | None:
    """The kind that the keys tell, if they tell another than `kind`, and nothing of `kind` itself."""
    if any(key in value for key in TELLING[kind]) or (kind == "asset" and _is_wrapped(value)):
        return None
    others = {other: sum(key in value for key in keys) for other, keys in TELLING.items() if other != kind}
    if kind != "asset" and _is_wrapped(value):
        return "asset"
    best = max(others, key=others.__getitem__)
    return best if others[best] else None


def _is_wrapped(value: dict[str, Any]) -> bool:
    return type(value.get("asset")) is dict
