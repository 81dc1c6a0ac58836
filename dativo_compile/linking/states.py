"""States, each found by the rules of "first match wins" and read once however many jobs use it."""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Hashable, Iterable
from functools import partial
from pathlib import Path

from dativo_compile.diagnostics.codes.backend import PLAIN_HTTP
from dativo_compile.diagnostics.codes.state import (
    STATE_UNREADABLE,
    STATE_UNUSED,
    STATES_FILE_MISSING,
    STATES_FILE_REFUSED,
)
from dativo_compile.diagnostics.diagnostic import Diagnostic, diagnose
from dativo_compile.diagnostics.near import did_you_mean
from dativo_compile.linking.ahead import Wanted
from dativo_compile.linking.at_hand import AtHand
from dativo_compile.linking.fetches import Fetches
from dativo_compile.linking.paths import PathFault, resolve
from dativo_compile.linking.sources import Source, Sources
from dativo_compile.model.output import State
from dativo_compile.model.place import Place
from dativo_compile.model.project import Project, Request
from dativo_compile.model.usage import UsageError
from dativo_compile.terraform.backends import Backend
from dativo_compile.terraform.backends.locations import is_url
from dativo_compile.terraform.contents import contents
from dativo_compile.terraform.encryption_config import Configured
from dativo_compile.terraform.fault import StateFault
from dativo_compile.terraform.formats import Parse, read
from dativo_compile.terraform.given import FORM, STDIN, Key, display, given, key_of
from dativo_compile.terraform.program import program_of
from dativo_compile.yaml.spans import place_of


