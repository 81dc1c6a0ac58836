"""Mappings in lines, in order: a key takes its comments with it, and every line stays as it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from dativo_compile.formatting.flow import tied
from dativo_compile.formatting.layout import Layout, Node
from dativo_compile.formatting.order import Place, arranged, order_at
from dativo_compile.formatting.paragraphs import belongs_to_file, deeper, touching_after, touching_before

DASHES = re.compile(r" *(?:- +)*")
DASH = re.compile(r"[ \t]*-(?=[ \t\n]|$)")
Lines = list[str]


@dataclass(frozen=True, slots=True)
class Chunk:
    """A key with what belongs to it. `space` are the blank lines before it, `tail` the comments that touch its end."""

    space: Lines
    lead: Lines
    body: Lines
    tail: Lines


def in_order(kind: str, layout: Layout) -> str:
    """The text, which ends in a line break, with its block mappings in order."""
    lines = [f"{line}\n" for line in layout.text.split("\n")[:-1]]
    first, last = layout.body()
    inner = _Sorter(kind, layout, lines).node(layout.root, first, last, ())
    return "".join((*lines[:first], *inner, *lines[last:]))


class _Sorter:
    """Its methods give the lines of a region, `first` to `last` (exclusive), that holds one value and its comments."""

    def __init__(self, kind: str, layout: Layout, lines: Lines) -> None:
        self.kind = kind
        self.layout = layout
        self.lines = lines
        self.newline = "\r\n" if lines[0].endswith("\r\n") else "\n"

    def node(self, node: Node, first: int, last: int, place: Place) -> Lines:
        if node.flow or not (node.entries or node.items):
            return self.lines[first:last]
        start = self.layout.line_of(node.start)
        begin = start + 1 if first <= start < self.layout.line_of(self._opens(node)) else first  # `&anchor` by itself
        return [*self.lines[first:begin], *(self.mapping if node.entries else self.sequence)(node, begin, last, place)]

    def sequence(self, node: Node, first: int, last: int, place: Place) -> Lines:
        lines = self.lines
        out: Lines = []
        at = first
        for item, following in zip(node.items, (*node.items[1:], None), strict=True):
            dash = self._dash(at, item)
            stop = last
            if following is not None:
                end = self._last_line(item) + 1
                next_dash = self._dash(end, following)
                stop = end + deeper(lines[end:next_dash], len(lines[next_dash]) - len(lines[next_dash].lstrip(" ")))
            begin = dash if self.layout.line_of(self._opens(item)) == dash else dash + 1
            out += lines[at:begin]
            out += self.node(item, begin, stop, (*place, "[]"))
            at = stop
        return out

    def _dash(self, at: int, item: Node) -> int:
        """The line of the dash before an item, from a line on where only comments can come before it."""
        stop = self.layout.line_of(item.start)
        return next((line for line in range(at, stop) if DASH.match(self.lines[line])), stop)

    def _opens(self, node: Node) -> int:
        """The offset of the first thing in a block: its own anchor may stand on the line before."""
        if node.flow or not (node.entries or node.items):
            return node.start
        return self._opens(node.entries[0].key if node.entries else node.items[0])

    def _last_line(self, node: Node) -> int:
        return self.layout.line_of(max(node.end - 1, node.start))

    def mapping(self, node: Node, first: int, last: int, place: Place) -> Lines:
        keys = [self.layout.line_of(entry.key.start) for entry in node.entries]
        ends = [max(key, self._last_line(entry.value)) for key, entry in zip(keys, node.entries, strict=True)]
        column = self.layout.column_of(node.entries[0].key.start)
        if not self._movable(node, keys, ends, column, first):
            return self.lines[first:last]
        head, chunks, foot = self._split(node, keys, ends, column, first, last, place)
        order = arranged([entry.name for entry in node.entries], order_at(self.kind, place))
        if order != sorted(order) and not tied(node, order) and not self._keeps_blanks(node):
            chunks = self._moved(chunks, order, column)
            chunks = self._apart(chunks, order) if place == () else chunks
        return [
            *head,
            *(line for chunk in chunks for line in (*chunk.space, *chunk.lead, *chunk.body, *chunk.tail)),
            *foot,
        ]

    def _keeps_blanks(self, node: Node) -> bool:
        """Whether a `|+` ends one of the values: what is blank behind it would become a part of it."""
        return any(self.layout.text[entry.value.end - 1] == "\n" for entry in node.entries)

    def _movable(self, node: Node, keys: list[int], ends: list[int], column: int, first: int) -> bool:
        """Whether each key begins a line of its own; before the first there may be dashes, if the region begins so."""
        before = [self.lines[key][:column] for key in keys]
        return (
            DASHES.fullmatch(before[0]) is not None
            and (not before[0].strip() or keys[0] == first)
            and keys[0] >= first
            and all(self.layout.column_of(entry.key.start) == column for entry in node.entries)
            and not any(text.strip(" ") for text in before[1:])
            and all(key > end for key, end in zip(keys[1:], ends, strict=False))
        )

    def _split(
        self, node: Node, keys: list[int], ends: list[int], column: int, first: int, last: int, place: Place
    ) -> tuple[Lines, list[Chunk], Lines]:
        lines = self.lines
        start = keys[0] - touching_before(lines[first : keys[0]])
        if place == () and belongs_to_file(lines[first:start], lines[start : keys[0]], node.entries[0].name or ""):
            start = keys[0]
        head = lines[first:start]
        chunks: list[Chunk] = []
        for at, entry in enumerate(node.entries):
            stop = keys[at + 1] if at + 1 < len(keys) else last
            own = ends[at] + 1
            own += deeper(lines[own:stop], column)
            tail = touching_after(lines[own:stop], ends_there=at + 1 == len(keys))
            lead = lines[start : keys[at]]
            space = next((n for n, line in enumerate(lead) if line.strip()), len(lead))
            inside = self.node(entry.value, keys[at] + 1, own, (*place, entry.name or ""))
            body = [lines[keys[at]], *inside]
            chunks.append(Chunk(lead[:space], lead[space:], body, lines[own : own + tail]))
            start = own + tail
        return head, chunks, lines[start:last]

    def _moved(self, chunks: list[Chunk], order: list[int], column: int) -> list[Chunk]:
        """The first key of a list's element stands behind its dash; comments of a new first one go above the dash."""
        old, new = chunks[0], chunks[order[0]]
        prefix = old.body[0][:column]
        if order[0] != 0:
            first = replace(old, space=new.space, body=[" " * column + old.body[0][column:], *old.body[1:]])
            lead = new.lead
            if "-" in prefix:
                lead = [" " * prefix.index("-") + line.lstrip(" ") for line in lead]
            other = Chunk([], lead, [prefix + new.body[0][column:], *new.body[1:]], new.tail)
            chunks = [{0: first, order[0]: other}.get(at, chunk) for at, chunk in enumerate(chunks)]
        out: list[Chunk] = []
        for at in order:
            chunk = chunks[at]
            if out and out[-1].tail and not chunk.space:  # it would seem to speak of the next key
                chunk = replace(chunk, space=[self.newline])
            out.append(chunk)
        return out

    def _apart(self, chunks: list[Chunk], order: list[int]) -> list[Chunk]:
        """With a blank line around each block that has new neighbours, where the file has blank lines between keys."""
        if not any(chunk.space for chunk in chunks):
            return chunks
        out = chunks[:1]
        for (one, before), (other, chunk) in pairwise(zip(order, chunks, strict=True)):
            block = len(before.body) > 1 or len(chunk.body) > 1
            apart = block and other != one + 1 and not chunk.space
            out.append(replace(chunk, space=[self.newline]) if apart else chunk)
        return out
