"""Why a leaf changed: the output or file that its value came from, corrected by what is known to be as it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dativo_compile.discovery.root import PROJECT_FILE
from dativo_compile.lock.text import dump, record_of
from dativo_compile.model.output import State
from dativo_compile.review.diff.leaves import Leaf
from dativo_compile.review.diff.model import Cause, Manifests
from dativo_compile.review.diff.origins import Origin, Sidecar, Source

UNKNOWN = Cause("unknown")
ROLES = {"job": "job", "project": "dativo.yaml", "source": "connector", "target": "connector", "asset": "asset"}


@dataclass(frozen=True, slots=True)
class Told:
    """What one side tells of a job: its provenance, if there is any, the state that it reads, and outputs of it."""

    sidecar: Sidecar | None
    state_key: str
    outputs: tuple[str, ...]

    @property
    def files(self) -> Mapping[str, str]:
        return self.sidecar.files if self.sidecar else {}


class Causes:
    """Remembers for a whole comparison which files and outputs moved."""

    def __init__(self, base: Manifests, new: Manifests) -> None:
        self.base = base
        self.new = new
        self._moved: dict[str, bool | None] = {}

    def told(self, side: Manifests, job_id: str, tree: dict[str, Any]) -> Told:
        data = side.provenance(job_id)
        reads = side.entry(job_id).get("reads")
        reads = reads if type(reads) is dict else {}
        outputs = tuple(map(str, reads.get("outputs") or ()))
        return Told(Sidecar(data, tree) if data is not None else None, str(reads.get("state", "")), outputs)

    def cause(self, leaf: Leaf, old: Told, new: Told) -> tuple[Cause, tuple[str, str]]:
        """The cause, and where old and new value came from."""
        then = old.sidecar.origin(leaf.steps) if old.sidecar and leaf.how != "added" else None
        now = new.sidecar.origin(leaf.steps) if new.sidecar and leaf.how != "removed" else None
        winners = (str(then.won) if then else "", str(now.won) if now else "")
        found = _decisive(then, now)
        first = "asset" if leaf.steps[0] == "schema" else "project" if found and found.kind == "rule" else "job"
        if found is not None and found.kind == "output":
            return self._of_output(found, old, new), winners
        return self._of_file(found, old, new, first), winners

    def _of_output(self, found: Source, old: Told, new: Told) -> Cause:
        name = found.name.partition(".")[0].partition("[")[0]
        if old.state_key and new.state_key and (old.state_key != new.state_key or name not in old.outputs):
            return self._of_file(None, old, new)  # the job reads another state, or maps what it did not
        key = new.state_key or old.state_key
        if _stays(self.base.states.get(key), self.new.states.get(key), name):
            return self._of_file(None, old, new)  # the output is as it was, its mapping is not
        state = (new.sidecar or old.sidecar).state  # type: ignore[union-attr]  # one of them told of the output
        serials = self._serial(self.base, old, key), self._serial(self.new, new, key)
        return Cause("output", name, state=str(state.get("location", key)), serials=serials)

    def _serial(self, side: Manifests, told: Told, key: str) -> int | None:
        said = told.sidecar.state.get("serial") if told.sidecar else None
        known = side.states.get(key)
        return said if type(said) is int else known.serial if known else None

    def _of_file(self, found: Source | None, old: Told, new: Told, first: str = "job") -> Cause:
        """The file itself, unless it is known not to have moved: then that of the first role, or another that did."""
        roles = {**old.files, **new.files}
        if roles:
            roles["project"] = PROJECT_FILE
        if found is not None and found.kind == "file":
            name = roles.get(found.name, "")
            if self.moved(name) is not False or self.moved(old.files.get(found.name, name)):
                return _file(found.name, name)
        for role in (first, *ROLES):
            if role in roles and self.moved(roles[role]):
                return _file(role, roles[role])
        known = roles and all(self.moved(name) is False for name in roles.values())
        return Cause("stale") if known else UNKNOWN

    def moved(self, name: str) -> bool | None:
        """Whether a project file differs between the sides; absent if that is not known."""
        if name not in self._moved:
            then, now = self.base.source(name), self.new.source(name)
            self._moved[name] = None if then is None or now is None else then != now
        return self._moved[name]


def _decisive(then: Origin | None, now: Origin | None) -> Source | None:
    """Of two sources the one that acted: it came in over the other, or went and left the place to it."""
    if then is None or now is None:
        only = now or then
        return only.won if only else None
    if _same(then.won, now.won) or any(_same(then.won, lost) for lost in now.beat):
        return now.won
    return then.won if any(_same(now.won, lost) for lost in then.beat) else now.won


def _same(one: Source, other: Source) -> bool:
    return (one.kind, one.name) == (other.kind, other.name)


def _stays(then: State | None, now: State | None, name: str) -> bool:
    """Whether an output is known to say what it said."""
    if then is None or now is None or name not in then.outputs or name not in now.outputs:
        return False
    return dump(record_of(then.outputs[name])) == dump(record_of(now.outputs[name]))


def _file(role: str, name: str) -> Cause:
    return Cause("file", name, ROLES.get(role, role))
