"""The way of a job through the compiler: read this first.

Each pass is a plain function from one frozen value to the next. Jobs go through one at a time, in
the order of their files, so that ten thousand of them need the memory of one; only `check_project`
sees all, through what each claims.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from dativo_compile.diagnostics.codes.discover import FILE_UNREADABLE
from dativo_compile.diagnostics.diagnostic import Diagnostic, Ignored, diagnose
from dativo_compile.discovery.files import FileFault, Files
from dativo_compile.linking.ahead import Wanted, wanted
from dativo_compile.linking.library import Library
from dativo_compile.linking.lock import LockReader, jobs_unknown
from dativo_compile.linking.modules import Modules
from dativo_compile.linking.states import StateReader
from dativo_compile.manifest.claim import claim_from, claim_of
from dativo_compile.mapping.unjudged import judged, quotes
from dativo_compile.model.job import Claim, Manifest, TaggedJob
from dativo_compile.model.place import Place
from dativo_compile.model.project import Project, Request
from dativo_compile.model.source import Document, Kind, Role, SourceFile
from dativo_compile.passes.check_module import check_module
from dativo_compile.passes.check_project import check_project
from dativo_compile.passes.check_tags import check_tags
from dativo_compile.passes.discover import Discovery, JobFile, discover, root_of
from dativo_compile.passes.emit import emit
from dativo_compile.passes.link import link
from dativo_compile.passes.map_outputs import map_outputs
from dativo_compile.passes.merge_tags import merge_tags
from dativo_compile.passes.parse import parse, parse_document
from dativo_compile.passes.place_table import place_table
from dativo_compile.passes.read_state import read_state
from dativo_compile.passes.validate_providers import validate_providers
from dativo_compile.settle import settle, weight
from dativo_compile.terraform.formats import Parse, read
from dativo_compile.yaml.ignores import Ignore, ignores_of

PASSES = (
    discover, parse, link, read_state, check_module, map_outputs, place_table, validate_providers, merge_tags,
    check_tags, check_project, emit,
)  # fmt: skip

Sink = Callable[[Manifest], None]
Progress = Callable[[int, int], None]
Look = Callable[[TaggedJob, StateReader, list[Diagnostic]], None]


@dataclass(frozen=True, slots=True)
class Watch:
    """Somebody who looks at each job after `check_tags`, errors or none, and may report more about it.

    `parse` may keep more of a state than its outputs.
    """

    look: Look
    parse: Parse = read


@dataclass(frozen=True, slots=True)
class Compilation:
    """What a compile found. `manifests` are empty when a sink took them, `project` absent without a usable one.

    `ignored` is what lines opted out of.
    `owned` are the ids of the jobs that were compiled, `gone` those of jobs below the given paths whose
    files are no more. `root` is where the project lies, if it could not be used. `lock` has the states that were read;
    `partly` says that jobs outside the paths may need more of them than the last index tells.
    """

    project: Project | None
    diagnostics: tuple[Diagnostic, ...]
    manifests: tuple[Manifest, ...] = ()
    owned: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    root: Path = Path()
    lock: LockReader | None = None
    partly: bool = False
    ignored: tuple[Ignored, ...] = ()

    @property
    def failed(self) -> bool:
        return any(d.severity == "error" for d in self.diagnostics)

    def source(self, name: str) -> bytes | None:
        """The text of a file of the project, for excerpts; absent if it cannot be read."""
        try:
            return Files(self.project.root if self.project else self.root).read(name).data
        except FileFault:
            return None


def compile_project(
    request: Request,
    sink: Sink | None = None,
    progress: Progress | None = None,
    previous: Mapping[str, Mapping[str, Any]] | None = None,
    watch: Watch | None = None,
) -> Compilation:
    """Compile every job below the request's paths.

    `sink` takes each manifest as it is made; without one they are collected. `progress` is told (done,
    all). `previous` are the entries of the last index: project rules see jobs outside the paths through it.
    `watch` sees every job on its way.
    Raises `UsageError` for a call that cannot mean anything.
    """
    found: list[Diagnostic] = []
    discovery = discover(request, found, partial(_was_there, previous or {}))
    if discovery is None:
        return Compilation(None, settle(found, None), root=root_of(request, Path.cwd()))
    manifests: list[Manifest] = []
    run = _Run(request, discovery, found, sink or manifests.append, watch)
    count = len(discovery.jobs)
    for done, job in enumerate(discovery.jobs, 1):
        run.compile(job)
        if progress is not None:
            progress(done, count)
    if not any(d.severity == "error" for d in found):
        run.states.unused(found)  # a broken job may be the one that would have used it
        run.lock.unused()
    owned = {job.id for job in discovery.jobs}
    elsewhere, gone = _elsewhere(previous or {}, owned, discovery)
    whole = run.lock.whole and len(run.claims) == count
    before = set(map(id, found))
    check_project(run.claims + elsewhere, discovery.project, found, whole=whole)
    if request.planned:
        found[:] = [one for one in found if id(one) in before or not quotes(one)]
    ignored: list[Ignored] = []
    settled = settle(found, discovery.project, run.ignores, ignored)
    return Compilation(
        discovery.project, settled, tuple(manifests),
        tuple(job.id for job in discovery.jobs), tuple(gone), lock=run.lock,
        partly=not run.lock.whole and jobs_unknown(discovery.project, discovery.scopes, previous or {}),
        ignored=tuple(ignored),
    )  # fmt: skip


class _Run:
    """One compile: what its jobs share, and what it has found so far."""

    def __init__(
        self, request: Request, discovery: Discovery, found: list[Diagnostic], sink: Sink, watch: Watch | None
    ) -> None:
        self.project = discovery.project
        self.files = discovery.files
        self.found = found
        self.sink = sink
        self.look = watch.look if watch else None
        self.claims: list[Claim] = []
        self._reread = self.reread  # one object for all claims
        self.ignores: list[Ignore] = list(ignores_of(self.project.document.file)) if self.project.document else []
        self.library = Library(self.project, self._load)
        whole = bool({".", self.project.jobs_folder} & set(discovery.scopes))
        self.lock = LockReader(self.project, request, whole=whole, found=found)
        self.modules = Modules(self.project.root)
        ahead = partial(self._ahead, discovery.jobs)
        self.states = StateReader(self.project, request, ahead, watch.parse if watch else read)

    def _load(self, kind: Kind, name: str, role: Role, found: list[Diagnostic]) -> Document | None:
        file = self._read(name, found)
        return parse_document(kind, file, role, found) if file is not None else None

    def _read(self, name: str, found: list[Diagnostic]) -> SourceFile | None:
        try:
            file = self.files.read(name)
        except FileFault as fault:
            found.append(_unreadable(fault))
            return None
        self.ignores += ignores_of(file)
        return file

    def compile(self, job: JobFile) -> None:
        """A job with an error still goes through every pass that can say more about it, but reaches no manifest."""
        found = self.found
        before = len(found)
        tagged = self.tag(job)
        if tagged is not None and self.look is not None:
            self.look(tagged, self.states, found)
        if tagged is None or not whole(tagged) or self._failed(before):
            return
        claim = claim_of(tagged, self._reread)
        manifest = emit(tagged, claim, self.project, found)
        if manifest is not None:
            self.claims.append(claim)
            self.sink(manifest)

    def tag(self, job: JobFile) -> TaggedJob | None:
        found = self.found
        before = len(found)
        file = self._read(job.name, found)
        parsed = parse(file, job.id, found) if file is not None else None
        if parsed is None:
            return None
        linked = link(parsed, self.library, found)
        stated = read_state(linked, self.states, found, self.lock)
        stated = check_module(stated, self.modules, found)
        bound = map_outputs(stated, self.project, found)
        placed = place_table(bound, self.project, found)
        validate_providers(placed, self.project, found)
        tagged = merge_tags(placed, self.project, found)
        check_tags(tagged, self.project, found)
        if stated.state is not None and stated.state.unknown:
            found[before:] = judged(found[before:], stated)
        return tagged

    def reread(self, name: str) -> Document | None:
        """The document of a job that was compiled, for a place in it."""
        try:
            parsed = parse(self.files.read(name), name, [])
        except FileFault:
            return None
        return parsed.document if parsed else None

    def _ahead(self, jobs: tuple[JobFile, ...]) -> Iterator[Wanted]:
        """Which states the jobs ask for, once one of them lies elsewhere; files that cannot be read ask for none."""
        for job in jobs:
            try:
                file = self.files.read(job.name)
            except FileFault:
                continue
            yield from (one for one in wanted(self.project, file) if not self.lock.covers(one.workspace))

    def _failed(self, before: int) -> bool:
        """Whether anything found since then is an error, by the project's own severities."""
        return any(weight(d, self.project) == "error" for d in self.found[before:])