class StateReader:
    """Built once for a compile. Raises `UsageError` for `--state` texts that mean nothing.

    A fault of a state, or of an entry of `dativo.yaml`, is reported once, for the first job that needs it; to further
    jobs the state is merely absent. When a first state from elsewhere is asked for, `ahead` is asked which others
    will be, and all of them are fetched beside one another. `parse` makes a state of its bytes.
    """

    def __init__(
        self, project: Project, request: Request, ahead: Callable[[], Iterable[Wanted]] | None = None,
        parse: Parse = read,
    ) -> None:  # fmt: skip
        self.project = project
        self._parse = parse
        self.given = given(request.states)
        self.at_hand = AtHand(request.planned)
        self.sources = Sources(project, program_of(request.terraform))
        self._opener = Configured(_encryption_file(project))
        self._ahead = ahead
        self._stdin = request.stdin
        self._entries = {_entry_key(text): text for text in project.states}
        self._states: dict[str, State | None] = {}
        self._fetches: Fetches[State | None] = Fetches()
        self._told: set[Hashable] = set()
        self._existing: dict[int, tuple[str, ...] | None] = {}
        self._asked: set[str] = set()
        self._used: set[Key] = set()
        self._bare_for: tuple[str, str] | None = None

    def named(self, module: str, workspace: str, found: list[Diagnostic]) -> tuple[bool, State | None]:
        """Whether the command line or `dativo.yaml` names the state, and the state if it can be read."""
        key = self._key_of(self.given.by_key, module, workspace)
        self._asked.add(workspace)
        if key is not None:
            self._used.add(key)
            return True, self._from_caller(self.given.by_key[key], workspace, found)
        if self.given.bare is not None:
            self._check_bare(module, workspace)
            return True, self._from_caller(self.given.bare, workspace, found)
        key = self._key_of(self._entries, module, workspace)
        if key is not None:
            return True, self._from_entry(self._entries[key], workspace, found)
        return False, None

    def names(self, module: str, workspace: str) -> bool:
        """Whether the command line or `dativo.yaml` names a state for it."""
        named = any(self._key_of(keys, module, workspace) for keys in (self.given.by_key, self._entries))
        return named or self.given.bare is not None

    def known_workspaces(self) -> tuple[str, ...]:
        """The workspaces that the command line and `dativo.yaml` give states for, sorted."""
        return tuple(sorted({key.workspace for key in (*self.given.by_key, *self._entries)}))

    def existing(self, source: Source) -> tuple[str, ...] | None:
        """The workspaces that have a state; absent if the backend does not say."""
        if id(source) not in self._existing:
            try:
                self._existing[id(source)] = source.backend.workspaces()
            except (StateFault, OSError):
                self._existing[id(source)] = None
        return self._existing[id(source)]

    def from_source(
        self, source: Source, workspace: str, place: Place | None, found: list[Diagnostic]
    ) -> tuple[bool, State | None]:
        """Whether the workspace has a state, and the state if it can be read.

        `place` is where the first job that needs it says so. Raises `StateFault`.
        """
        location = source.backend.location(workspace)
        if not source.local:
            return self._from_elsewhere(source, workspace, place, found)
        if location in self._states:
            return True, self._states[location]
        try:
            data = source.backend.read(workspace)
        except OSError as error:
            self._states[location] = None
            found.append(_unreadable(location, error))
            return True, None
        if data is None:
            return False, None
        return True, self._parsed(location, location, lambda: data, found)

    def peek(self, source: Source, workspace: str) -> State | None:
        """The state of a workspace that no job has asked for: what is wrong with it is not to be reported."""
        ignored: list[Diagnostic] = []
        _, state = self.from_source(source, workspace, None, ignored)
        if ignored:
            del self._states[source.backend.location(workspace)]
        return state

    def unused(self, found: list[Diagnostic]) -> None:
        """States of the command line that no job was there to use; call it after the last job.

        Raises `UsageError` for a `--state FILE` without a workspace: it was meant for every job.
        """
        if self.given.bare is not None and self._bare_for is None:
            raise UsageError("`--state FILE` without a workspace, and no job maps outputs", FORM)
        for key in sorted(self.given.by_key.keys() - self._used, key=lambda key: (key.workspace, key.module or "")):
            name = f"{key.module}:{key.workspace}" if key.module else key.workspace
            help = (
                did_you_mean(key.workspace, self._asked - {key.workspace}) or "correct the workspace, or leave it out"
            )
            found.append(diagnose(STATE_UNUSED, None, key=name, help=help))

    def _check_bare(self, module: str, workspace: str) -> None:
        first = self._bare_for = self._bare_for or (module, workspace)
        if first != (module, workspace):
            one, other = (f"`{m}:{w}`" if m else f"`{w}`" for m, w in sorted((first, (module, workspace))))
            raise UsageError(f"`--state FILE` without a workspace, and jobs of more than one: {one} and {other}", FORM)

    def _key_of(self, keys: Container[Key], module: str, workspace: str) -> Key | None:
        """A key with the module goes before one without."""
        return next((key for key in (Key(module, workspace), Key(None, workspace)) if key in keys), None)

    def _from_caller(self, text: str, workspace: str, found: list[Diagnostic]) -> State | None:
        if text == STDIN:
            return self._parsed(STDIN, "standard input", lambda: self._stdin, found)
        if is_url(text):
            return self._from_url(text, workspace, None, found)
        path = Path(text).absolute()
        return self._parsed(str(path), display(path, self.project.root), lambda: contents(path), found)

    def _from_entry(self, key: str, workspace: str, found: list[Diagnostic]) -> State | None:
        """The state of an entry of `terraform.states`."""
        text = self.project.states[key]
        if is_url(text):
            return self._from_url(text, workspace, self._entry_place(key), found)
        memo = f"entry {key}"
        if memo not in self._states:
            resolved = resolve(self.project, None, text)
            if isinstance(resolved, PathFault):
                found.append(self._entry_fault(key, text, resolved))
                self._states[memo] = None
            else:
                file = self.project.root / resolved.name
                self._states[memo] = self._parsed(resolved.name, resolved.name, lambda: contents(file), found)
        return self._states[memo]

    def _from_url(self, text: str, workspace: str, place: Place | None, found: list[Diagnostic]) -> State | None:
        try:
            source, meant = self.sources.of_url(text, workspace)
            exists, state = self._from_elsewhere(source, meant, place, found)
        except StateFault as fault:
            if text not in self._told:
                self._told.add(text)
                found.append(fault.at(place))
            return None
        if not exists and text not in self._told:
            self._told.add(text)
            shown = source.backend.location(meant)
            found.append(diagnose(STATES_FILE_MISSING, place, path=shown, help="correct the location"))
        return state

    def _from_elsewhere(
        self, source: Source, workspace: str, place: Place | None, found: list[Diagnostic]
    ) -> tuple[bool, State | None]:
        """Raises `StateFault`, the first time only."""
        key, host = source.key(workspace), source.plain_host
        if host is not None and host not in self._told:
            self._told.add(host)
            note = f"the state is at {source.backend.location(workspace)}"
            help = f"give an `https://` address: passwords in the state can be read on the way from `{host}`"
            found.append(diagnose(PLAIN_HTTP, place, host=host, notes=(note,), help=help))
        self._begin(source, workspace)
        if self._ahead is not None:
            ahead, self._ahead = self._ahead, None
            self._begin_all(ahead())
        try:
            state = self._fetches.outcome(key)
        except StateFault as error:
            fault = error
        else:
            return state is not None, state
        if key in self._told:
            return True, None
        self._told.add(key)
        raise fault.noting(f"the state is at {source.backend.location(workspace)}")

    def _begin(self, source: Source, workspace: str) -> None:
        self._fetches.begin(source.key(workspace), partial(_fetched, source.backend, workspace, self._read))

    def _begin_all(self, wanted: Iterable[Wanted]) -> None:
        """What is wrong with any of them is reported when its job comes, not now."""
        for one in wanted:
            try:
                source, workspace = self._source_of(one)
            except StateFault:
                continue
            if source is not None and not source.local:
                self._begin(source, workspace)

    def _source_of(self, one: Wanted) -> tuple[Source | None, str]:
        """Raises `StateFault`."""
        module, workspace = one.module or "", one.workspace
        if self.at_hand.covers(module, workspace):
            return None, workspace
        for texts in (self.given.by_key, {key: self.project.states[text] for key, text in self._entries.items()}):
            key = self._key_of(texts, module, workspace)
            if key is not None:
                return self.sources.of_url(texts[key], workspace) if is_url(texts[key]) else (None, workspace)
        if self.given.bare is not None or not module:
            return None, workspace
        return self.sources.of_module(module, one.backend, workspace), workspace

    def _entry_place(self, key: str) -> Place | None:
        document = self.project.document
        return place_of(document, ("terraform", "states", key)) if document else None

    def _entry_fault(self, key: str, text: str, fault: PathFault) -> Diagnostic:
        place = self._entry_place(key)
        if fault.missing:
            help = "correct the path; it is relative to the project root"
            return diagnose(STATES_FILE_MISSING, place, path=text, help=help)
        help = fault.help or "give the path of a file in this project"
        return diagnose(STATES_FILE_REFUSED, place, path=text, reason=fault.reason, help=help)

    def _read(self, data: bytes, location: str) -> State:
        """Raises `StateFault`."""
        return self._parse(data, location, self._opener)

    def _parsed(self, memo: str, location: str, load: Callable[[], bytes], found: list[Diagnostic]) -> State | None:
        if memo not in self._states:
            self._states[memo] = None
            try:
                self._states[memo] = self._read(load(), location)
            except OSError as error:
                found.append(_unreadable(location, error))
            except StateFault as fault:
                found.append(fault.at(Place.whole(location)))
        return self._states[memo]


def _fetched(backend: Backend, workspace: str, parse: Callable[[bytes, str], State]) -> State | None:
    """Absent if the workspace has no state. Raises `StateFault`."""
    try:
        data = backend.read(workspace)
    except OSError as error:
        reason = (error.strerror or "input/output error").lower()
    else:
        return None if data is None else parse(data, backend.location(workspace))
    raise StateFault(STATE_UNREADABLE, reason=reason)


def _unreadable(location: str, error: OSError) -> Diagnostic:
    reason = (error.strerror or "input/output error").lower()
    return diagnose(STATE_UNREADABLE, Place.whole(location), reason=reason, help="mend the file or its permissions")


def _encryption_file(project: Project) -> Path | None:
    """It holds a passphrase and reaches no output, so that it may lie anywhere."""
    text = (project.value.get("terraform") or {}).get("encryption")
    return project.root / os.path.expanduser(text) if text else None


def _entry_key(text: str) -> Key:
    try:
        return key_of(text)
    except ValueError:
        return Key(None, text)  # no workspace has such a name
