"""Mappings in braces, in order: what stands between their entries stays where it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from dativo_compile.formatting.layout import Layout, Node
from dativo_compile.formatting.order import Place, arranged, order_at

BETWEEN = re.compile(r"\s*,\s*")
Edit = tuple[int, int, str]  # from, to, and the text that goes there


def replaced(text: str, edits: Iterator[Edit]) -> str:
    """The text with every edit made; they do not overlap."""
    parts: list[str] = []
    last = 0
    for start, end, new in sorted(edits):
        parts += (text[last:start], new)
        last = end
    return "".join((*parts, text[last:]))


def flow_edits(kind: str, layout: Layout, node: Node, place: Place = ()) -> Iterator[Edit]:
    """An edit for each outermost flow value that changes."""
    if node.flow:
        before, after = layout.text[node.start : node.end], _flow_text(kind, layout, node, place)
        if before != after:
            yield node.start, node.end, after
        return
    for entry in node.entries:
        if entry.name is not None:
            yield from flow_edits(kind, layout, entry.value, (*place, entry.name))
    for item in node.items:
        yield from flow_edits(kind, layout, item, (*place, "[]"))


def _flow_text(kind: str, layout: Layout, node: Node, place: Place) -> str:
    """The characters of a node, with what is in it in order."""
    edits: list[Edit] = []
    for item in node.items:
        edits.append((item.start, item.end, _flow_text(kind, layout, item, (*place, "[]"))))
    texts = [_entry_text(kind, layout, node, at, place) for at in range(len(node.entries))]
    order = _order(kind, layout, node, place)
    for at, other in enumerate(order):
        entry = node.entries[at]
        edits.append((entry.key.start, entry.value.end, texts[other]))
    shift = [(start - node.start, end - node.start, new) for start, end, new in edits]
    return replaced(layout.text[node.start : node.end], iter(shift))


def _entry_text(kind: str, layout: Layout, node: Node, at: int, place: Place) -> str:
    entry = node.entries[at]
    inner = (*place, entry.name or "")
    value = _flow_text(kind, layout, entry.value, inner)
    return layout.text[entry.key.start : entry.value.start] + value


def _order(kind: str, layout: Layout, node: Node, place: Place) -> list[int]:
    """As written where something other than a comma, such as a comment, stands between two entries."""
    entries = node.entries
    as_written = list(range(len(entries)))
    order = arranged([entry.name for entry in entries], order_at(kind, place))
    movable = all(BETWEEN.fullmatch(layout.text, one.value.end, other.key.start) for one, other in pairwise(entries))
    whole = all(entry.value.end > entry.value.start for entry in entries)
    return order if movable and whole and not tied(node, order) else as_written


def tied(node: Node, order: list[int]) -> bool:
    """Whether an order would put an alias before its anchor, or behind another of the same name."""
    if not node.anchors:
        return False
    new = {position: at for at, position in enumerate(order)}
    defined: dict[str, int] = {}  # the last place in the new order at which each name is defined so far,
    touched: dict[str, int] = {}  # and at which it is defined or used
    for at, entry in enumerate(node.entries):
        place = new[at]
        if any(touched.get(name, -1) > place for name in entry.anchors):
            return True
        if any(defined.get(name, -1) > place for name in entry.aliases):
            return True
        for name in entry.anchors:
            defined[name] = max(place, defined.get(name, -1))
        for name in entry.anchors | entry.aliases:
            touched[name] = max(place, touched.get(name, -1))
    return False
