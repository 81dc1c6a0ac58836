"""Edits of a text, as an editor would make them: the last one first."""

from __future__ import annotations

from collections.abc import Iterable

from dativo_compile.model.place import Place
from dativo_compile.yaml.fixes import BREAKS


def applied(text: str, edits: Iterable[tuple[Place, str]]) -> str:
    for place, new in sorted(edits, key=lambda edit: edit[0], reverse=True):
        low, high = offset(text, place.line, place.column), offset(text, place.end_line, place.end_column)
        text = text[:low] + new + text[high:]
    return text


def offset(text: str, line: int, column: int) -> int:
    starts = [0, *(found.end() for found in BREAKS.finditer(text))]
    return starts[line - 1] + column - 1
