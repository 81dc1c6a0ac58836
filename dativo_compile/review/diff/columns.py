"""What a change of a column does to those who read the table, and which classes of data protect more than others."""

from __future__ import annotations

import re
from typing import Any

from dativo_compile.review.diff.leaves import Leaf
from dativo_compile.review.diff.model import Element

# What Iceberg can promote in place: https://iceberg.apache.org/spec/#schema-evolution
WIDER = {("integer", "bigint"), ("float", "double")}
DECIMAL = re.compile(r"decimal\((\d+),(\d+)\)")
LEVELS = ("public", "internal", "confidential")  # what is no word of these (`pii`, `restricted`) stands above them


def column_kind(leaf: Leaf) -> str:
    """The kind of a change below `schema`."""
    if len(leaf.steps) == 1:
        return "columns-reordered" if leaf.how == "reordered" else "column-narrowed"
    if type(leaf.steps[1]) is not Element:
        return "column-narrowed"  # no list of named columns: not of this compiler
    if len(leaf.steps) == 2:
        if leaf.how == "removed":
            return "column-dropped"
        return "column-required" if leaf.new.get("required") is True else "column-added"
    match leaf.steps[2]:
        case "type":
            return "column-widened" if widens(str(leaf.old), str(leaf.new)) else "column-narrowed"
        case "required":
            return "column-narrowed" if leaf.new is True else "column-widened"
        case "classification":
            return "classification-loosened" if loosens(leaf.old, leaf.new) else "classification"
        case _:
            return "column-text"


def widens(old: str, new: str) -> bool:
    """Whether every value of the old type is one of the new, and a table can follow in place."""
    if (old, new) in WIDER:
        return True
    then, now = DECIMAL.fullmatch(old), DECIMAL.fullmatch(new)
    return bool(then and now) and int(now[1]) >= int(then[1]) and now[2] == then[2]  # type: ignore[index]  # both match


def loosens(old: Any, new: Any) -> bool:
    """Whether the new class may protect less: it is lower, absent, or cannot be compared."""
    then, now = _level(old), _level(new)
    return now < then or (now == then == len(LEVELS))


def _level(value: Any) -> int:
    """-1 for none; of several the highest."""
    words = [str(each).strip().lower() for each in (value if type(value) is list else str(value or "").split(","))]
    return max((LEVELS.index(word) if word in LEVELS else len(LEVELS) for word in words if word), default=-1)
