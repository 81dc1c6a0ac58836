"""What differs, between a revision and now, of all that a job reads."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from dativo_compile.diagnostics.diagnostic import Diagnostic
from dativo_compile.discovery.root import PROJECT_FILE
from dativo_compile.linking.ahead import Wanted
from dativo_compile.linking.reads import Reads
from dativo_compile.linking.state_files import StateFiles, entry_of
from dativo_compile.linking.states import StateReader
from dativo_compile.lock.text import LOCK, dump, record_of
from dativo_compile.mapping.needed import names_always_needed
from dativo_compile.model.output import State
from dativo_compile.model.project import Project, Request
from dativo_compile.review.affected import Through
from dativo_compile.sides.compiled import sources_of
from dativo_compile.sides.earlier import Earlier
from dativo_compile.sides.module_files import module_files
from dativo_compile.terraform.backends.local import DEFAULT
from dativo_compile.terraform.fault import StateFault

States = Mapping[str, State]
IGNORED = ("x-", "terraform")  # keys of `dativo.yaml`: a person's own; and what is compared by itself


class Touched:
    """Built once; each file, module and state is compared once, however many jobs read it.

    `then` and `now` are the states of the two locks; with `locked` no state file counts.
    """

    def __init__(
        self, projects: tuple[Project | None, Project], earlier: Earlier, locks: tuple[States, States], *, locked: bool
    ) -> None:
        self.before, self.project = projects
        self.earlier = earlier
        self.then, self.now = locks
        self.locked = locked
        self.root = self.project.root
        self.files = StateFiles(self.project)
        self._sum: Callable[[str], str | None] = cache(sources_of(self.root))
        self._reader = StateReader(self.project, Request(()))
        self._of_project = tuple(_keys_of(self.before, self.project))
        self._read: dict[str, State | None] = {}
        self._of_module = cache(self._module_files)

    def differs(self, name: str) -> bool:
        return self._sum(name) != self.earlier.sum(name)

    def by(self, reads: Reads) -> tuple[Through, ...]:
        """What of the files that a job reads differs, but for the job file itself."""
        found = [Through("project", PROJECT_FILE)] if self._project_matters(reads) else []
        found += [Through(role, name) for role, names in reads.files for name in names if self.differs(name)]
        found += [Through("module", name) for folder in reads.modules for name in self._of_module(folder)]
        if reads.state is not None:
            found += self._by_state(reads, reads.state)
        return tuple(dict.fromkeys(found))

    def at_hand(self, state: Wanted) -> tuple[str, ...]:
        """The files that hold a state now."""
        return tuple(name for name in self.files.of(state) if os.path.isfile(self.root / name))

    def _project_matters(self, reads: Reads) -> bool:
        """Entries of `terraform.states` matter to jobs of their workspaces, any other key to all jobs."""
        if not self._of_project or self.before is None or self._of_project != ("terraform.states",):
            return bool(self._of_project)
        state = reads.state
        return state is not None and entry_of(self.before.states, state) != entry_of(self.project.states, state)

    def _module_files(self, folder: str) -> tuple[str, ...]:
        return tuple(name for name in module_files(self.earlier, folder) if self.differs(name))

    def _by_state(self, reads: Reads, state: Wanted) -> Iterator[Through]:
        names = () if self.locked else self.files.of(state)
        there = [name for name in names if self.earlier.tracked(name)]
        here = [] if self.locked else self.at_hand(state)
        wanted = {*reads.outputs, *names_always_needed(state.module)}
        if there:
            yield from (Through("state", name) for name in names if self.differs(name))
        elif not here:
            moved = _moved(self.then.get(reads.key), self.now.get(reads.key), wanted)
            yield from [Through("lock", LOCK, moved)] if moved else []
        elif reads.key in self.then:  # git had no state: the lock says what it was
            moved = _moved(self.then[reads.key], self._outputs(state), wanted)
            yield from [Through("state", here[0], moved)] if moved else []
        else:
            yield from (Through("state", name) for name in here if self.differs(name))

    def _outputs(self, state: Wanted) -> State | None:
        key = repr(state)
        if key not in self._read:
            self._read[key] = self._state(state)
        return self._read[key]

    def _state(self, state: Wanted) -> State | None:
        """As a compile would read it; absent if it cannot be read."""
        found: list[Diagnostic] = []
        named, read = self._reader.named(state.module or "", state.workspace, found)
        if named or state.module is None:
            return read
        try:
            source = self._reader.sources.of_module(state.module, state.backend, state.workspace)
            _, read = self._reader.from_source(source, state.workspace, None, found)
            return read or self._reader.peek(source, DEFAULT)
        except StateFault:
            return None


def _moved(then: State | None, now: State | None, names: Iterable[str]) -> tuple[str, ...]:
    """The outputs of these names that are not what they were."""
    return tuple(name for name in sorted(names) if _record(then, name) != _record(now, name))


def _record(state: State | None, name: str) -> str:
    return dump(record_of(state.outputs[name])) if state is not None and name in state.outputs else ""


def _keys_of(before: Project | None, now: Project) -> Iterator[str]:
    """Keys of `dativo.yaml` whose values differ; comments and the order of keys are no difference."""
    then, after = (before.value if before else {}), now.value
    if before is None:
        yield PROJECT_FILE
    for key in sorted(then.keys() | after.keys()):
        if not key.startswith(IGNORED) and _text(then.get(key)) != _text(after.get(key)):
            yield key
    old, new = (dict(side.get("terraform") or {}) for side in (then, after))
    if _text(old.pop("states", None)) != _text(new.pop("states", None)):
        yield "terraform.states"
    if _text(old) != _text(new):
        yield "terraform"


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True, default=str)
