"""`dativo watch`: which files a compile depends on, and whether any of them is another one by now."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dativo_compile.discovery.files import FileFault, Files
from dativo_compile.discovery.root import PROJECT_FILE
from dativo_compile.discovery.walk import ENDINGS
from dativo_compile.linking.paths import PathFault, candidates
from dativo_compile.lock.text import LOCK
from dativo_compile.model.project import Project, Request
from dativo_compile.passes.discover import read_project, root_of
from dativo_compile.passes.parse import read_mapping
from dativo_compile.terraform.backends.local import STATE_FILE, WORKSPACES
from dativo_compile.terraform.backends.locations import is_url
from dativo_compile.terraform.given import STDIN, given

Stamp = tuple[int, int, int]
Stamps = dict[str, Stamp]  # by the absolute names of files that are there
MODULE_ENDINGS = (".tf", ".tofu", ".tf.json", ".tofu.json", ".tfvars", ".tfvars.json")
PATHS = ("source_connector_path", "target_connector_path", "asset_path")


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a compile reads. A change of a file is seen by watching the folder that it lies in.

    `stamps` tell versions of a file apart. A folder that does not exist yet is seen when the one above it changes.
    """

    root: str
    stamps: Stamps
    folders: frozenset[str]

    def changes_to(self, later: Inputs) -> tuple[str, ...]:
        """Project-relative names, as far as they are in the project, of what is new, changed or gone."""
        names = {name for name in self.stamps.keys() | later.stamps.keys() if self._differs(later, name)}
        return tuple(sorted(os.path.relpath(name, self.root) for name in names))

    def _differs(self, later: Inputs, name: str) -> bool:
        return self.stamps.get(name) != later.stamps.get(name)


@dataclass(slots=True)
class Inspector:
    """Looks at the inputs of one request again and again; a job file is read again when it has changed.

    Raises `UsageError`, when it is made, for `--state` texts that mean nothing.
    """

    request: Request
    _known: dict[str, tuple[Stamp, tuple[str, ...], tuple[str, ...]]] = field(default_factory=dict)
    _given: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        told = given(self.request.states)
        texts = (*told.by_key.values(), *([told.bare] if told.bare else []))
        self._given = tuple(os.path.abspath(text) for text in texts if text != STDIN and not is_url(text))

    def look(self) -> Inputs:
        root = root_of(self.request, Path.cwd())
        project = read_project(root, Files(root), []) or Project(root)
        files = {str(root / PROJECT_FILE), *(str(root / LOCK) for _ in range(self.request.locked))}
        folders: set[str] = set()
        for path in self.request.paths or (root / project.jobs_folder,):
            _below(os.path.abspath(path), folders, files)
        modules: set[str] = set()
        for job in [name for name in files if name.endswith(ENDINGS) and name != str(root / PROJECT_FILE)]:
            parts, named = self._parts(project, job)
            files.update(parts)
            modules.update(named)
        for module in modules:
            _module(module, folders, files)
        files.update(self._states(project))
        stamps = {name: stamp for name in files if (stamp := _stamp(name)) is not None}
        folders.update(_existing(os.path.dirname(name)) for name in files)
        return Inputs(str(root), stamps, frozenset(folders))

    def _parts(self, project: Project, job: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Where the files that a job names may lie, and its module's folder."""
        stamp = _stamp(job)
        known = self._known.get(job)
        if known is None or known[0] != stamp:
            if stamp is None:
                return (), ()
            known = self._known[job] = (stamp, *_named(project, job))
        return known[1], known[2]

    def _states(self, project: Project) -> Iterator[str]:
        yield from self._given
        for text in project.states.values():
            yield from _places(project, None, text)


def _named(project: Project, job: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    name = os.path.relpath(job, project.root)
    try:
        document = read_mapping(Files(project.root).read(name), "job", [])
    except FileFault:
        document = None
    value = document.value if document is not None else {}
    infrastructure = value.get("infrastructure")
    terraform = infrastructure.get("terraform") if type(infrastructure) is dict else None
    module = terraform.get("module_path") if type(terraform) is dict else None
    files = tuple(place for key in PATHS for place in _places(project, name, value.get(key)))
    return files, tuple(_places(project, name, module))


def _places(project: Project, job: str | None, text: object) -> Iterator[str]:
    """Every place that a path may mean: the file may come to be where it is looked for first."""
    names = candidates(project, job, text) if type(text) is str and text and not is_url(text) else ()
    if not isinstance(names, PathFault):
        yield from (str(project.root / name) for name in names)


def _below(path: str, folders: set[str], files: set[str]) -> None:
    """Job files below a folder, or the file itself. A folder that cannot be read has none."""
    if not os.path.isdir(path):
        files.add(path)
        return
    for folder, inner, names in os.walk(path, followlinks=True):
        real = os.path.realpath(folder)
        fresh = real not in folders
        inner[:] = [name for name in inner if fresh and not name.startswith(".")]
        folders.add(real)
        files.update(os.path.join(folder, name) for name in names if name.endswith(ENDINGS))


def _module(module: str, folders: set[str], files: set[str]) -> None:
    """A module's files and its local states; a workspace that is made later is seen by its folder."""
    spaces = os.path.join(module, WORKSPACES)
    files.update(os.path.join(module, name) for name in (STATE_FILE, f".terraform/{STATE_FILE}"))
    files.update(os.path.join(module, name) for name in _listed(module) if name.endswith(MODULE_ENDINGS))
    files.update(os.path.join(spaces, name, STATE_FILE) for name in _listed(spaces))
    folders.update(folder for folder in (module, spaces) if os.path.isdir(folder))


def _listed(folder: str) -> Iterable[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return ()


def _stamp(name: str) -> Stamp | None:
    try:
        status = os.stat(name)
    except (OSError, ValueError):
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


def _existing(folder: str) -> str:
    """The folder, or the nearest one above it that is there."""
    while not os.path.isdir(folder) and os.path.dirname(folder) != folder:
        folder = os.path.dirname(folder)
    return folder
