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


def find(tree: Any, steps: Steps) -> Any:
    """What stands at a path; None also where nothing does: for trees in which nothing is null."""
    for step in steps:
        if type(tree) is dict:
            tree = tree.get(step)
        elif type(tree) is list and type(step) is int and step < len(tree):
            tree = tree[step]
        else:
            return None
    return tree


def get(tree: Any, steps: Steps) -> Any:
    """Raises `Absent`."""
    for at, step in enumerate(steps):
        known = step in tree if type(tree) is dict else type(tree) is list and type(step) is int and step < len(tree)
        if not known:
            raise Absent(at)
        tree = tree[step]
    return tree


class Draft:
    """A tree that is being written, beside its origins; the trees it began with stay as they are.

    A container is copied when it is first written to, and only then.
    """

    __slots__ = ("_own", "origins", "tree")

    def __init__(self, tree: dict[str, Any], origins: dict[str, Any]) -> None:
        self.tree: Any = dict(tree)
        self.origins: Any = dict(origins)
        self._own = {id(self.tree)}

    def put(self, steps: Steps, value: Any, origin: Any) -> None:
        """Raises `Blocked`, with nothing written.

        Missing mappings on the way are made; an index may address an element or the next one.
        """
        self._check(steps)
        tree, origins = self.tree, self.origins
        last = len(steps) - 1
        for at, step in enumerate(steps):
            if type(tree) is list and step == len(tree):
                tree.append(None)
                origins.append(None)
            if at == last:
                tree[step], origins[step] = value, origin
                return
            inner = tree.get(step) if type(tree) is dict else tree[step]
            if id(inner) not in self._own:
                made: Any = list if type(steps[at + 1]) is int else dict
                marks = origins[step] if inner else ()
                inner = made(inner or ())
                tree[step], origins[step] = inner, made(marks)
                self._own.add(id(inner))
            tree, origins = inner, origins[step]

    def _check(self, steps: Steps) -> None:
        tree, origins = self.tree, self.origins
        for at, step in enumerate(steps):
            if tree is None:
                if step != 0 and isinstance(step, int):
                    raise Blocked(at, f"the list `{show(steps[:at])}` has 0 elements, so the next index is 0")
                continue
            if isinstance(step, str):
                if type(tree) is not dict or (tree and type(origins) is not dict):
                    raise Blocked(at, f"{_kind(tree)} stands at `{show(steps[:at])}`")
                origins = origins.get(step) if tree else None
                tree = tree.get(step)
                continue
            if type(tree) is not list:
                raise Blocked(at, f"{_kind(tree)} stands at `{show(steps[:at])}`, not a list")
            count = len(tree)
            if step > count:
                elements = "1 element" if count == 1 else f"{count} elements"
                raise Blocked(at, f"the list `{show(steps[:at])}` has {elements}, so the next index is {count}")
            tree, origins = (tree[step], origins[step]) if step < count else (None, None)


def _kind(value: Any) -> str:
    if type(value) is dict:
        return "a reference" if "$ref" in value or "$concat" in value else "a mapping"
    if type(value) is list:
        return "a list"
    return "a number" if type(value) in (int, float) else "a boolean" if type(value) is bool else "a text"
