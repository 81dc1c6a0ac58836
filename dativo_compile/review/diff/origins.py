"""Where a leaf came from, as the provenance of its manifest has it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dativo_compile.review.diff.model import Element, Steps
from dativo_compile.review.paths import is_leaf

LEAVES = ({"output", "mapped"}, {"origin", "beat"})


@dataclass(frozen=True, slots=True)
class Source:
    """What a value came from. `kind` is output, file (`name` is its role) or rule; `place` is `FILE:LINE`, if known."""

    kind: str
    name: str
    place: str = ""

    def __str__(self) -> str:
        if self.kind == "file":
            return self.place
        return f"{self.kind} `{self.name}`" + (f", {self.place}" if self.place else "")


@dataclass(frozen=True, slots=True)
class Origin:
    """A value's source, and the sources that it beat, the last beaten first."""

    won: Source
    beat: tuple[Source, ...] = ()


class Sidecar:
    """The provenance of one manifest beside its tree."""

    def __init__(self, provenance: bytes, tree: dict[str, Any]) -> None:
        said: dict[str, Any] = json.loads(provenance)
        self.files: Mapping[str, str] = said["files"]
        self.state: Mapping[str, Any] = said.get("state") or {}
        self._origins: dict[str, Any] = said["origins"]
        self._tree = tree

    def origin(self, steps: Steps) -> Origin | None:
        """Absent for what the compiler itself adds: the digest, the list of references, the version."""
        here: Any = self._origins
        value: Any = self._tree
        if steps[0] not in here:
            return None
        for step in steps:
            at: Any = step
            if type(step) is Element:
                at = next(place for place, each in enumerate(value) if each.get(step.key) == step.value)
            if type(here) is type(value) and not is_leaf(value):
                here = here[at]
            value = value[at]
        return self._read(_first(here))

    def _read(self, origin: Any) -> Origin:
        if type(origin) is dict and "beat" in origin:
            return Origin(self._source(origin["origin"]), tuple(self._source(b["origin"]) for b in origin["beat"]))
        return Origin(self._source(origin))

    def _source(self, origin: Any) -> Source:
        if type(origin) is dict:
            return Source("output", str(origin["output"]), self._place(str(origin["mapped"])))
        kind, _, rest = str(origin).partition(":")
        return Source("rule", rest) if kind == "rule" else Source("file", kind, self._place(str(origin)))

    def _place(self, mark: str) -> str:
        role, _, position = mark.partition(":")
        return f"{self.files.get(role, role)}:{position.partition(':')[0]}"


def _first(origins: Any) -> Any:
    """The origin of the first leaf below: what came or went as a whole mostly stands in one file."""
    return next(_leaves(origins), "rule:empty")


def _leaves(origins: Any) -> Iterator[Any]:
    if type(origins) is dict and origins.keys() not in LEAVES:
        for inner in origins.values():
            yield from _leaves(inner)
    elif type(origins) is list:
        for inner in origins:
            yield from _leaves(inner)
    else:
        yield origins
