"""Which numbers of a file are ids: YAML reads `012` as 12, and only quotes keep what was written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from dativo_compile.diagnostics.codes.parse import ACCOUNT_UNQUOTED, TYPE_WRONG
from dativo_compile.formatting.layout import Layout, Node
from dativo_compile.validation.load import WRITTEN
from dativo_compile.validation.schema import faults_of

Path = tuple[str | int, ...]
ZERO_FIRST = re.compile(r"0[0-9]+")
ID = re.compile(r"(?:.*_)?(?:id|number|account|code)")
ANCHOR = re.compile(r"(?:&\S+\s+)?")


def ids_of(kind: str, value: dict[str, Any], marks: dict[str, Any], layout: Layout) -> dict[str, tuple[int, int, str]]:
    """Mark of a number that needs quotes -> where it stands, and what is written there.

    Such is a number where the schema wants text, a decimal number that is a tag, and an id or tag that begins with a
    zero. One that is also used as something else, through an alias, stays a number.
    """
    nodes = {f"{node.line + 1}:{node.column + 1}": node for node in layout.scalars if not node.style}
    numbers: dict[str, list[tuple[Path, Any]]] = {}
    for path, leaf, mark in leaves(value, marks):
        if type(leaf) in (int, float):
            numbers.setdefault(mark, []).append((path, leaf))
    refused = {fault.path for fault in _faults(kind, value)} if numbers else set()
    found: dict[str, tuple[int, int, str]] = {}
    for mark, uses in numbers.items():
        node = nodes.get(mark.partition(":")[2])
        written = _written(layout, node) if node is not None else None
        if node is None or written is None:
            continue
        ids = [path in refused or _is_id(kind, path, leaf, written) for path, leaf in uses]
        own = [str(path[0]).startswith("x-") for path, _ in uses]
        if any(ids) and all(one or other for one, other in zip(ids, own, strict=True)):
            found[mark] = node.end - len(written), node.end, written
    return found


def leaves(value: Any, marks: Any, path: Path = ()) -> Iterator[tuple[Path, Any, str]]:
    """Every single value with its mark."""
    if type(value) is dict and value:
        for key, inner in value.items():
            yield from leaves(inner, marks[key], (*path, key))
    elif type(value) is list and value:
        for at, inner in enumerate(value):
            yield from leaves(inner, marks[at], (*path, at))
    else:
        yield path, value, marks


def _faults(kind: str, value: dict[str, Any]) -> Iterator[Any]:
    for fault in faults_of(WRITTEN if kind == "job" else kind, value):
        wants_text = fault.fields.get("expected", "").startswith("text")
        if fault.code is ACCOUNT_UNQUOTED or (fault.code is TYPE_WRONG and wants_text):
            yield fault


def _written(layout: Layout, node: Node) -> str | None:
    """The number as it stands in the text; absent if it has a tag, which somebody meant."""
    text = layout.text[node.start : node.end]
    text = text[len(ANCHOR.match(text)[0]) :]  # type: ignore[index]  # it matches nothing, too
    return None if text.startswith("!") or "\n" in text else text


def _is_id(kind: str, path: Path, leaf: Any, written: str) -> bool:
    if str(path[0]).startswith("x-") or kind == "project":
        return False
    if _is_tag(kind, path) and (type(leaf) is float or ZERO_FIRST.fullmatch(written)):
        return True
    name = next((step for step in reversed(path) if type(step) is str), "")
    return ZERO_FIRST.fullmatch(written) is not None and ID.fullmatch(name) is not None


def _is_tag(kind: str, path: Path) -> bool:
    if kind == "asset":
        path = path[1:] if path[0] == "asset" else path
        return path[0] == "finops"
    resource = len(path) > 4 and path[:3] == ("infrastructure", "provider", "resources") and path[4] == "tags"
    return kind == "job" and (path[0] == "finops" or path[:2] == ("infrastructure", "tags") or resource)
