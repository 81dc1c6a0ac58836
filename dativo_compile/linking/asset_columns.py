"""The columns of an asset, in the manifest's form."""

from __future__ import annotations

from typing import Any

from dativo_compile.diagnostics.codes.asset import COLUMN_TWICE, COLUMN_TYPE_UNKNOWN, COLUMN_UNTYPED
from dativo_compile.diagnostics.diagnostic import Diagnostic, Related, diagnose
from dativo_compile.diagnostics.near import did_you_mean, nearest
from dativo_compile.linking.column_types import DECIMALS, SHOWN, canonical_type, why_unknown
from dativo_compile.model.source import Document
from dativo_compile.tags.places import leaf_of, place_for
from dativo_compile.yaml.fixes import swapped

NAMES = (*SHOWN[:-1], "varchar", "decimal")
OPTIONAL = "rule:column-optional"  # `required` is false unless the asset says otherwise


class Columns:
    """Collects columns that satisfy the asset's schema; what is wrong with one does not hide the others."""

    def __init__(self, document: Document, found: list[Diagnostic]) -> None:
        self.document = document
        self.found = found
        self.values: list[dict[str, Any]] = []
        self.origins: list[dict[str, Any]] = []
        self._first: dict[str, Any] = {}

    def add(self, column: dict[str, Any], marks: dict[str, Any]) -> None:
        name: str = column["name"]
        self._check_name(name, marks["name"])
        kind, mark = self._type(column, marks)
        if kind is None:
            return
        value: dict[str, Any] = {"name": name, "type": kind, "required": False}
        origins: dict[str, Any] = {"name": marks["name"], "type": mark, "required": OPTIONAL}
        if column.get("required") is not None:
            value["required"], origins["required"] = column["required"], marks["required"]
        if column.get("description") is not None:
            value["description"], origins["description"] = column["description"], marks["description"]
        said = column.get("classification")
        if said:
            value["classification"] = said if type(said) is str else ",".join(said)
            origins["classification"] = leaf_of(marks["classification"])
        self.values.append(_alike(value))
        self.origins.append(_alike(origins))

    def _check_name(self, name: str, mark: Any) -> None:
        lower = name.lower()
        if lower not in self._first:
            self._first[lower] = mark
            return
        related = Related(place_for(self.document, self._first[lower]), "first described here")
        self.found.append(
            diagnose(
                COLUMN_TWICE, place_for(self.document, mark), name=name, related=(related,),
                help="remove one of the two, or rename it; case makes no difference",
            )
        )  # fmt: skip

    def _type(self, column: dict[str, Any], marks: dict[str, Any]) -> tuple[str | None, Any]:
        """`type` where there is one; else the physical type if it is known, else the logical one."""
        keys = ("type",) if column.get("type") is not None else ("physicalType", "logicalType")
        said = [key for key in keys if column.get(key) is not None]
        for key in said:
            known = canonical_type(column[key])
            if known is not None:
                return known, marks[key]
        if not said:
            place = place_for(self.document, marks["name"])
            self.found.append(diagnose(COLUMN_UNTYPED, place, name=column["name"], help="add a `type`"))
            return None, None
        text, place = column[said[-1]], place_for(self.document, marks[said[-1]])
        self.found.append(
            diagnose(
                COLUMN_TYPE_UNKNOWN, place, type=text, reason=why_unknown(text),
                notes=(f"known types: {', '.join(SHOWN)}",), help=_advice(text),
                fix=swapped(self.document.file, place, text, _respelt(text)),
            )
        )  # fmt: skip
        return None, None


def _advice(text: str) -> str:
    if _base(text) in DECIMALS:
        return "write precision and scale, such as `decimal(18,2)`"
    return did_you_mean(_base(text), NAMES)


def _respelt(text: str) -> str:
    """The text with the nearest type's name; empty if that is no type either."""
    near = nearest(_base(text), NAMES) + text.lower().strip()[len(_base(text)) :]
    return near if canonical_type(near) is not None else ""


def _base(text: str) -> str:
    return text.lower().split("(")[0].strip()


MOST_ALIKE = 20_000
_columns: dict[tuple[tuple[str, Any], ...], dict[str, Any]] = {}


def _alike(column: dict[str, Any]) -> dict[str, Any]:
    """One object for all equal columns: every asset has an `id`, and thousands of assets are kept."""
    key = tuple(column.items())
    found = _columns.get(key)
    if found is None:
        if len(_columns) >= MOST_ALIKE:
            _columns.clear()
        found = _columns[key] = column
    return found
