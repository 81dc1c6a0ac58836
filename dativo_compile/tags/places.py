"""The place of a tag in its document, found from its origin when a diagnostic needs it."""

from __future__ import annotations

from typing import Any

from dativo_compile.model.origin import FromOutput, winner
from dativo_compile.model.place import Place
from dativo_compile.model.source import Document
from dativo_compile.yaml.spans import Path, place_at, place_of


def leaf_of(origin: Any) -> Any:
    """The first leaf of an origin tree; a collection is known by it."""
    while type(origin) is dict or type(origin) is list:
        origin = next(iter(origin.values() if type(origin) is dict else origin))
    return origin


def place_for(document: Document, origin: Any, *, key: bool = False) -> Place:
    """Where the value with this origin stands, or its key; for a Terraform output, the line that maps it."""
    depth = 0
    while type(origin) is dict or type(origin) is list:
        origin = next(iter(origin.values() if type(origin) is dict else origin))
        depth += 1
    mark = winner(origin)
    if type(mark) is FromOutput:
        return place_at(document.file, mark.mapped)
    path = _path_to(document.marks, mark)
    if path is None:
        return Place.whole(document.file.name)
    path = path[: len(path) - depth]
    while key and path and type(path[-1]) is int:  # a list tag is known by its first element
        path = path[:-1]
    return place_of(document, path, key=key)


def is_from_output(origin: Any) -> bool:
    return type(winner(leaf_of(origin))) is FromOutput


def written(document: Document, place: Place) -> str:
    """The source text of a place on one line, as the user wrote it."""
    lines = document.file.data.decode("utf-8", "replace").split("\n")
    line = lines[place.line - 1] if place.line <= len(lines) else ""
    return line[place.column - 1 : place.end_column - 1]


def _path_to(marks: Any, mark: Any) -> Path | None:
    """The way to the first leaf with this mark; aliases share marks, and the first is as good as any."""
    if marks == mark:
        return ()
    members = marks.items() if type(marks) is dict else enumerate(marks) if type(marks) is list else ()
    for step, inner in members:
        found = _path_to(inner, mark)
        if found is not None:
            return (step, *found)
    return None
