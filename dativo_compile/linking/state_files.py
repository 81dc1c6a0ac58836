"""In which files of the project the state of a job may lie, by the same rules as `states`; none is read."""

from __future__ import annotations

from dativo_compile.linking.ahead import Wanted
from dativo_compile.linking.paths import PathFault, candidates
from dativo_compile.linking.sources import Sources
from dativo_compile.model.project import Project
from dativo_compile.terraform.backends.local import DEFAULT
from dativo_compile.terraform.backends.locations import is_url
from dativo_compile.terraform.fault import StateFault
from dativo_compile.terraform.given import Key, key_of


class StateFiles:
    """For one compile without `--state` and `--terraform`."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self._sources = Sources(project)
        self._known: dict[str, tuple[str, ...]] = {}

    def of(self, state: Wanted) -> tuple[str, ...]:
        """Project-relative names; none for a state that lies elsewhere, or of which nobody says where it lies."""
        key = repr(state)
        if key not in self._known:
            text = entry_of(self.project.states, state)
            self._known[key] = self._of_module(state) if text is None else self._of_entry(text)
        return self._known[key]

    def _of_entry(self, text: str) -> tuple[str, ...]:
        names = () if is_url(text) else candidates(self.project, None, text)
        return names if not isinstance(names, PathFault) else ()

    def _of_module(self, state: Wanted) -> tuple[str, ...]:
        """The workspace's own file, and that of `default`, which may stand in for it."""
        if state.module is None:
            return ()
        try:
            source = self._sources.of_module(state.module, state.backend, state.workspace)
        except StateFault:
            return ()
        if not source.local:
            return ()
        return tuple(dict.fromkeys((source.backend.location(state.workspace), source.backend.location(DEFAULT))))


def entry_of(states: dict[str, str], state: Wanted) -> str | None:
    """What an entry of `terraform.states` gives for a state; one with the module goes before one without."""
    by_key = {_key(text): path for text, path in states.items()}
    found = (by_key.get(key) for key in (Key(state.module or "", state.workspace), Key(None, state.workspace)))
    return next((path for path in found if path is not None), None)


def _key(text: str) -> Key:
    try:
        return key_of(text)
    except ValueError:
        return Key(None, text)  # no workspace has such a name
