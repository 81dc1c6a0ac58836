"""Which jobs a change reaches: those that read what differs are compiled on both sides, and their bytes compared."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.codes.discover import JOBS_MISSING, PATH_MISSING, PATH_OUTSIDE
from dativo_compile.diagnostics.diagnostic import Diagnostic
from dativo_compile.discovery.files import FileFault, Files
from dativo_compile.linking.reads import Reads, reads_of
from dativo_compile.lock.reading import LockFault, read_lock
from dativo_compile.model.job import Manifest
from dativo_compile.model.output import State
from dativo_compile.model.project import Request
from dativo_compile.model.usage import UsageError
from dativo_compile.passes.discover import Discovery, JobFile, discover, root_of
from dativo_compile.pipeline import compile_project
from dativo_compile.review.affected import Affected, AffectedJob, How, Through
from dativo_compile.review.diff.model import Manifests
from dativo_compile.review.diff.renamed import renamed
from dativo_compile.revisions.repository import Repository, Revision
from dativo_compile.settle import settle
from dativo_compile.sides.before import Before
from dativo_compile.sides.blob import blob_id
from dativo_compile.sides.earlier import Earlier
from dativo_compile.sides.revision import below, committed
from dativo_compile.sides.touched import Touched

Progress = Callable[[int, int], None]
HEAD = "HEAD"
NAMES = "give a branch, a tag or a commit"
CLONE = "run this in a clone of the project's repository"
FOLDERS = ", or compare build folders: `dativo diff FOLDER FOLDER`"  # no answer to this question


@dataclass(frozen=True, slots=True)
class Told:
    """`answer` is absent if the project cannot be used; `diagnostics` then say why."""

    answer: Affected | None
    diagnostics: tuple[Diagnostic, ...]
    source: Callable[[str], bytes | None]


def affected(request: Request, since: str, progress: Progress | None = None) -> Told:
    """Asks no network: a state that lies elsewhere is what the lock of either side says. Raises `UsageError`."""
    root = root_of(request, Path.cwd())
    with _repository(root) as repository, tempfile.TemporaryDirectory(prefix="dativo-") as folder:
        revision = _revision(repository, since)
        at = committed(repository, revision, root, root)
        earlier = Earlier(at, root, Path(folder).resolve(), repository.ignored(below(repository, root)))
        found: list[Diagnostic] = []
        discovery = discover(request, found, lambda scope: any(True for _ in earlier.job_files(scope)))
        if discovery is None:
            return Told(None, settle(found, None), lambda name: _text(root, name))
        before = Before(earlier, discovery)
        wrong = [d for d in found if d.code in _wrong(request, before)]
        if wrong:
            return Told(None, settle(wrong, discovery.project), lambda name: _text(root, name))
        work = _Comparison(before, discovery, locked=request.locked)
        jobs = tuple(sorted(work.jobs(progress), key=lambda job: job.job_id))
        all = len(discovery.jobs) + sum(job.how == "removed" for job in jobs)
        return Told(Affected(since, revision.commit, jobs, all), (), lambda name: _text(root, name))


def _wrong(request: Request, before: Before) -> tuple[Code, ...]:
    """What leaves the question without a meaning; that all jobs of the project are gone does not."""
    if not before.jobs:
        return PATH_OUTSIDE, PATH_MISSING, JOBS_MISSING
    return (PATH_OUTSIDE, PATH_MISSING) if request.paths else (PATH_OUTSIDE,)


def _repository(root: Path) -> Repository:
    try:
        return Repository(root)
    except UsageError as error:
        help = CLONE if "no git repository" in error.message else error.help.replace(FOLDERS, "")
        raise UsageError(error.message, help) from None


def _revision(repository: Repository, since: str) -> Revision:
    """`A...` is the commit where HEAD left A."""
    if repository.find(HEAD) is None:
        raise UsageError("nothing is committed yet", "commit once: until then every job is new")
    if not since.endswith("..."):
        return repository.revision(since, NAMES)
    return repository.fork(repository.revision(since[:-3] or HEAD, NAMES), repository.revision(HEAD, NAMES))


def _text(root: Path, name: str) -> bytes | None:
    try:
        return Files(root).read(name).data
    except FileFault:
        return None


class _Comparison:
    """The jobs of both sides; those that may differ are compiled on both."""

    def __init__(self, before: Before, discovery: Discovery, *, locked: bool) -> None:
        self.before = before
        self.project = discovery.project
        self.files = discovery.files
        self.now = {job.id: job for job in discovery.jobs}
        self.locked = locked
        locks = before.states, _locked(self.project.root)
        self.touched = Touched((before.project, self.project), before.earlier, locks, locked=locked)

    def jobs(self, progress: Progress | None) -> Iterator[AffectedJob]:
        through = dict(self._candidates())
        jobs = self.before.jobs
        compilable = self.before.compilable([jobs[job_id] for job_id in through if job_id in jobs], locked=self.locked)
        was = _made(compilable, self.before.root)
        now = _made(self._compilable(through), self.project.root, progress)
        gone, come = jobs.keys() - self.now.keys(), self.now.keys() - jobs.keys()
        former = renamed(was, now, sorted(gone), sorted(come))
        for job_id in through.keys() - set(former.values()):
            then, after = was.sums.get(former.get(job_id, job_id)), now.sums.get(job_id)
            how = _how(job_id in gone, job_id in come, job_id in former, bool(then or after))
            if how == "removed":
                yield AffectedJob(job_id, how, jobs[job_id].name, None, through[job_id])
            elif how != "changed" or then != after:
                old = former.get(job_id, "")
                file = jobs[old].name if old else ""
                yield AffectedJob(
                    job_id, how, self.now[job_id].name, after is not None, through[job_id], old, file
                )  # fmt: skip

    def _candidates(self) -> Iterator[tuple[str, tuple[Through, ...]]]:
        """Jobs that read what differs, by id; with what that is."""
        for job_id in sorted(self.now.keys() | self.before.jobs.keys()):
            job, was = self.now.get(job_id), self.before.jobs.get(job_id)
            if job is None or was is None or job.name != was.name:
                yield job_id, (Through("job", (job or was).name),)  # type: ignore[union-attr]  # one of them has it
                continue
            own = (Through("job", job.name),) if self.touched.differs(job.name) else ()
            through = own + self.touched.by(self._reads(job))
            if through:
                yield job_id, through

    def _reads(self, job: JobFile) -> Reads:
        try:
            return reads_of(self.project, self.files.read(job.name))
        except FileFault:
            return Reads()

    def _compilable(self, job_ids: Iterable[str]) -> Iterator[tuple[Path, bool]]:
        for job in (self.now[job_id] for job_id in job_ids if job_id in self.now):
            state = self._reads(job).state
            here = state is None or bool(self.touched.at_hand(state))
            yield self.project.root / job.name, self.locked or not here


def _how(gone: bool, come: bool, moved: bool, compiles: bool) -> How:
    if gone:
        return "removed"
    if come:
        return "renamed" if moved else "added"
    return "changed" if compiles else "unknown"


def _made(jobs: Iterable[tuple[Path, bool]], root: Path, progress: Progress | None = None) -> Manifests:
    """Sums and index entries of the jobs that compile; the flag says that a job's state comes from the lock."""
    sums: dict[str, str] = {}
    entries: dict[str, dict[str, Any]] = {}

    def keep(manifest: Manifest) -> None:
        sums[manifest.job_id] = blob_id(manifest.data)
        entries[manifest.job_id] = manifest.entry

    listed = list(jobs)
    for locked in (False, True):
        paths = tuple(path for path, each in listed if each is locked)
        if paths:
            compile_project(Request(paths, project=root, locked=locked), keep, progress)
    return Manifests("", sums, lambda _: b"", lambda job_id: entries.get(job_id, {}))


def _locked(root: Path) -> Mapping[str, State]:
    """What the lock says; a broken one says nothing."""
    try:
        lock = read_lock(root)
    except LockFault:
        return {}
    return lock.states if lock else {}
