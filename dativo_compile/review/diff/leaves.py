"""Two trees compared leaf by leaf: columns and other named elements by their names, not by their places."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dativo_compile.review.diff.model import Element, How, Steps
from dativo_compile.review.paths import is_leaf

NAMES = ("name", "ref", "resource_id", "resource_name", "object", "path", "file_id", "id")  # the first that fits


@dataclass(frozen=True, slots=True)
class Leaf:
    """A leaf that differs; `position` is the place of an added element in the new list."""

    steps: Steps
    how: How
    old: Any
    new: Any
    position: int = -1


def differing(old: Any, new: Any, steps: Steps = ()) -> Iterator[Leaf]:
    """In the order of the keys."""
    if type(old) is dict and type(new) is dict and (not steps or not (is_leaf(old) or is_leaf(new))):
        for key in sorted(old.keys() | new.keys()):
            inner = (*steps, key)
            if key not in new:
                yield from _whole(old[key], inner, "removed")
            elif key not in old:
                yield from _whole(new[key], inner, "added")
            else:
                yield from differing(old[key], new[key], inner)
    elif not same(old, new):
        key = naming(old, new)
        if key:
            yield from _elements(old, new, key, steps)
        else:
            yield Leaf(steps, "changed", old, new)


def same(old: Any, new: Any) -> bool:
    """Equal in value and type, all the way down: `1`, `1.0` and `true` are three values."""
    if type(old) is not type(new):
        return False
    if type(old) is dict or type(old) is list:
        return bool(old == new) and json.dumps(old, sort_keys=True) == json.dumps(new, sort_keys=True)
    return bool(old == new)


def naming(old: Any, new: Any) -> str:
    """The key whose texts tell the elements of both lists apart; empty if there is none."""
    if type(old) is not list or type(new) is not list or not old or not new:
        return ""
    return next((key for key in NAMES if _tells_apart(old, key) and _tells_apart(new, key)), "")


def _tells_apart(elements: list[Any], key: str) -> bool:
    names = {each[key] for each in elements if type(each) is dict and type(each.get(key)) is str}
    return len(names) == len(elements)


def _whole(value: Any, steps: Steps, how: How) -> Iterator[Leaf]:
    """What is on one side only: a mapping leaf by leaf, a list at once."""
    if type(value) is dict and not is_leaf(value):
        for key in sorted(value):
            yield from _whole(value[key], (*steps, key), how)
    else:
        yield Leaf(steps, how, value if how == "removed" else None, value if how == "added" else None)


def _elements(old: list[Any], new: list[Any], key: str, steps: Steps) -> Iterator[Leaf]:
    then, now = {each[key]: each for each in old}, {each[key]: each for each in new}
    for name, element in then.items():
        if name not in now:
            yield Leaf((*steps, Element(key, name)), "removed", element, None)
    for position, (name, element) in enumerate(now.items()):
        if name not in then:
            yield Leaf((*steps, Element(key, name)), "added", None, element, position)
    kept, stays = [name for name in then if name in now], [name for name in now if name in then]
    for name in kept:
        yield from differing(then[name], now[name], (*steps, Element(key, name)))
    if kept != stays:
        yield Leaf(steps, "reordered", list(then), list(now))
