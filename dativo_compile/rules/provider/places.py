"""Where a provider's value was said: its own line, the mapping that filled it, or a part of an id."""

from __future__ import annotations

from typing import Any

from dativo_compile.mapping.places import origin_place
from dativo_compile.model.job import PlacedJob
from dativo_compile.model.place import Place
from dativo_compile.model.source import Document
from dativo_compile.yaml.fixes import written_at
from dativo_compile.yaml.spans import Path, place_of


def said_at(placed: PlacedJob, path: Path) -> Place:
    """The place of a value of the job's body; the mapping's line for one that an output gave."""
    origin: Any = placed.origins
    for step in path:
        if type(origin) is dict:
            origin = origin.get(step)
        else:
            origin = origin[step] if type(origin) is list and type(step) is int and step < len(origin) else None
    if origin is None or type(origin) in (dict, list):
        return place_of(placed.linked.document, path)
    return origin_place(placed.linked, origin)


def part_at(document: Document, path: Path, text: str, start: int, end: int) -> Place:
    """The place of `text[start:end]` in the scalar at `path`; of the whole scalar where its source reads otherwise."""
    place = place_of(document, path)
    source = written_at(document.file, place)
    if start >= end or source not in (text, f'"{text}"', f"'{text}'"):
        return place  # an alias, an escape, a text of several lines
    column = place.column + (source != text)
    return Place(place.file, place.line, column + start, place.line, column + end)
