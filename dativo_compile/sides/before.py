"""The jobs of a project as they were at a revision, and as much of the project on disk as they need to be compiled."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable, Iterator
from pathlib import Path

from dativo_compile.discovery.files import Files
from dativo_compile.discovery.root import PROJECT_FILE
from dativo_compile.linking.reads import Reads, reads_of
from dativo_compile.linking.state_files import StateFiles
from dativo_compile.lock.reading import LockFault, parse
from dativo_compile.lock.text import LOCK
from dativo_compile.model.output import State
from dativo_compile.model.project import Project
from dativo_compile.model.source import SourceFile
from dativo_compile.passes.discover import Discovery, JobFile, identified, read_project
from dativo_compile.sides.earlier import Earlier
from dativo_compile.sides.module_files import module_files


class Before:
    """`project` is absent if its `dativo.yaml` could not be used then; `states` are those of its lock."""

    def __init__(self, earlier: Earlier, now: Discovery) -> None:
        self.earlier = earlier
        earlier.put([PROJECT_FILE])
        earlier.put([LOCK], most=None)
        self.root = earlier.folder
        self.project: Project | None = read_project(self.root, Files(self.root), [])
        self.states = _states(earlier.read(LOCK))
        self.jobs = {job.id: job for job in self._jobs(now)}
        self._state_files = StateFiles(self.project) if self.project else None

    def _jobs(self, now: Discovery) -> tuple[JobFile, ...]:
        """Below the same paths; the jobs folder may have been another one."""
        home = (self.project or now.project).jobs_folder
        names: set[str] = set()
        for scope in now.scopes:
            names.update(self.earlier.job_files(home if scope == now.project.jobs_folder else scope))
        names |= {job.name for job in now.jobs if self.earlier.ignores(job.name)}
        return identified(sorted(names), home, [])

    def compilable(self, jobs: Iterable[JobFile], *, locked: bool) -> Iterator[tuple[Path, bool]]:
        """Each job's file on disk, with all that it reads; and whether its state comes from the lock."""
        if self.project is None:
            return
        for job in jobs:
            self.earlier.put([job.name])
            path = self.root / job.name
            if os.path.isfile(path):
                reads = reads_of(self.project, SourceFile(job.name, path.read_bytes()))
                self._put_parts(self.project, reads)
                # again: which folder of a module there was is known now
                reads = reads_of(self.project, SourceFile(job.name, path.read_bytes()))
                yield path, locked or not self._put_state(reads)

    def _put_parts(self, project: Project, reads: Reads) -> None:
        for _, names in reads.files:
            self.earlier.put(names)
        for folder in reads.modules:
            self.earlier.put_folder(folder)
            self.earlier.put(module_files(self.earlier, folder))
        secret = (project.value.get("terraform") or {}).get("encryption")
        if type(secret) is str and not secret.startswith(("/", "~", "../")):
            self.earlier.put([posixpath.normpath(secret)])

    def _put_state(self, reads: Reads) -> bool:
        """Whether the state was at hand. What git ignores stands in for it only where no lock tells what it said."""
        if reads.state is None or self._state_files is None:
            return True
        names = self._state_files.of(reads.state)
        tracked = any(self.earlier.tracked(name) for name in names)
        if not tracked and (reads.key in self.states or not any(self.earlier.ignores(name) for name in names)):
            return False
        self.earlier.put(names, most=None)
        return True


def _states(data: bytes | None) -> dict[str, State]:
    """What the lock says; a broken one says nothing."""
    try:
        return parse(data) if data is not None else {}
    except LockFault:
        return {}
