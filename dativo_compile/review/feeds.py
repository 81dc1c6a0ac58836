"""Where values end up: the fields of a manifest that an output or a file gives, from its provenance."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dativo_compile.review.diff.masked import told
from dativo_compile.review.paths import is_leaf

Origins = Any
Steps = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """What a leaf came from: a line of a file, and where that line maps an output, the output. A rule has no line."""

    role: str
    line: int = 0
    column: int = 0
    output: str = ""


@dataclass(frozen=True, slots=True)
class Fed:
    """A field of a job, its value and where that comes from; `value` is what may be shown of a `hidden` one.

    Elements of lists are called by their names. `state` is what an output was read from.
    """

    job_id: str
    path: str
    value: Any
    hidden: bool
    origin: Origin
    file: str
    state: Mapping[str, Any] | None


def fed(tree: Mapping[str, Any], provenance: Mapping[str, Any], wanted: Callable[[Origin], bool]) -> Iterator[Fed]:
    """The fields whose origin is wanted, in the order of the manifest. What a value beat is not told."""
    files: Mapping[str, str] = provenance["files"]
    for root, origins in provenance["origins"].items():
        if root not in tree:
            continue
        for path, steps, value, mark in _leaves(tree[root], origins, root, (root,)):
            origin = _origin(mark)
            if wanted(origin):
                shown = told(value, steps)  # type: ignore[arg-type]  # a place in a list is no key
                state = provenance.get("state") if origin.output else None
                name = files.get(origin.role, "")
                yield Fed(provenance["job"], path, shown, shown != value, origin, name, state)


def _leaves(value: Any, origins: Origins, path: str, steps: Steps) -> Iterator[tuple[str, Steps, Any, Origins]]:
    """Every leaf with its origin; where one origin stands for a whole branch, it is that of each leaf."""
    if is_leaf(value):
        yield path, steps, value, origins
    elif type(value) is dict:
        for key, inner in value.items():
            below = origins[key] if type(origins) is dict and key in origins else origins
            yield from _leaves(inner, below, f"{path}.{key}", (*steps, key))
    else:
        for at, inner in enumerate(value):
            below = origins[at] if type(origins) is list and at < len(origins) else origins
            name = inner.get("name") if type(inner) is dict else None
            called = f"{path}.{name}" if type(name) is str else f"{path}[{at}]"
            yield from _leaves(inner, below, called, (*steps, at))


def _origin(mark: Origins) -> Origin:
    while type(mark) is list:
        mark = mark[0] if mark else ""
    if type(mark) is dict and "origin" in mark:
        mark = mark["origin"]  # the winner
    output = ""
    if type(mark) is dict:
        output, mark = str(mark["output"]), mark["mapped"]
    role, _, place = str(mark).partition(":")
    line, _, column = place.partition(":")
    if not line.isdigit():
        return Origin(role)
    return Origin(role, int(line), int(column), output)