def whole(tagged: TaggedJob) -> bool:
    """Whether every part of a job was there: what is missing was reported, perhaps beside another job."""
    placed = tagged.placed
    linked = placed.linked
    parts = (linked.source_connector, linked.target_connector, linked.asset, placed.table)
    infrastructure = linked.document.value.get("infrastructure")
    terraform = infrastructure.get("terraform") if type(infrastructure) is dict else None
    needs_state = type(terraform) is dict and bool(terraform.get("outputs"))
    return None not in parts and (placed.state is not None or not needs_state)


def _unreadable(fault: FileFault) -> Diagnostic:
    place = Place.whole(fault.name)
    return diagnose(FILE_UNREADABLE, place, path=fault.name, reason=fault.reason, help=fault.help)


def _was_there(previous: Mapping[str, Mapping[str, Any]], scope: str) -> bool:
    return any(f"{previous[job_id].get('file', '')}/".startswith(f"{scope}/") for job_id in previous)


def _elsewhere(
    previous: Mapping[str, Mapping[str, Any]], owned: set[str], discovery: Discovery
) -> tuple[list[Claim], list[str]]:
    """Claims of jobs outside the given paths, and ids of jobs below them whose files are gone."""
    claims: list[Claim] = []
    gone: list[str] = []
    for job_id in previous:
        if job_id in owned:
            continue
        entry = previous[job_id]
        name = str(entry.get("file", ""))
        below = any(scope in (".", name) or name.startswith(scope + "/") for scope in discovery.scopes)
        if below:
            gone.append(job_id)
        elif os.path.exists(discovery.project.root / name):
            claims.append(claim_from(job_id, entry))
    return claims, gone
