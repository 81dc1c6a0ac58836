"""The `outputs:` block, read once for every distinct text of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dativo_compile.linking.catalog import IDENTITY_KEYS
from dativo_compile.mapping.dotpath import Steps, parse
from dativo_compile.mapping.expression import Expression, parse_expression

PROVIDER_FIELDS = frozenset({"region", "account_id", "project_id"})


@dataclass(frozen=True, slots=True)
class Mapping:
    """One expression and one target. `key` and `index` say where in the block it is written."""

    expression: Expression
    target: Steps
    text: str
    key: str
    index: int | None

    @property
    def path(self) -> tuple[str | int, ...]:
        """Where the target is written in the job."""
        path: tuple[str | int, ...] = ("infrastructure", "terraform", "outputs", self.key)
        return path if self.index is None else (*path, self.index)


@dataclass(frozen=True, slots=True)
class Plan:
    """The usable mappings; what is wrong with the others: (kind, key, index, text, other mapping)."""

    mappings: tuple[Mapping, ...]
    faults: tuple[tuple[str, str, int | None, str, Mapping | None], ...]


def plan_of(outputs: dict[str, Any]) -> Plan:
    block = tuple((key, tuple(value) if type(value) is list else value) for key, value in outputs.items())
    return _plan(block)


@lru_cache(maxsize=1024)
def _plan(block: tuple[tuple[str, Any], ...]) -> Plan:
    good: list[Mapping] = []
    faults: list[tuple[str, str, int | None, str, Mapping | None]] = []
    taken: dict[Steps, Mapping] = {}  # by target, and by every path above one
    for key, index, text in _entries(block):
        expression = parse_expression(key)
        target = parse(text)
        if expression is None:
            if not index:
                faults.append(("expression", key, None, key, None))
        elif target is None:
            faults.append(("target", key, index, text, None))
        elif not writable(target):
            faults.append(("forbidden", key, index, text, None))
        else:
            other = _overlapped(taken, target)
            if other is not None:
                faults.append(("conflict", key, index, text, other))
            else:
                good.append(mapping := Mapping(expression, target, text, key, index))
                for depth in range(1, len(target) + 1):
                    taken.setdefault(target[:depth], mapping)
    return Plan(tuple(good), tuple(faults))


def _entries(block: tuple[tuple[str, Any], ...]) -> Iterator[tuple[str, int | None, str]]:
    for key, value in block:
        if type(value) is tuple:
            yield from ((key, index, text) for index, text in enumerate(value))
        else:
            yield key, None, value


def writable(target: Steps) -> bool:
    root = target[0]
    if root in ("source", "target", "catalog"):
        return len(target) > 1
    if root != "infrastructure" or len(target) < 3:
        return False
    if target[1] == "provider":
        return len(target) == 3 and target[2] in PROVIDER_FIELDS
    return target[1] in ("metadata", "tags")


def may_be_sensitive(target: Steps) -> bool:
    """Whether a run-time reference may stand at the target."""
    if target[0] == "source" or target[:2] == ("infrastructure", "metadata"):
        return True
    if target[:2] == ("target", "catalog"):
        return len(target) > 2 and target[2] not in IDENTITY_KEYS
    return target[:2] in (("target", "connection"), ("target", "warehouse"))


def _overlapped(taken: dict[Steps, Mapping], target: Steps) -> Mapping | None:
    """The first mapping to the target itself, to a part of it, or to what it is a part of."""
    for depth in range(1, len(target)):
        above = taken.get(target[:depth])
        if above is not None and len(above.target) == depth:
            return above
    return taken.get(target)
