"""The columns of an asset, in the manifest's form."""

from __future__ import annotations

from typing import Any

from dativo_compile.diagnostics.codes.asset import COLUMN_MALFORMED, COLUMN_TWICE, COLUMN_TYPE_UNKNOWN
from dativo_compile.diagnostics.diagnostic import Diagnostic, Related, diagnose
from dativo_compile.diagnostics.near import did_you_mean
from dativo_compile.linking.asset_shapes import Part
from dativo_compile.linking.column_types import SHOWN, canonical_type, why_unknown
from dativo_compile.model.source import Document
from dativo_compile.tags.places import place_for

OPTIONAL = "rule:column-optional"  # `required` is false unless the asset says otherwise


class Columns:
    """Collects columns; what is wrong with one does not hide the others."""

    def __init__(self, document: Document, found: list[Diagnostic]) -> None:
        self.document = document
        self.found = found
        self.values: list[dict[str, Any]] = []
        self.origins: list[dict[str, Any]] = []
        self._first: dict[str, Any] = {}
        self._count = 0

    def add(self, column: Any, marks: Any) -> None:
        self._count += 1
        if type(column) is not dict or not column:
            self._malformed(self._number(), "is not a mapping", marks)
            return
        name = column.get("name")
        if type(name) is not str or not name:
            self._malformed(self._number(), "has no name", marks)
            return
        self._check_name(name, marks["name"])
        kind, mark = self._type(column, marks, name)
        if kind is None:
            return
        value: dict[str, Any] = {"name": name, "type": kind, "required": False}
        origins: dict[str, Any] = {"name": marks["name"], "type": mark, "required": OPTIONAL}
        if column.get("required") is not None:
            value["required"], origins["required"] = column["required"], marks["required"]
            if type(column["required"]) is not bool:
                self._malformed(f"`{name}`", "has a `required` that is neither true nor false", marks["required"])
        if type(column.get("description")) is str:
            value["description"], origins["description"] = column["description"], marks["description"]
        if column.get("classification"):
            value["classification"], origins["classification"] = self._classification(column, marks, name)
        self.values.append(value)
        self.origins.append(origins)

    def _check_name(self, name: str, mark: Any) -> None:
        if name.lower() not in self._first:
            self._first[name.lower()] = mark
            return
        related = Related(place_for(self.document, self._first[name.lower()]), "first described here")
        self.found.append(
            diagnose(
                COLUMN_TWICE, place_for(self.document, mark), name=name, related=(related,),
                help="remove one of the two, or rename it; case makes no difference",
            )
        )  # fmt: skip

    def _type(self, column: dict[str, Any], marks: dict[str, Any], name: str) -> tuple[str | None, Any]:
        """`type` where there is one; else the physical type if it is known, else the logical one."""
        keys = ("type",) if column.get("type") is not None else ("physicalType", "logicalType")
        said = [key for key in keys if type(column.get(key)) is str]
        for key in said:
            known = canonical_type(column[key])
            if known is not None:
                return known, marks[key]
        if not said:
            self._malformed(f"`{name}`", "has no type", marks["name"])
            return None, None
        text, mark = column[said[-1]], marks[said[-1]]
        self.found.append(
            diagnose(
                COLUMN_TYPE_UNKNOWN, place_for(self.document, mark), type=text, reason=why_unknown(text),
                notes=(f"known types: {', '.join(SHOWN)}",), help=_advice(text),
            )
        )  # fmt: skip
        return None, None

    def _classification(self, column: dict[str, Any], marks: dict[str, Any], name: str) -> Part:
        value, mark = column["classification"], marks["classification"]
        if type(value) is list and all(type(item) is str for item in value):
            return ",".join(value), mark[0]
        if type(value) is not str:
            self._malformed(f"`{name}`", "has a classification that is not text", mark)
            return "", mark
        return value, mark

    def _malformed(self, column: str, fault: str, marks: Any) -> None:
        self.found.append(diagnose(COLUMN_MALFORMED, place_for(self.document, marks), column=column, fault=fault))

    def _number(self) -> str:
        return f"number {self._count}"


def _advice(text: str) -> str:
    base = text.lower().split("(")[0].strip()
    if base in ("decimal", "numeric", "dec", "number"):
        return "write it as `decimal(P,S)`, such as `decimal(18,2)`"
    return did_you_mean(base, (*SHOWN[:-1], "varchar", "decimal"))
