"""A difference applied: the manifest of the base turned into the new one. What a consumer of the JSON must do."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Any

from dativo_compile.review.diff.leaves import Leaf
from dativo_compile.review.diff.model import Change, Element, Step


def applied(tree: Any, changes: Iterable[Leaf | Change]) -> Any:
    """A new tree; `tree` stays as it is. Removals come first, then what was added, then orders."""
    made = copy.deepcopy(tree)
    listed = list(changes)
    for change in listed:
        if change.how == "removed":
            _remove(made, change.steps)
    for change in listed:
        if change.how in ("added", "changed"):
            made = _put(made, change.steps, change.new, change.position)
    for change in listed:
        if change.how == "reordered":
            _order(_at(made, change.steps), change.new)
    return made


def _remove(tree: Any, steps: tuple[Step, ...]) -> bool:
    """Whether the container is empty now: a mapping goes with its last leaf."""
    step, rest = steps[0], steps[1:]
    at = _index(tree, step)
    if not rest or _remove(tree[at], rest):
        del tree[at]
    return not tree


def _put(tree: Any, steps: tuple[Step, ...], value: Any, position: int) -> Any:
    if not steps:
        return copy.deepcopy(value)
    step, rest = steps[0], steps[1:]
    if type(step) is Element and not rest and position >= 0:
        elements: list[Any] = [] if tree is None else tree  # every element of old went, and the list with them
        elements.insert(position, copy.deepcopy(value))
        return elements
    if type(step) is str:
        tree = tree if type(tree) is dict else {}
        tree[step] = _put(tree.get(step), rest, value, position)
    else:
        at = _index(tree, step)
        tree[at] = _put(tree[at], rest, value, position)
    return tree


def _order(elements: list[Any], names: list[str]) -> None:
    key = next(key for key in elements[0] if all(type(e) is dict and e.get(key) in names for e in elements))
    places = {name: at for at, name in enumerate(names)}
    elements.sort(key=lambda each: places[each[key]])


def _at(tree: Any, steps: tuple[Step, ...]) -> Any:
    for step in steps:
        tree = tree[_index(tree, step)]
    return tree


def _index(tree: Any, step: Step) -> Any:
    if type(step) is Element:
        return next(at for at, each in enumerate(tree) if each.get(step.key) == step.value)
    return step
