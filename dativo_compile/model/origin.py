"""Where a value came from, and what it beat.

An origin stands in a tree that mirrors the values. It is plain text (a mark ``job:14:7``, or
``rule:NAME`` for what a rule made), a `FromOutput`, or a `Won` around one of these.

The classes have no slots: orjson writes a dataclass with a `__dict__` six times faster.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class FromOutput:
    """A Terraform output (with the path into it, as written) and the mark of the line that mapped it."""

    output: str
    mapped: str


@dataclass(frozen=True)
class Candidate:
    """A value that lost; absent (null) for one that must not be shown."""

    origin: Any
    value: Any


@dataclass(frozen=True)
class Won:
    """An origin that beat others, the last beaten first."""

    origin: str | FromOutput
    beat: tuple[Candidate, ...]


Origin = str | FromOutput | Won


def winner(origin: Origin) -> str | FromOutput:
    return origin.origin if type(origin) is Won else origin  # type: ignore[return-value]  # the other two


def beaten(origin: Origin) -> tuple[Candidate, ...]:
    return origin.beat if type(origin) is Won else ()
