"""What is committed at a git revision as a side of a comparison."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dativo_compile.lock.reading import LockFault, parse
from dativo_compile.lock.text import LOCK
from dativo_compile.model.output import State
from dativo_compile.model.usage import UsageError
from dativo_compile.review.diff.model import Manifests
from dativo_compile.revisions.repository import Entry, Repository, Revision
from dativo_compile.sides.blob import blob_id
from dativo_compile.writing.index import INDEX, Entries, entries_of


@dataclass(frozen=True, slots=True)
class Committed:
    """The project's files at a revision, by project-relative names; `build` is the build folder among them."""

    repository: Repository
    revision: Revision
    files: Mapping[str, Entry]
    build: str

    def read(self, name: str) -> bytes | None:
        """Absent for what is not there, or no regular file."""
        entry = self.files.get(name)
        return self.repository.read(entry.blob) if entry and entry.regular else None

    def sum(self, entry: Entry) -> str:
        """The blob's own name, where the repository gives names as we do."""
        return entry.blob if self.repository.sha1 else blob_id(self.repository.read(entry.blob) or b"")

    @property
    def compiled(self) -> bool:
        """Whether a build is committed."""
        return f"{self.build}/{INDEX}" in self.files


def committed(repository: Repository, revision: Revision, root: Path, build: Path) -> Committed:
    """`root` is the project's folder, `build` the build folder below it. Raises `UsageError`."""
    name = os.path.relpath(os.path.realpath(build), os.path.realpath(root))
    if name.startswith(".."):
        help = "give the folder of the project that is committed, with `-o`"
        raise UsageError(f"the build folder `{build}` lies outside of the project, and git has none of it", help)
    files = repository.files(revision, below(repository, root))
    return Committed(repository, revision, files, name.replace(os.sep, "/"))


def below(repository: Repository, root: Path) -> str:
    """The name of the project's folder in the repository; empty for the repository itself."""
    name = os.path.relpath(os.path.realpath(root), os.path.realpath(repository.top)).replace(os.sep, "/")
    return "" if name == "." else name


def revision_side(at: Committed) -> Manifests:
    """The manifests that the committed index lists, as far as they are there. Raises `UsageError`."""
    jobs = _jobs(at)
    paths = {job_id: f"{at.build}/{job_id}.json" for job_id in jobs}
    present = {job_id: path for job_id, path in paths.items() if (entry := at.files.get(path)) and entry.regular}
    return Manifests(
        str(at.revision),
        {job_id: at.sum(at.files[path]) for job_id, path in present.items()},
        data=lambda job_id: at.read(paths[job_id]) or b"",
        entry=lambda job_id: jobs.get(job_id, {}),
        states=_states(at),
        source=lambda name: _source(at, name),
    )


def _jobs(at: Committed) -> Entries:
    name = f"{at.build}/{INDEX}"
    data = at.read(name)
    if data is None:
        help = f"commit `{at.build}/`, or say where it is with `-o`; a build folder can be compared, too"
        raise UsageError(f"{at.revision} has no {name}: no build is committed there", help)
    try:
        return entries_of(data)
    except ValueError as error:
        reason = str(error).split(": line", 1)[0]
        raise UsageError(f"{name} of {at.revision} is no index: {reason}", "compare with another revision") from None


def _states(at: Committed) -> Mapping[str, State]:
    """What the lock says; a broken one says nothing."""
    data = at.read(LOCK)
    try:
        return parse(data) if data is not None else {}
    except LockFault:
        return {}


def _source(at: Committed, name: str) -> str | None:
    entry = at.files.get(name)
    if entry is None:
        return ""
    return at.sum(entry) if entry.regular else None
