"""Paths as a person writes them, found in a manifest: keys with dots, list indexes, elements by their names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from dativo_compile.diagnostics.near import closest
from dativo_compile.model.usage import UsageError

Steps = tuple[str | int, ...]
INDEX = re.compile(r"\[(\d{1,6})\]")
QUOTED = re.compile(r"""\[(?:"([^"]+)"|'([^']+)')\]""")
SHOWN = 20  # names in a help line


def find(tree: Any, text: str) -> Steps:
    """The steps to what `text` names; raises `UsageError` with what is near, and what there is."""
    best: tuple[Steps, str] = ((), text)
    for steps, rest in _walk(tree, text, ()):
        if not rest:
            return steps
        if len(rest) < len(best[1]):
            best = steps, rest
    raise _unknown(tree, text, *best)


def at(tree: Any, steps: Steps) -> Any:
    for step in steps:
        tree = tree[step]
    return tree


def is_leaf(value: Any) -> bool:
    """Scalars, empty containers, and the run-time references that stand for a value."""
    if type(value) is dict:
        return not value or "$ref" in value or "$concat" in value
    return type(value) is not list or not value


def leaves(value: Any, steps: Steps) -> Iterator[Steps]:
    """The steps to every leaf below, in the order of the manifest."""
    if is_leaf(value):
        yield steps
    elif type(value) is dict:
        for key, inner in value.items():
            yield from leaves(inner, (*steps, key))
    else:
        for index, inner in enumerate(value):
            yield from leaves(inner, (*steps, index))


def written(steps: Steps) -> str:
    out = ""
    for step in steps:
        out += f"[{step}]" if type(step) is int else f".{step}" if out else str(step)
    return out


def _walk(tree: Any, rest: str, steps: Steps) -> Iterator[tuple[Steps, str]]:
    """Every way to read the text, the longest keys first, with what is left of it where the way ends."""
    yield steps, rest
    if not rest:
        return
    for step, left in _next(tree, rest, first=not steps):
        yield from _walk(tree[step], left, (*steps, step))


def _next(tree: Any, rest: str, *, first: bool) -> Iterator[tuple[str | int, str]]:
    quoted, index = QUOTED.match(rest), INDEX.match(rest)
    if type(tree) is dict:
        if quoted and (quoted[1] or quoted[2]) in tree:
            yield quoted[1] or quoted[2], rest[quoted.end() :]
        text = rest if first else rest[1:] if rest.startswith(".") else ""
        for key in sorted((k for k in tree if text.startswith(k)), key=len, reverse=True):
            left = text[len(key) :]
            if not left or left[0] in ".[":
                yield key, left
    elif type(tree) is list:
        if index and int(index[1]) < len(tree):
            yield int(index[1]), rest[index.end() :]
        for position, element in enumerate(tree):
            name = str(element.get("name", "")) if type(element) is dict else ""
            for word in (name, str(position)):
                left = rest[len(word) + 1 :]
                if word and rest.startswith("." + word) and (not left or left[0] in ".["):
                    yield position, left


def _unknown(tree: Any, text: str, steps: Steps, rest: str) -> UsageError:
    here = at(tree, steps)
    where = f"`{written(steps)}`" if steps else "the manifest"
    if is_leaf(here):
        return UsageError(f"there is no `{text}`", f"{where} is a value and has nothing below it")
    names = list(here) if type(here) is dict else _names(here)
    word = rest.lstrip(".")
    near = closest(word, names) or closest(re.split(r"[.\[]", word)[0], names)
    guess = f"did you mean `{written((*steps, near[0]))}`? " if near else ""
    listed = ", ".join(f"`{name}`" for name in names[:SHOWN]) + (", ..." if len(names) > SHOWN else "")
    return UsageError(f"there is no `{text}`", f"{guess}{where} has {listed}")


def _names(elements: list[Any]) -> list[str]:
    named = [str(e["name"]) for e in elements if type(e) is dict and "name" in e]
    return named or [f"[{index}]" for index in range(len(elements))]
