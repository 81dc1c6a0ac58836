"""One state by its location: its outputs, and the resources in it that jobs refer to."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from dativo_compile.diagnostics.codes.state import STATE_NO_OUTPUTS, STATE_UNREADABLE, STATES_FILE_MISSING
from dativo_compile.discovery.root import relative_name
from dativo_compile.infrastructure.origin import Origin, origin_of
from dativo_compile.infrastructure.references import WANTED, Reference, references
from dativo_compile.linking.sources import Sources
from dativo_compile.model.output import State
from dativo_compile.model.project import Project
from dativo_compile.model.usage import UsageError
from dativo_compile.terraform.backends.local import DEFAULT, STATE_FILE, WORKSPACES
from dativo_compile.terraform.backends.locations import is_url
from dativo_compile.terraform.backends.redacted import address
from dativo_compile.terraform.contents import contents
from dativo_compile.terraform.encryption_config import Configured
from dativo_compile.terraform.fault import StateFault
from dativo_compile.terraform.formats import read
from dativo_compile.terraform.given import STDIN, display
from dativo_compile.terraform.inventory import inventory


@dataclass(frozen=True, slots=True)
class Loaded:
    """A state without outputs has resources, or there is nothing to be had of it.

    `place` is how `dativo.yaml` would name it; empty if it cannot.
    """

    state: State
    found: tuple[Reference, ...]
    origin: Origin
    place: str


def loaded(project: Project, text: str, stdin: bytes) -> Loaded:
    """`text` is a file, a URL, or `-` for standard input.

    Raises `UsageError`, and `Unloadable` for what is no state.
    """
    name = None if text == STDIN or is_url(text) else relative_name(Path(text), project.root, Path.cwd())
    location = _shown(project, text)
    try:
        data, location = _bytes(project, text, location, stdin)
        opener = Configured(_passphrases(project))
        state = _outputs(data, location, opener)
        found = tuple(references(inventory(data, WANTED, opener)))
        if state is None and not found:
            raise StateFault(STATE_NO_OUTPUTS, help="check the workspace, and apply the module")
    except StateFault as fault:
        raise Unloadable(fault, location) from None
    place = address(text) if is_url(text) else name or ""
    return Loaded(state or State(location, {}), found, origin_of(project, text, name), place)


class Unloadable(Exception):
    """What is wrong with the state at `location`."""

    def __init__(self, fault: StateFault, location: str) -> None:
        super().__init__(fault.code.name)
        self.fault = fault
        self.location = location


def _outputs(data: bytes, location: str, opener: Configured) -> State | None:
    """Absent if there are no outputs: resources may do."""
    try:
        return read(data, location, opener)
    except StateFault as fault:
        if fault.code is not STATE_NO_OUTPUTS:
            raise
    return None


def _shown(project: Project, text: str) -> str:
    if text == STDIN:
        return "standard input"
    return address(text) if is_url(text) else display(Path(text).absolute(), project.root)


def _bytes(project: Project, text: str, location: str, stdin: bytes) -> tuple[bytes, str]:
    """Raises `StateFault`."""
    if text == STDIN:
        return stdin, location
    if is_url(text):
        source, workspace = Sources(project).of_url(text, DEFAULT)
        data = source.backend.read(workspace)
        location = source.backend.location(workspace)
        if data is None:
            raise StateFault(STATES_FILE_MISSING, path=location, help="correct the location")
        return data, location
    if os.path.isdir(text):
        raise UsageError(f"`{text}` is a folder", _states_in(text))
    if not os.path.exists(text):
        raise UsageError(f"the state file `{text}` does not exist", "give a state file, or the URL of one")
    try:
        return contents(text), location
    except OSError as error:
        reason = (error.strerror or "input/output error").lower()
    raise StateFault(STATE_UNREADABLE, reason=reason, help="mend the file or its permissions")


def _states_in(folder: str) -> str:
    """Which states a module's folder has."""
    names = [f"{folder}/{STATE_FILE}"] if os.path.isfile(f"{folder}/{STATE_FILE}") else []
    inner = f"{folder}/{WORKSPACES}"
    names += [f"{inner}/{name}/{STATE_FILE}" for name in sorted(os.listdir(inner))] if os.path.isdir(inner) else []
    return (
        f"give one of its states: {', '.join(f'`{name}`' for name in names)}" if names else "give the state file in it"
    )


def _passphrases(project: Project) -> Path | None:
    text = (project.value.get("terraform") or {}).get("encryption")
    return project.root / os.path.expanduser(text) if text else None
