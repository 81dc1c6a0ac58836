"""What `dativo.yaml` demands of tags, and how it wants them sent."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Check:
    """What the texts of one tag must be: one of `allowed`, or what `pattern` matches as a whole.

    `said` names the pattern for a message; `path` leads to the demand in `dativo.yaml`.
    """

    key: str
    path: Path
    allowed: tuple[str, ...] = ()
    pattern: re.Pattern[str] | None = None
    said: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Demand:
    """What is demanded of some jobs: keys that they must have, each with the path that says so, and checks."""

    required: dict[str, Path]
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Scope:
    """A demand of the jobs of some tenants and environments; absent means of all."""

    demand: Demand
    tenants: tuple[str, ...] | None = None
    environments: tuple[str, ...] | None = None
    path: Path = ()


@dataclass(frozen=True, slots=True, eq=False)
class TagDemands:
    """`scopes` from the general one to the last; what a later one says of a key goes before.

    `styles` and `names` are by destination; `destinations` are those to check, absent for all that fit a job.
    `named` are the keys that it speaks of; `known` are right too, however few jobs have them.
    """

    scopes: tuple[Scope, ...] = ()
    styles: dict[str, str] = field(default_factory=dict)
    names: dict[str, dict[str, str]] = field(default_factory=dict)
    destinations: frozenset[str] | None = None
    named: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()


NO_TAG_DEMANDS = TagDemands()
