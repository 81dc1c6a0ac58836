"""Brings an asset of any shape to the one that the rest of the compiler knows.

Wrapped, flat, and Open Data Contract Standard documents are told apart by what they hold
(`asset`, `schema[].properties`), never by the version they claim.
"""

from __future__ import annotations

from typing import Any

from dativo_compile.diagnostics.codes.asset import COLUMNS_MISSING, NAME_MISSING
from dativo_compile.diagnostics.diagnostic import Diagnostic, diagnose
from dativo_compile.linking.asset_columns import Columns
from dativo_compile.linking.asset_shapes import Part, Parts, is_contract, owner_of, parts_of, table_of
from dativo_compile.model.asset import Asset
from dativo_compile.model.source import Document
from dativo_compile.tags.prepared import prepared_of
from dativo_compile.tags.text import plain_text
from dativo_compile.yaml.spans import place_of

Tree = tuple[dict[str, Any], dict[str, Any]]
DETAILS = ("version", "domain", "data_product", "source_type", "object")
FILLED_BY_GOVERNANCE = ("classification", "retention_days", "regulations")


def normalise(document: Document, found: list[Diagnostic]) -> Asset | None:
    """Absent if the asset has an error that leaves nothing to work with; every fault is in `found`."""
    parts = parts_of(document)
    name, name_mark = parts.text("name")
    if name is None:
        name, name_mark = parts.text("id")
    if name is None:
        place = place_of(document, parts.path, key=True)
        found.append(diagnose(NAME_MISSING, place, help="add a `name`"))
        return None
    columns = Columns(document, found)
    table_name = _read_columns(parts, name, columns, found)
    governance, governance_origins = parts.mapping("governance", found)
    compliance, compliance_origins = _compliance(parts, governance, governance_origins, found)
    details, detail_origins = _details(parts, (name, name_mark), table_name)
    said, said_origins = _governance(parts, (governance, governance_origins), (compliance, compliance_origins))
    # The file is enough to find places in; its trees would be kept as long as the asset.
    bare = Document(document.file, document.role, {}, {})
    asset = Asset(
        bare, name, plain_text(details.get("object")), columns.values, columns.origins, details, detail_origins,
        *parts.mapping("finops", found), compliance, compliance_origins, said, said_origins,
        *parts.mapping("target", found), _description(parts),
    )  # fmt: skip
    prepared_of(asset, found)
    return asset


def _read_columns(parts: Parts, name: str, columns: Columns, found: list[Diagnostic]) -> Part:
    """Returns the name of the table, where the schema is a list of tables."""
    schema, marks = parts.get("schema")
    table_name: Part = (None, None)
    if is_contract(schema):
        table = table_of(parts, name, found)
        if table is None:
            return table_name
        item, item_marks = table
        for key in ("name", "physicalName"):
            if table_name[0] is None and type(item.get(key)) is str:
                table_name = item[key], item_marks[key]
        schema, marks = item.get("properties"), item_marks.get("properties")
    if type(schema) is not list or not schema:
        place = place_of(parts.document, (*parts.path, "schema"), key=True)
        found.append(diagnose(COLUMNS_MISSING, place, name=name, help="list the columns, each with a name and a type"))
        return table_name
    for column, column_marks in zip(schema, marks, strict=True):
        columns.add(column, column_marks)
    return table_name


def _compliance(
    parts: Parts, governance: dict[str, Any], governance_origins: dict[str, Any], found: list[Diagnostic]
) -> Tree:
    """What the legacy block knows and `compliance` does not mention is added; even a null is a mention."""
    value, origins = parts.mapping("compliance", found)
    missing = [k for k in FILLED_BY_GOVERNANCE if governance.get(k) is not None and k not in value]
    if missing:
        value = {**value, **{k: governance[k] for k in missing}}
        origins = {**origins, **{k: governance_origins[k] for k in missing}}
    return value, origins


def _details(parts: Parts, name: Part, table_name: Part) -> Tree:
    details: dict[str, Any] = {"name": name[0]}
    origins: dict[str, Any] = {"name": name[1]}
    for key in DETAILS:
        value, mark = parts.get(key)
        if value is None and key == "object":
            value, mark = table_name
        if value is not None:
            details[key], origins[key] = value, mark
    return details, origins


def _governance(parts: Parts, legacy: Tree, compliance: Tree) -> Tree:
    """`team`, `compliance` and the root speak before the legacy block."""
    owner = owner_of(*parts.get("team"))
    candidates = {
        "owner": (owner, _member(legacy, "owner")),
        "retention_days": (_member(compliance, "retention_days"),),
        "domain": (parts.get("domain"), _member(legacy, "domain")),
        "data_product": (parts.get("data_product"), _member(legacy, "data_product")),
    }
    said: dict[str, Any] = {}
    origins: dict[str, Any] = {}
    for key, sources in candidates.items():
        for value, mark in sources:
            if value is not None:
                said[key], origins[key] = value, mark
                break
    return said, origins


def _member(tree: Tree, key: str) -> Part:
    value = tree[0].get(key)
    return (value, tree[1][key]) if value is not None else (None, None)


def _description(parts: Parts) -> str | None:
    value = parts.get("description")[0]
    if type(value) is dict:
        value = value.get("purpose") or value.get("usage")
    return value if type(value) is str and value else None
