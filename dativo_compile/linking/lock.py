"""The lock in a compile: what it says in place of a state, what it warned of, and what is to be recorded."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dativo_compile.diagnostics.codes.lock import (
    LINEAGE_OTHER,
    LOCK_KEY_SHARED,
    LOCK_MISSING,
    LOCK_OUTPUT_MISSING,
    LOCK_REPLACED,
    LOCK_STATE_MISSING,
    SERIAL_LOWER,
)
from dativo_compile.diagnostics.diagnostic import Diagnostic, diagnose
from dativo_compile.diagnostics.near import asked, did_you_mean, nearest
from dativo_compile.discovery.walk import walk
from dativo_compile.lock.reading import Lock, LockFault, lock_place, read_lock
from dativo_compile.lock.text import line_of, render
from dativo_compile.mapping.needed import key_of, mapped_names, names_always_needed
from dativo_compile.mapping.renames import renamed
from dativo_compile.model.job import LinkedJob
from dativo_compile.model.output import State
from dativo_compile.model.place import Place
from dativo_compile.model.project import Project, Request
from dativo_compile.model.usage import UsageError
from dativo_compile.yaml.spans import place_of

WORKSPACES = "`--refresh WORKSPACE` names a workspace that a job reads"


@dataclass(frozen=True, slots=True)
class Seen:
    """A state that jobs read in this compile. `always` are the outputs that are recorded for any job of its module."""

    state: State
    always: frozenset[str]


class LockReader:
    """Built once for a compile, after `discover`. `whole` says that no job of the project is left out."""

    def __init__(self, project: Project, request: Request, *, whole: bool, found: list[Diagnostic]) -> None:
        if request.refresh and not request.locked:
            raise UsageError("`--refresh` without `--locked`", "a compile without `--locked` reads every state anew")
        if request.locked and not request.refresh and (request.states or request.terraform is not None):
            help = "leave `--state` and `--terraform` out, or add `--refresh WORKSPACE`"
            raise UsageError("`--locked` reads no state", help)
        self.request = request
        self.whole = whole
        self.seen: dict[str, Seen] = {}
        self._failed = False
        self._refreshed: set[str] = set()
        self._told: set[str] = set()
        self.previous = self._previous(project, found)
        self._by_location = {s.location: s for s in (self.previous.states if self.previous else {}).values()}

    def _previous(self, project: Project, found: list[Diagnostic]) -> Lock | None:
        try:
            return read_lock(project.root)
        except LockFault as fault:
            told = fault.diagnostic
        if self.request.locked:
            self._failed = True
            found.append(told)
        elif self.whole:
            help = "read the diff of the lock before you commit it"
            found.append(diagnose(LOCK_REPLACED, told.place, notes=(told.message,), help=help))
        return None  # a compile of some paths refuses to write over it, but not to answer a question

    def covers(self, workspace: str) -> bool:
        """Whether the lock stands in for the states of a workspace."""
        if workspace in self.request.refresh:
            self._refreshed.add(workspace)
            return False
        return self.request.locked

    def state(self, linked: LinkedJob, at: Callable[[str], Place], found: list[Diagnostic]) -> State | None:
        """What the lock says of the job's state, if it has all that the job maps.

        `at` gives the place of a mapping, by the name of its output; of the module or workspace for no name.
        """
        if self.previous is None:
            if not self._failed:
                self._failed = True
                help = "compile once without `--locked`, and commit the file that this writes"
                found.append(diagnose(LOCK_MISSING, None, help=help))
            return None
        key = key_of(linked)
        state = self.previous.states.get(key)
        if state is None:
            help = did_you_mean(key, self.previous.states) or _cure(linked)
            found.append(diagnose(LOCK_STATE_MISSING, at(""), key=key, help=help))
            return None
        missing = [name for name in mapped_names(linked) if name not in state.outputs]
        for name in missing:
            near = nearest(name, state.outputs)
            fix = renamed(linked.document, name, near)
            help = asked(near) or _cure(linked)
            found.append(diagnose(LOCK_OUTPUT_MISSING, at(name), name=name, key=key, help=help, fix=fix))
        return None if missing else state

    def saw(self, linked: LinkedJob, state: State, found: list[Diagnostic]) -> None:
        """Remember a state that is the job's, and say if it is older than the locked one, or another."""
        key = key_of(linked)
        seen = self.seen.get(key)
        if seen is not None:
            if seen.state is not state and render({key: seen.state}) != render({key: state}):
                place = place_of(linked.document, ("infrastructure", "terraform"), key=True)
                help = "name them in `dativo.yaml` under `terraform.states`, by workspaces of their own"
                found.append(diagnose(LOCK_KEY_SHARED, place, key=key, help=help))
            return
        self.seen[key] = Seen(state, names_always_needed(linked.module))
        then = self._then(key, state)
        if self.previous is None or then is None or state.location in self._told:
            return
        self._told.add(state.location)
        where = lock_place(line_of(self.previous.data, key))
        notes = (f"it was read from {state.location}",)
        help = "check which state was read; if this is meant, compile once without `--strict`"
        if then.lineage and state.lineage and then.lineage != state.lineage:
            found.append(
                diagnose(
                    LINEAGE_OTHER, where, key=key, now=f"`{state.lineage}`", then=f"`{then.lineage}`",
                    notes=notes, help=help,
                )
            )  # fmt: skip
        elif then.serial is not None and state.serial is not None and state.serial < then.serial:
            found.append(
                diagnose(SERIAL_LOWER, where, key=key, now=state.serial, then=then.serial, notes=notes, help=help)
            )

    def stands_in(self, key: str) -> bool:
        """Whether a state that jobs used came from the lock."""
        locked = self.previous.states.get(key) if self.previous else None
        return locked is not None and key in self.seen and self.seen[key].state is locked

    def _then(self, key: str, state: State) -> State | None:
        """What the lock has of the same location; absent too if the state is what the lock has."""
        locked = self.previous.states.get(key) if self.previous else None
        if locked is state:
            return None
        if locked is not None and locked.location == state.location:
            return locked
        return self._by_location.get(state.location)

    def unused(self) -> None:
        """Raises `UsageError` for a workspace to refresh that no job reads; call it after the last job."""
        for workspace in self.request.refresh:
            if workspace not in self._refreshed:
                raise UsageError(f"no job reads a state of the workspace `{workspace}`", WORKSPACES)


def jobs_unknown(project: Project, scopes: Iterable[str], previous: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether the project has a job outside of the given paths that the last index does not list."""
    known = {str(previous[job_id].get("file", "")) for job_id in previous}
    prefix = str(project.root).rstrip("/") + "/"
    if not os.path.isdir(prefix + project.jobs_folder):
        return False
    wanted = frozenset(scopes)  # there may be as many as there are jobs
    for name in walk(prefix, project.jobs_folder):
        if type(name) is str and name not in known and wanted.isdisjoint(_and_above(name)):
            return True
    return False


def _and_above(name: str) -> Iterator[str]:
    """A name, and those of the folders that it lies in."""
    yield "."
    while name:
        yield name
        name = name.rpartition("/")[0]


def _cure(linked: LinkedJob) -> str:
    infrastructure = linked.document.value.get("infrastructure") or {}
    workspace = (infrastructure.get("terraform") or {}).get("workspace") or "default"
    return f"compile without `--locked`, or with `--locked --refresh {workspace}`, where the state can be read"
