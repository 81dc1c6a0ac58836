"""The three shapes of an asset seen as one: a part is asked for by name and comes with its origins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dativo_compile.diagnostics.codes.asset import PART_MALFORMED, TABLES_SEVERAL
from dativo_compile.diagnostics.diagnostic import Diagnostic, diagnose
from dativo_compile.model.source import Document
from dativo_compile.tags.places import place_for
from dativo_compile.yaml.spans import Path, place_of

Part = tuple[Any, Any]
ROOT: Path = ()
ABSENT: Part = (None, None)
OTHER_NAMES = {"dataProduct": "data_product", "sourceType": "source_type"}
CARRIED = frozenset((
    "compliance", "dataProduct", "data_product", "domain", "finops", "governance", "object", "sourceType",
    "source_type", "target",
))  # fmt: skip
OWNER_ROLES = frozenset({"owner", "data owner", "dataowner", "data_owner", "product owner", "data product owner"})


@dataclass(frozen=True, slots=True)
class Parts:
    """`path` leads from the document's root to where the asset's own keys stand."""

    document: Document
    path: Path
    values: dict[str, Any]
    marks: dict[str, Any]

    def get(self, key: str) -> Part:
        """The value and its origins; a null is absence."""
        value = self.values.get(key)
        return ABSENT if value is None else (value, self.marks[key])

    def text(self, key: str) -> Part:
        value, mark = self.get(key)
        return (value, mark) if type(value) is str and value else ABSENT

    def mapping(self, key: str, found: list[Diagnostic]) -> tuple[dict[str, Any], dict[str, Any]]:
        """Empty if absent or empty."""
        value, marks = self.get(key)
        if value is None or value == {}:
            return {}, {}
        if type(value) is dict:
            return value, marks
        place = place_for(self.document, marks)
        found.append(diagnose(PART_MALFORMED, place, part=key, expected="a mapping of keys to values"))
        return {}, {}


def parts_of(document: Document) -> Parts:
    """Wrapped and flat alike; `customProperties` of a data contract fill what it has no keys for."""
    values, marks, path = document.value, document.marks, ROOT
    if type(values.get("asset")) is dict:
        values, marks, path = values["asset"], marks["asset"], ("asset",)
    if any(key in values for key in OTHER_NAMES) or values.get("customProperties"):
        values, marks = _filled(values, marks)
    return Parts(document, path, values, marks)


def _filled(values: dict[str, Any], marks: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    values, marks = dict(values), dict(marks)
    custom = values.get("customProperties")
    if type(custom) is list:
        for member, its in zip(custom, marks["customProperties"] if custom else (), strict=True):
            name = member.get("property") if type(member) is dict else None
            if name in CARRIED and values.get(name) is None and member.get("value") is not None:
                values[name], marks[name] = member["value"], its["value"]
    for standard, own in OTHER_NAMES.items():
        if values.get(own) is None and values.get(standard) is not None:
            values[own], marks[own] = values[standard], marks[standard]
    return values, marks


def is_contract(schema: Any) -> bool:
    """Whether the schema is a list of tables (`schema[].properties`); a column with a `type` may have parts too."""
    return type(schema) is list and any(
        type(item) is dict and "properties" in item and item.get("type") is None for item in schema
    )


def table_of(parts: Parts, name: str, found: list[Diagnostic]) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """The one schema object that is the asset's table."""
    pairs = [
        (item, mark) for item, mark in zip(*parts.get("schema"), strict=True) if type(item) is dict and item
    ]  # fmt: skip
    if len(pairs) > 1:
        said = parts.text("object")[0]
        fitting = [p for p in pairs if said and said in _names(p)] or [p for p in pairs if name in _names(p)]
        if len(fitting) != 1:
            found.append(_several(parts, pairs, said or name))
            return None
        pairs = fitting
    return pairs[0] if pairs else ({}, {})


def _names(pair: Part) -> tuple[Any, Any]:
    return pair[0].get("name"), pair[0].get("physicalName")


def _several(parts: Parts, pairs: list[Part], name: str) -> Diagnostic:
    names = ", ".join(f"`{item.get('name')}`" for item, _ in pairs)
    place = place_of(parts.document, (*parts.path, "schema"), key=True)
    return diagnose(
        TABLES_SEVERAL, place, count=len(pairs), name=name, notes=(f"it describes {names}",),
        help="set `object` to the table that is meant, or give each table a contract of its own",
    )  # fmt: skip


def owner_of(team: Any, marks: Any) -> Part:
    """`owner` of a team, or the member whose role it is to own; members who left do not count."""
    if type(team) is str:
        return team, marks
    if type(team) is dict and team:
        if team.get("owner") is not None:
            return team["owner"], marks["owner"]
        team, marks = team.get("members"), marks.get("members")
    if type(team) is not list:
        return ABSENT
    for member, mark in zip(team, marks if team else (), strict=True):
        if type(member) is not dict or str(member.get("role")).lower() not in OWNER_ROLES or member.get("dateOut"):
            continue
        for key in ("username", "email", "name"):
            if type(member.get(key)) is str:
                return member[key], mark[key]
    return ABSENT
