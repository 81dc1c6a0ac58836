"""Exact places of keys and values, read again from the bytes when a diagnostic needs them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import yaml as pyyaml

from dativo_compile.model.place import Place
from dativo_compile.model.source import Document, SourceFile
from dativo_compile.yaml.reader import DEEPEST, MOST_VALUES, events_of

Path = tuple[str | int, ...]


@dataclass(slots=True)
class Node:
    """A value in the text: its place, and for a member the place of its key; children by key or index."""

    place: Place
    key_place: Place | None = None
    children: dict[str | int, Node] = field(default_factory=dict)
    merges: list[Node] = field(default_factory=list)

    def child(self, step: str | int) -> Node | None:
        waiting = [self]  # not by recursion: merges of merges may be thousands deep, and shared
        seen: set[int] = set()
        while waiting:
            node = waiting.pop()
            if step in node.children:
                return node.children[step]
            fresh = [other for other in node.merges if id(other) not in seen]
            seen.update(map(id, fresh))
            waiting += reversed(fresh)
        return None


@lru_cache(maxsize=64)
def tree_of(file: SourceFile) -> Node | None:
    """The node tree, as far as the text can be read; absent for text without any value."""
    try:
        return _Reader(file).read()
    except pyyaml.YAMLError:
        return None


@lru_cache(maxsize=64)
def starts_of(file: SourceFile) -> dict[tuple[int, int], Place]:
    """(line, column) of a start -> the place of the scalar, key or collection that starts there."""
    found: dict[tuple[int, int], Place] = {}

    def visit(node: Node) -> None:
        found.setdefault((node.place.line, node.place.column), node.place)
        for child in node.children.values():
            visit(child)
        for child in node.children.values():
            if not child.children:
                found[child.place.line, child.place.column] = child.place

    top = tree_of(file)
    if top is not None:
        visit(top)
    return found


def place_of(document: Document, path: Path, *, key: bool = False) -> Place:
    """The place of the value at `path`, or of its key; the nearest enclosing one if it is not there.

    A block collection is shown by its key, or in a list by its first one: underlining all of it would
    show nothing.
    """
    node = tree_of(document.file)
    if node is None:
        return Place.whole(document.file.name)
    for step in path:
        inner = node.child(step)
        if inner is None:
            return node.key_place or _short(node)
        node = inner
    return node.key_place if key and node.key_place else _short(node)


def _short(node: Node) -> Place:
    """A place on one line: for a block collection its key, or in a list what its first line holds."""
    while node.place.end_line > node.place.line:
        if node.key_place:
            return node.key_place
        first = next(iter(node.children.values()), None)
        if first is None:
            break
        if first.key_place:
            return first.key_place
        node = first
    return node.place


def place_at(file: SourceFile, mark: str) -> Place:
    """The place that a mark ``ROLE:LINE:COLUMN`` stands for."""
    _, line, column = mark.rsplit(":", 2)
    at = int(line), int(column)
    return starts_of(file).get(at) or Place(file.name, *at, at[0], at[1] + 1)


class _Reader:
    def __init__(self, file: SourceFile) -> None:
        self.name = file.name
        self.events = events_of(file.data)
        self.count = 0
        self.anchors: dict[str, Node] = {}
        self.texts: dict[str, str] = {}  # anchor of a scalar -> its text, for aliases as keys
        self.depth = 0

    def get(self) -> Any:
        self.count += 1
        if self.count > 2 * MOST_VALUES:  # every value may have a key
            raise pyyaml.YAMLError("too many values")
        return self.events()

    def place(self, event: Any) -> Place:
        start, end = event.start_mark, event.end_mark
        return Place(self.name, start.line + 1, start.column + 1, end.line + 1, end.column + 1)

    def read(self) -> Node | None:
        self.get()
        if type(self.get()).__name__ == "StreamEndEvent":
            return None
        return self.node(self.get())

    def node(self, event: Any) -> Node:
        kind = type(event).__name__
        place = self.place(event)
        if kind == "AliasEvent":
            known = self.anchors.get(event.anchor)
            return Node(place, None, known.children if known else {}, known.merges if known else [])
        if kind not in ("MappingStartEvent", "SequenceStartEvent"):
            node = Node(place)
        else:
            node = Node(place)
            self.depth += 1
            if self.depth > DEEPEST:
                raise pyyaml.YAMLError("nested too deep")
            last = self.mapping(node) if kind == "MappingStartEvent" else self.sequence(node)
            self.depth -= 1
            end = last.end_mark if event.flow_style else last.start_mark
            node.place = Place(self.name, place.line, place.column, end.line + 1, end.column + 1)
        if event.anchor:
            self.anchors[event.anchor] = node
            if kind == "ScalarEvent":
                self.texts[event.anchor] = event.value
        return node

    def mapping(self, node: Node) -> Any:
        while True:
            event = self.get()
            if type(event).__name__ == "MappingEndEvent":
                return event
            key = self.node(event)
            value = self.node(self.get())
            name = event.value if type(event).__name__ == "ScalarEvent" else self.texts.get(event.anchor)
            if name == "<<":
                node.merges += list(value.children.values()) if 0 in value.children else [value]
            elif name is not None:
                if name in node.children:  # refused by the reader, but what is hidden in excerpts is both
                    node.merges.append(Node(node.place, None, {name: node.children[name]}))
                node.children[name] = Node(value.place, key.place, value.children, value.merges)

    def sequence(self, node: Node) -> Any:
        while True:
            event = self.get()
            if type(event).__name__ == "SequenceEndEvent":
                return event
            node.children[len(node.children)] = self.node(event)
