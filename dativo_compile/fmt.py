"""`dativo fmt`: which files are meant, what each becomes, and putting it in place."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from dativo_compile.diagnostics.codes.discover import FILE_UNREADABLE, PATH_MISSING, PATH_OUTSIDE
from dativo_compile.diagnostics.codes.sources import FORMAT_KIND_UNKNOWN, FORMAT_UNSAFE
from dativo_compile.diagnostics.diagnostic import Diagnostic, diagnose
from dativo_compile.discovery.files import FileFault, Files
from dativo_compile.discovery.root import PROJECT_FILE, relative_name
from dativo_compile.discovery.walk import walk
from dativo_compile.formatting.kinds import kind_of, looks_ours
from dativo_compile.formatting.text import Source, UnsafeFormat, formatted
from dativo_compile.linking.paths import ResolvedPath, inside, resolve
from dativo_compile.model.place import Place
from dativo_compile.model.project import Project, Request
from dativo_compile.model.source import Document, Kind, SourceFile
from dativo_compile.passes.discover import near_path, read_project, root_of
from dativo_compile.passes.parse import read_mapping
from dativo_compile.settle import settle
from dativo_compile.writing.sources import link_fault, replace_source

REFERENCES: dict[str, Kind] = {
    "source_connector_path": "connector", "target_connector_path": "connector", "asset_path": "asset",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Formatted:
    """A file and what it is, or would be, when formatted."""

    name: str
    before: bytes
    after: bytes

    @property
    def changed(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class FormatResult:
    """`files` are those that are ours and can be read, in the order of their names."""

    root: Path
    files: tuple[Formatted, ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def changed(self) -> tuple[Formatted, ...]:
        return tuple(file for file in self.files if file.changed)

    @property
    def good(self) -> bool:
        return not any(d.severity == "error" for d in self.diagnostics)

    def source(self, name: str) -> bytes | None:
        """The text of a file as it was before, for excerpts."""
        known = next((file.before for file in self.files if file.name == name), None)
        try:
            return known if known is not None else Files(self.root).read(name).data
        except FileFault:
            return None


@dataclass(frozen=True, slots=True)
class _Wanted:
    """`kind` is what a job takes the file for; a `named` file is one that the caller gave."""

    kind: Kind | None = None
    named: bool = False


def format_files(request: Request, *, write: bool) -> FormatResult:
    """Formats the files below the request's paths; without paths all that the project's jobs are made of.

    With `write`, what changes is put in place. A file with an error is left as it is, and the others are not.
    """
    found: list[Diagnostic] = []
    root = root_of(request, Path.cwd())
    project = read_project(root, Files(root), found)
    if project is None:
        return FormatResult(root, (), settle(found, None))
    run = _Run(project, found)
    wanted = run.named(request.paths) if request.paths else run.used()
    done = [one for name in sorted(wanted) if (one := run.format(name, wanted[name])) is not None]
    if write:
        done = [one for one in done if not one.changed or _written(root, one, found)]
    return FormatResult(root, tuple(done), settle(found, project))


def _written(root: Path, file: Formatted, found: list[Diagnostic]) -> bool:
    fault = replace_source(str(root), file.name, file.before, file.after)
    found += [fault] if fault is not None else []
    return fault is None


class _Run:
    def __init__(self, project: Project, found: list[Diagnostic]) -> None:
        self.project = project
        self.root = project.root
        self.files = Files(project.root)
        self.found = found
        self._read: dict[str, SourceFile | None] = {}

    def named(self, paths: tuple[Path, ...]) -> dict[str, _Wanted]:
        wanted: dict[str, _Wanted] = {}
        for path in paths:
            name = relative_name(path, self.root, Path.cwd())
            if name is None:
                help = "say which project with `--project`"
                self.found.append(diagnose(PATH_OUTSIDE, None, path=path, root=self.root.name, help=help))
            elif not os.path.lexists(self.root / name):
                help = near_path(self.root / name, str(path)) or "give files or folders"
                self.found.append(diagnose(PATH_MISSING, None, path=path, help=help))
            elif os.path.isdir(self.root / name):
                wanted = {below: _Wanted() for below in self._below(name)} | wanted
            elif (fault := link_fault(str(self.root), name)) is not None:
                self.found.append(fault)
            else:
                wanted[name] = _Wanted(named=True)
        return wanted

    def used(self) -> dict[str, _Wanted]:
        """`dativo.yaml`, the jobs, and the connectors and assets that they name, as far as those can be found."""
        wanted = {PROJECT_FILE: _Wanted()} if os.path.isfile(self.root / PROJECT_FILE) else {}
        jobs = self._below(self.project.jobs_folder) if os.path.isdir(self.root / self.project.jobs_folder) else ()
        for job in jobs:
            wanted[job] = _Wanted()
            wanted |= self._parts(job)
        return {name: what for name, what in wanted.items() if not os.path.islink(self.root / name)}

    @cached_property
    def _used_names(self) -> frozenset[str]:
        return frozenset(self.used())

    def _parts(self, job: str) -> dict[str, _Wanted]:
        file = self._file(job)
        document = read_mapping(file, "job", []) if file is not None else None
        wanted: dict[str, _Wanted] = {}
        for key, kind in REFERENCES.items():
            text = document.value.get(key) if document is not None else None
            resolved = resolve(self.project, job, text) if type(text) is str and text else None
            if isinstance(resolved, ResolvedPath):
                wanted[resolved.name] = _Wanted(kind)
        return wanted

    def _below(self, folder: str) -> Iterator[str]:
        """Hidden folders hold the files of other programs, and a link's target is formatted where it lies."""
        for item in walk(str(self.root).rstrip("/") + "/", folder):
            hidden = isinstance(item, str) and any(part.startswith(".") for part in item.split("/"))
            if isinstance(item, str) and not hidden and not os.path.islink(self.root / item):
                yield item

    def _file(self, name: str) -> SourceFile | None:
        """Read once; a fault is reported once."""
        if name not in self._read:
            self._read[name] = None
            try:
                self._read[name] = self.files.read(name)
            except FileFault as fault:
                place = Place.whole(fault.name)
                self.found.append(
                    diagnose(FILE_UNREADABLE, place, path=fault.name, reason=fault.reason, help=fault.help)
                )
        return self._read[name]

    def format(self, name: str, wanted: _Wanted) -> Formatted | None:
        """Absent for a file that is not ours, or has an error."""
        if not inside(self.root, self.root / name):
            self.found.append(_leaves(name))
            return None
        file = self._file(name)
        if file is None:
            return None
        said: list[Diagnostic] = []
        document = read_mapping(file, "job", said)
        kind = wanted.kind or kind_of(name, document.value if document else None, self.project.jobs_folder)
        if document is None:
            ours = kind or wanted.named or looks_ours(file.data) or name in self._used_names
            self.found += said if ours else []
            return None
        if kind is None:
            if wanted.named:
                self.found.append(diagnose(FORMAT_KIND_UNKNOWN, Place.whole(name), path=name))
            return None
        return self._formatted(kind, document)

    def _formatted(self, kind: Kind, document: Document) -> Formatted | None:
        file = document.file
        try:
            after = formatted(kind, Source(file.data, document.value, document.marks)) if document.value else file.data
        except UnsafeFormat as error:
            help = "this is a fault of the formatter: please report it; the file was left as it is"
            self.found.append(diagnose(FORMAT_UNSAFE, Place.whole(file.name), help=help, reason=error.reason))
            return None
        return Formatted(file.name, file.data, after)


def _leaves(name: str) -> Diagnostic:
    reason, help = "is a symbolic link that leaves the project", "give the file itself"
    return diagnose(FILE_UNREADABLE, Place.whole(name), path=name, reason=reason, help=help)
