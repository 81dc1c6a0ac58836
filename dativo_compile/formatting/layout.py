"""Where each part of a YAML text stands, by offset, so that text can be moved as it was written."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dativo_compile.yaml.reader import events_of

# What libyaml takes for the end of a line, and nobody sees as one; and a byte order mark where none belongs.
ODD = re.compile("\r(?!\n)|[\x85\u2028\u2029\ufeff]")
KEPT = re.compile(r"[|>][0-9]?\+")  # a block scalar of which the blank lines at its end are a part


@dataclass(frozen=True, slots=True)
class Node:
    """A value and the characters that it holds: `start` to `end`, the end exclusive.

    `line` and `column` are those of its mark, from 0; `anchors` and `aliases` are the names in it and below it.
    """

    start: int
    end: int
    line: int
    column: int
    flow: bool = False
    style: str = ""
    entries: tuple[Entry, ...] = ()
    items: tuple[Node, ...] = ()
    anchors: frozenset[str] = frozenset()
    aliases: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Entry:
    """`name` is the text of the key; absent for an alias."""

    key: Node
    name: str | None
    value: Node

    @property
    def anchors(self) -> frozenset[str]:
        return self.key.anchors | self.value.anchors

    @property
    def aliases(self) -> frozenset[str]:
        return self.key.aliases | self.value.aliases


@dataclass(frozen=True, slots=True)
class Layout:
    """`scalars` are in the order of the text; `prologue` is the offset of the end of a `---`."""

    text: str
    root: Node
    scalars: tuple[Node, ...]
    prologue: int
    _breaks: tuple[int, ...]

    @property
    def odd(self) -> bool:
        """Whether lines are not what they seem to be, so that the text is better left alone."""
        return any(not self.inside(found.start()) for found in ODD.finditer(self.text))

    def line_of(self, offset: int) -> int:
        """Counted from 0, as every line here."""
        return bisect_right(self._breaks, offset)

    def column_of(self, offset: int) -> int:
        line = self.line_of(offset)
        return offset - (self._breaks[line - 1] if line else 0)

    def body(self) -> tuple[int, int]:
        """The lines, the last one exclusive, of the document and its comments: `---` and `...` are outside."""
        first = self.line_of(self.prologue - 1) + 1 if self.prologue else 0
        end = END.search(self.text, self.root.end)
        return first, self.line_of(end.start()) if end is not None else len(self._breaks)

    def inside(self, offset: int) -> bool:
        """Whether a character belongs to a scalar."""
        at = bisect_right(self.scalars, offset, key=lambda node: node.start) - 1
        return at >= 0 and offset < self.scalars[at].end

    def comments(self) -> Iterator[str]:
        """Every comment from its `#` on, without blanks at its end."""
        for found in COMMENT.finditer(self.text):
            at = found.start(1)
            if not self.inside(at) or self._in_header(at):
                yield found[1].rstrip()

    def _in_header(self, offset: int) -> bool:
        """Whether it stands behind the `|` or `>` of a block scalar."""
        node = self.scalars[bisect_right(self.scalars, offset, key=lambda node: node.start) - 1]
        return node.style in ("|", ">") and self.line_of(node.start) == self.line_of(offset)


END = re.compile(r"^\.\.\.(?=\s|$)", re.MULTILINE)
COMMENT = re.compile(r"(?:^|(?<=[ \t]))(#.*)", re.MULTILINE)


def layout_of(text: str) -> Layout | None:
    """Of text that the reader accepts, without a byte order mark; absent if there is no value in it."""
    return _Walk(text).whole()


class _Walk:
    def __init__(self, text: str) -> None:
        self.text = text
        self.get = events_of(text.encode("utf-8"))
        self.scalars: list[Node] = []

    def whole(self) -> Layout | None:
        self.get()
        start = self.get()
        if type(start).__name__ == "StreamEndEvent":
            return None
        root = self.node(self.get())
        prologue = start.end_mark.index if start.explicit else 0
        breaks = tuple(at + 1 for at, char in enumerate(self.text) if char == "\n")
        return Layout(self.text, root, tuple(self.scalars), prologue, breaks)

    def node(self, event: Any) -> Node:
        kind = type(event).__name__
        start, end = event.start_mark.index, event.end_mark.index
        at = event.start_mark.line, event.start_mark.column
        if kind == "AliasEvent":
            return Node(start, end, *at, aliases=frozenset((event.anchor,)))
        own = frozenset((event.anchor,)) if event.anchor else frozenset()
        if kind == "ScalarEvent":
            node = Node(start, self._end(start, end, event.style), *at, style=event.style or "", anchors=own)
            self.scalars.append(node)
            return node
        return self.mapping(event, own) if kind == "MappingStartEvent" else self.sequence(event, own)

    def _end(self, start: int, end: int, style: str) -> int:
        if style not in ("|", ">") or KEPT.search(self.text[start:end].split("\n", 1)[0].partition("#")[0]):
            return end
        return start + len(self.text[start:end].rstrip())

    def mapping(self, opened: Any, own: frozenset[str]) -> Node:
        entries: list[Entry] = []
        while type(event := self.get()).__name__ != "MappingEndEvent":
            key = self.node(event)
            name = event.value if type(event).__name__ == "ScalarEvent" else None
            entries.append(Entry(key, name, self.node(self.get())))
        return Node(
            *self._span(opened, event, [entry.value for entry in entries]), bool(opened.flow_style),
            entries=tuple(entries),
            anchors=own.union(*(entry.anchors for entry in entries)),
            aliases=frozenset().union(*(entry.aliases for entry in entries)),
        )  # fmt: skip

    def sequence(self, opened: Any, own: frozenset[str]) -> Node:
        items: list[Node] = []
        while type(event := self.get()).__name__ != "SequenceEndEvent":
            items.append(self.node(event))
        return Node(
            *self._span(opened, event, items), bool(opened.flow_style), items=tuple(items),
            anchors=own.union(*(item.anchors for item in items)),
            aliases=frozenset().union(*(item.aliases for item in items)),
        )  # fmt: skip

    def _span(self, opened: Any, closed: Any, inner: list[Node]) -> tuple[int, int, int, int]:
        """The end of a block is where its last value ends, not where the next thing begins."""
        mark = opened.start_mark
        end = closed.end_mark.index if opened.flow_style else max(inner[-1].end, mark.index)
        return mark.index, end, mark.line, mark.column
