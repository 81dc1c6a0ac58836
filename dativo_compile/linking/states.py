"""States, each found by the rules of "first match wins" and read once however many jobs use it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from dativo_compile.diagnostics.codes.state import (
    BACKEND_NOT_READ,
    STATE_UNREADABLE,
    STATES_FILE_MISSING,
    STATES_FILE_REFUSED,
)
from dativo_compile.diagnostics.diagnostic import Diagnostic, diagnose
from dativo_compile.linking.paths import PathFault, resolve
from dativo_compile.model.output import State
from dativo_compile.model.place import Place
from dativo_compile.model.project import Project, Request
from dativo_compile.model.usage import UsageError
from dativo_compile.terraform.backends import BACKENDS, Backend
from dativo_compile.terraform.contents import contents
from dativo_compile.terraform.declared import recorded, written
from dativo_compile.terraform.fault import StateFault
from dativo_compile.terraform.formats import read
from dativo_compile.terraform.given import FORM, STDIN, Key, display, given, key_of
from dativo_compile.yaml.spans import place_of

PASS_IT = "fetch its outputs (`terraform output -json > FILE`) and pass `--state {workspace}=FILE`"


class StateReader:
    """Built once for a compile. Raises `UsageError` for `--state` texts that mean nothing.

    A fault of a state file, or of an entry of `dativo.yaml`, is reported once; to further jobs the state is merely
    absent.
    """

    def __init__(self, project: Project, request: Request) -> None:
        self.project = project
        self.given = given(request.states)
        self._stdin = request.stdin
        self._entries = {_entry_key(text): text for text in project.states}
        self._states: dict[str, State | None] = {}
        self._backends: dict[tuple[str, str], Backend] = {}
        self._bare_for: tuple[str, str] | None = None

    def named(self, module: str, workspace: str, found: list[Diagnostic]) -> tuple[bool, State | None]:
        """Whether the command line or `dativo.yaml` names the state, and the state if it can be read."""
        for keys in (Key(module, workspace), Key(None, workspace)):
            if keys in self.given.by_key:
                return True, self._from_caller(self.given.by_key[keys], found)
        if self.given.bare is not None:
            self._check_bare(module, workspace)
            return True, self._from_caller(self.given.bare, found)
        for keys in (Key(module, workspace), Key(None, workspace)):
            if keys in self._entries:
                return True, self._from_entry(self._entries[keys], found)
        return False, None

    def known_workspaces(self) -> tuple[str, ...]:
        """The workspaces that the command line and `dativo.yaml` give states for, sorted."""
        return tuple(sorted({key.workspace for key in (*self.given.by_key, *self._entries)}))

    def backend(self, module: str, own: dict[str, Any] | None, workspace: str) -> Backend:
        """The backend that the job names, else the one its module names, else the module's folder.

        Raises `StateFault`.
        """
        key = module, repr(own)
        if key not in self._backends:
            folder = self.project.root / module
            config, notes = own, tuple[str, ...]()
            if not config and (config := recorded(folder)):
                notes = (f"`terraform init` recorded it in {module}/.terraform",)
            if not config and (config := written(folder)):
                notes = (f"a block in the HCL of {module} names it",)
            config = config or {"type": "local"}
            opened = BACKENDS.get(str(config["type"]))
            if opened is None:
                help = PASS_IT.format(workspace=workspace)
                raise StateFault(BACKEND_NOT_READ, backend=config["type"], notes=notes, help=help)
            self._backends[key] = opened(config, self.project.root, module)
        return self._backends[key]

    def from_backend(self, backend: Backend, workspace: str, found: list[Diagnostic]) -> tuple[bool, State | None]:
        """Whether the workspace has a state, and the state if it can be read. Raises `StateFault`."""
        location = backend.location(workspace)
        if location in self._states:
            return True, self._states[location]
        try:
            data = backend.read(workspace)
        except OSError as error:
            self._states[location] = None
            found.append(_unreadable(location, error))
            return True, None
        if data is None:
            return False, None
        return True, self._parsed(location, location, lambda: data, found)

    def peek(self, backend: Backend, workspace: str) -> State | None:
        """The state of a workspace that no job has asked for: what is wrong with it is not to be reported."""
        ignored: list[Diagnostic] = []
        _, state = self.from_backend(backend, workspace, ignored)
        if ignored:
            del self._states[backend.location(workspace)]
        return state

    def unused(self) -> None:
        """Raises `UsageError` for a `--state FILE` that no job was there to use; call it after the last job."""
        if self.given.bare is not None and self._bare_for is None:
            raise UsageError("`--state FILE` without a workspace, and no job maps outputs", FORM)

    def _check_bare(self, module: str, workspace: str) -> None:
        first = self._bare_for = self._bare_for or (module, workspace)
        if first != (module, workspace):
            one, other = (f"`{m}:{w}`" if m else f"`{w}`" for m, w in sorted((first, (module, workspace))))
            raise UsageError(f"`--state FILE` without a workspace, and jobs of more than one: {one} and {other}", FORM)

    def _from_caller(self, text: str, found: list[Diagnostic]) -> State | None:
        if text == STDIN:
            return self._parsed(STDIN, "standard input", lambda: self._stdin, found)
        path = Path(text).absolute()
        return self._parsed(str(path), display(path, self.project.root), lambda: contents(path), found)

    def _from_entry(self, key: str, found: list[Diagnostic]) -> State | None:
        """The state of an entry of `terraform.states`."""
        memo = f"entry {key}"
        if memo not in self._states:
            text = self.project.states[key]
            resolved = resolve(self.project, None, text)
            if isinstance(resolved, PathFault):
                found.append(self._entry_fault(key, text, resolved))
                self._states[memo] = None
            else:
                file = self.project.root / resolved.name
                self._states[memo] = self._parsed(resolved.name, resolved.name, lambda: contents(file), found)
        return self._states[memo]

    def _entry_fault(self, key: str, text: str, fault: PathFault) -> Diagnostic:
        document = self.project.document
        place = place_of(document, ("terraform", "states", key)) if document else None
        if "://" in text:
            help = PASS_IT.format(workspace=key)
            return diagnose(BACKEND_NOT_READ, place, backend=text.split("://", 1)[0] + "://", help=help)
        if fault.missing:
            help = "correct the path; it is relative to the project root"
            return diagnose(STATES_FILE_MISSING, place, path=text, help=help)
        help = fault.help or "give the path of a file in this project"
        return diagnose(STATES_FILE_REFUSED, place, path=text, reason=fault.reason, help=help)

    def _parsed(self, memo: str, location: str, load: Callable[[], bytes], found: list[Diagnostic]) -> State | None:
        if memo not in self._states:
            self._states[memo] = None
            try:
                self._states[memo] = read(load(), location)
            except OSError as error:
                found.append(_unreadable(location, error))
            except StateFault as fault:
                found.append(fault.at(Place.whole(location)))
        return self._states[memo]


def _unreadable(location: str, error: OSError) -> Diagnostic:
    reason = (error.strerror or "input/output error").lower()
    return diagnose(STATE_UNREADABLE, Place.whole(location), reason=reason, help="mend the file or its permissions")


def _entry_key(text: str) -> Key:
    try:
        return key_of(text)
    except ValueError:
        return Key(None, text)  # no workspace has such a name
