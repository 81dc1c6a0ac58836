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
    known: dict[str, Origin | None] = {}  # by mark: absent for an origin that is not wanted
    for root, origins in provenance["origins"].items():
        found: list[tuple[Steps, Any, Origin]] = []
        if root in tree:
            _find(tree[root], origins, [root], _Wanted(wanted, known), found)
        for steps, value, origin in found:
            shown = told(value, steps)  # type: ignore[arg-type]  # a place in a list is no key
            state = provenance.get("state") if origin.output else None
            path, name = _path(tree, steps), files.get(origin.role, "")
            yield Fed(provenance["job"], path, shown, shown != value, origin, name, state)


class _Wanted:
    """Asks once for each mark: a manifest has a hundred leaves, and there may be ten thousand manifests."""

    def __init__(self, wanted: Callable[[Origin], bool], known: dict[str, Origin | None]) -> None:
        self.wanted = wanted
        self.known = known

    def origin(self, mark: Origins) -> Origin | None:
        if type(mark) is not str:
            return self.asked(_origin(mark))
        if mark not in self.known:
            self.known[mark] = self.asked(_origin(mark))
        return self.known[mark]

    def asked(self, origin: Origin) -> Origin | None:
        return origin if self.wanted(origin) else None


def _find(
    value: Any, origins: Origins, steps: list[Any], wanted: _Wanted, found: list[tuple[Steps, Any, Origin]]
) -> None:
    """Where one origin stands for a whole branch, it is that of each leaf in it."""
    kind = type(value)
    if (kind is dict or kind is list) and not is_leaf(value):
        same = type(origins) is kind
        for step, inner in value.items() if kind is dict else enumerate(value):
            known = same and (step in origins if kind is dict else step < len(origins))
            steps.append(step)
            _find(inner, origins[step] if known else origins, steps, wanted, found)
            steps.pop()
    elif (origin := wanted.origin(origins)) is not None:
        found.append((tuple(steps), value, origin))


def _path(tree: Any, steps: Steps) -> str:
    """As `dativo why` takes it: elements of lists by their names, where they have one."""
    path = ""
    for step in steps:
        tree = tree[step]
        name = tree.get("name") if type(step) is int and type(tree) is dict else None
        path += f".{name}" if type(name) is str else f"[{step}]" if type(step) is int else f".{step}"
    return path[1:]


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
