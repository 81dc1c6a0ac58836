"""What moved between two locks, output by output. Of a sensitive one only its type is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from dativo_compile.lock.shape import type_of
from dativo_compile.lock.text import dump, record_of
from dativo_compile.model.output import Output, State

How = Literal["added", "removed", "changed", "type changed", "now sensitive", "no longer sensitive"]


@dataclass(frozen=True, slots=True)
class Move:
    """`name` is an output, or `location`, `lineage`, `serial` where `about` is true, or empty for a whole state.

    `old` and `new` are values, or types where either side is sensitive; absent for what is not there, or not told.
    """

    key: str
    name: str
    how: How
    old: Any = None
    new: Any = None
    about: bool = False


def moves(before: Mapping[str, State], after: Mapping[str, State]) -> tuple[Move, ...]:
    """By state and name; a serial that moved alone is none."""
    return tuple(move for key in sorted(before.keys() | after.keys()) for move in _of(key, before, after))


def _of(key: str, before: Mapping[str, State], after: Mapping[str, State]) -> Iterator[Move]:
    old, new = before.get(key), after.get(key)
    if old is None or new is None:
        yield Move(key, "", "removed" if new is None else "added")
    empty: dict[str, Output] = {}
    then, now = old.outputs if old else empty, new.outputs if new else empty
    outputs = [
        m for name in sorted(then.keys() | now.keys()) for m in _output(key, name, then.get(name), now.get(name))
    ]
    if old is not None and new is not None:
        fields = ("location", "lineage", "serial")
        moved = [name for name in fields if getattr(old, name) != getattr(new, name)]
        if outputs or moved != ["serial"]:
            yield from (Move(key, n, "changed", getattr(old, n), getattr(new, n), about=True) for n in moved)
    yield from outputs


def _output(key: str, name: str, old: Output | None, new: Output | None) -> Iterator[Move]:
    if old is None or new is None:
        one = old or new
        assert one is not None
        value = None if one.sensitive else one.value
        yield Move(key, name, "added", None, value) if old is None else Move(key, name, "removed", value, None)
    elif old.sensitive != new.sensitive:
        yield Move(key, name, "now sensitive" if new.sensitive else "no longer sensitive")
    elif dump(record_of(old)) != dump(record_of(new)):
        if old.sensitive or dump(old.value) == dump(new.value):
            yield Move(key, name, "type changed", type_of(old), type_of(new))
        else:
            yield Move(key, name, "changed", old.value, new.value)
