"""Dot-paths: names and list indexes, walked and written without changing the tree that was given."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

STEP = re.compile(r"(?:\.|\A)([A-Za-z_][A-Za-z0-9_-]*)|\[([0-9]{1,6})\]|\[\"([^\"\\\]]+)\"\]|\['([^'\\\]]+)'\]")
Steps = tuple[str | int, ...]


@lru_cache(maxsize=8192)
def parse(text: str) -> Steps | None:
    """The steps of a path; absent if the text is none. A path begins with a name."""
    steps: list[str | int] = []
    end = 0
    while end < len(text):
        match = STEP.match(text, end)
        if match is None or (end == 0 and (match[1] is None or text[0] == ".")):
            return None
        name = match[1] or match[3] or match[4]
        steps.append(name if name is not None else int(match[2]))
        end = match.end()
    return tuple(steps) or None


def show(steps: Steps) -> str:
    out = ""
    for step in steps:
        if type(step) is int:
            out += f"[{step}]"
        elif STEP.fullmatch(str(step)):
            out += f".{step}" if out else str(step)
        else:
            out += f'["{step}"]'
    return out


class Absent(Exception):
    """Nothing is there; `at` is the number of steps that could be walked."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self.at = at


class Blocked(Exception):
    """A value is in the way; `at` is the number of steps before it."""

    def __init__(self, at: int, reason: str) -> None:
        super().__init__(reason)
        self.at = at
        self.reason = reason


def get(tree: Any, steps: Steps) -> Any:
    """Raises `Absent`."""
    for at, step in enumerate(steps):
        known = step in tree if type(tree) is dict else type(tree) is list and type(step) is int and step < len(tree)
        if not known:
            raise Absent(at)
        tree = tree[step]
    return tree


def put(tree: Any, origins: Any, steps: Steps, value: Any, origin: Any, at: int = 0) -> tuple[Any, Any]:
    """A copy of the tree with the value in its place; raises `Blocked`.

    Only the containers on the way are copied. Missing mappings on the way are made; an index may
    address an element or the next one.
    """
    if at == len(steps):
        return value, origin
    step = steps[at]
    leaf = type(origins) is not dict and type(origins) is not list
    if isinstance(step, str):
        if tree is not None and (type(tree) is not dict or (leaf and tree)):
            raise Blocked(at, f"{_kind(tree)} stands at `{show(steps[:at])}`")
        values = dict(tree) if tree else {}
        inner = dict(origins) if tree else {}
        values[step], inner[step] = put(values.get(step), inner.get(step), steps, value, origin, at + 1)
        return values, inner
    if tree is not None and type(tree) is not list:
        raise Blocked(at, f"{_kind(tree)} stands at `{show(steps[:at])}`, not a list")
    items = list(tree or ())
    marks = list(origins) if tree else []
    if step > len(items):
        raise Blocked(at, f"the list `{show(steps[:at])}` has {len(items)} elements, so the next index is {len(items)}")
    if step == len(items):
        items.append(None)
        marks.append(None)
    items[step], marks[step] = put(items[step], marks[step], steps, value, origin, at + 1)
    return items, marks


def _kind(value: Any) -> str:
    if type(value) is dict:
        return "a reference" if "$ref" in value or "$concat" in value else "a mapping"
    if type(value) is list:
        return "a list"
    return "a number" if type(value) in (int, float) else "a boolean" if type(value) is bool else "a text"
