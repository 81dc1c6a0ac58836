"""The place of a tag in its document, found from its origin when a diagnostic needs it."""

from __future__ import annotations

from typing import Any

from dativo_compile.model.origin import FromOutput, winner
from dativo_compile.model.place import Place
from dativo_compile.model.source import Document
from dativo_compile.yaml.reader import Marks, read
from dativo_compile.yaml.spans import Node, Path, place_at, place_of, tree_of


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
    path = _path_of(document, mark)
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


def _path_to(node: Node | None, line: int, column: int) -> Path | None:
    """The way to the leaf that starts there; a key that starts there too is none."""
    for step, inner in node.children.items() if node else ():
        if not inner.children and not inner.merges and (inner.place.line, inner.place.column) == (line, column):
            return (step,)
        found = _path_to(inner, line, column)
        if found is not None:
            return (step, *found)
    for merged in node.merges if node else ():
        found = _path_to(merged, line, column)
        if found is not None:
            return found
    return None


def element_place(document: Document, origin: Any, text: str | None) -> Place:
    """The element of a list tag that has this text; the whole value without a text, and where it is no list."""
    mark = winner(leaf_of(origin))
    if type(mark) is FromOutput:
        return place_at(document.file, mark.mapped)
    path = _path_of(document, mark)
    if path is None:
        return Place.whole(document.file.name)
    if not path or type(path[-1]) is not int:
        return place_of(document, path)
    items: Any = read(document.file.data, Marks(document.role))[0]  # an asset's own values are not kept
    for step in path[:-1]:
        items = items[step]
    number = next((n for n, item in enumerate(items) if _said(item) == text), None)
    return place_of(document, path[:-1] if number is None else (*path[:-1], number))


def _said(item: Any) -> str:
    return str(item).lower() if type(item) is bool else str(item)


def _path_of(document: Document, mark: Any) -> Path | None:
    _, line, column = str(mark).rsplit(":", 2) if str(mark)[-1:].isdigit() else ("", "0", "0")
    return _path_to(tree_of(document.file), int(line), int(column))
