"""The tree of a manifest, and the tree of its origins beside it."""

from __future__ import annotations

from typing import Any

from dativo_compile.linking.merge import cleaned, spread
from dativo_compile.model.job import LinkedJob, TaggedJob

VERSION = 1
EXECUTION = ("logging", "plugins", "retry_config")
Tree = tuple[dict[str, Any], dict[str, Any]]


def assemble(tagged: TaggedJob) -> Tree:
    """Everything but `references` and `digest`, which are made of the rest."""
    placed = tagged.placed
    linked = placed.linked
    asset, table = linked.asset, placed.table
    assert asset is not None and table is not None
    target = {**placed.body["target"], "table": {"namespace": table.namespace, "name": table.name}}
    value: dict[str, Any] = {
        "manifest_version": VERSION,
        "source": placed.body["source"],
        "target": target,
        "schema": asset.columns,
        "tags": tagged.tags,
        "table_properties": tagged.properties,
    }
    origins: dict[str, Any] = {
        "source": placed.origins["source"],
        "target": {**placed.origins["target"], "table": placed.table_origins},
        "schema": asset.column_origins,
        "tags": tagged.tag_origins,
        "table_properties": tagged.property_origins,
    }
    value["job"], origins["job"] = _job(linked)
    value["execution"], origins["execution"] = _execution(linked)
    if "infrastructure" in placed.body:
        value["infrastructure"], origins["infrastructure"] = _infrastructure(
            linked, placed.body["infrastructure"], placed.origins["infrastructure"]
        )
    if placed.body.get("catalog"):
        value["catalog"], origins["catalog"] = placed.body["catalog"], placed.origins["catalog"]
    for key, inner in linked.document.value.items():
        if key.startswith("x-"):
            value[key], origins[key] = inner, linked.document.marks[key]
    return value, origins


def _job(linked: LinkedJob) -> Tree:
    document, asset = linked.document, linked.asset
    assert asset is not None
    value: dict[str, Any] = {
        "id": linked.id, "name": linked.name, "tenant_id": linked.tenant, "asset": asset.name,
    }  # fmt: skip
    marks = document.marks
    origins: dict[str, Any] = {
        "id": "rule:job-id", "name": marks["name"] if document.value.get("name") else "rule:file-stem",
        "tenant_id": marks["tenant_id"], "asset": asset.detail_origins["name"],
    }  # fmt: skip
    for key in ("environment", "description", "schedule"):
        if document.value.get(key) is not None:
            value[key], origins[key] = _clean(document.value[key], marks[key])
    return value, origins


def _execution(linked: LinkedJob) -> Tree:
    job, marks = linked.document.value, linked.document.marks
    value: dict[str, Any] = {"schema_validation_mode": "strict"}
    origins: dict[str, Any] = {"schema_validation_mode": "rule:default-mode"}
    if job.get("schema_validation_mode"):
        value["schema_validation_mode"] = job["schema_validation_mode"]
        origins["schema_validation_mode"] = marks["schema_validation_mode"]
    for key in EXECUTION:
        if job.get(key) is not None:
            value[key], origins[key] = _clean(job[key], marks[key])
    return value, origins


def _infrastructure(linked: LinkedJob, body: dict[str, Any], origins: dict[str, Any]) -> Tree:
    value: dict[str, Any] = {}
    out: dict[str, Any] = {}
    for key in ("provider", "metadata"):
        if body.get(key):
            value[key], out[key] = _clean(body[key], origins[key])
    terraform = body.get("terraform")
    if type(terraform) is dict:
        marks = origins["terraform"]
        block: dict[str, Any] = {"workspace": terraform.get("workspace") or "default"}
        block_marks: dict[str, Any] = {
            "workspace": marks["workspace"] if terraform.get("workspace") else "rule:default-workspace"
        }
        if linked.module is not None:
            block["module_path"], block_marks["module_path"] = linked.module, marks["module_path"]
        value["terraform"], out["terraform"] = block, block_marks
    return value, out


def _clean(value: Any, origin: Any) -> tuple[Any, Any]:
    """Without nulls: a null that removes nothing is absence."""
    if type(origin) is str:
        return value, spread(value, origin)
    return cleaned(value, origin)
