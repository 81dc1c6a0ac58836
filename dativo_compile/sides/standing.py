"""How the build folder stands to the sources: what a compile would write, what that means, and what no source explains."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Literal

from dativo_compile.checking import Checked, check
from dativo_compile.diagnostics.diagnostic import Diagnostic
from dativo_compile.discovery.root import relative_name
from dativo_compile.lock.reading import LockFault, read_lock
from dativo_compile.model.job import Manifest
from dativo_compile.model.output import State
from dativo_compile.model.project import Project, Request
from dativo_compile.model.usage import UsageError
from dativo_compile.pipeline import Compilation
from dativo_compile.review.diff.compare import changes
from dativo_compile.review.diff.model import Diff, Manifests
from dativo_compile.review.moves import Move, moves
from dativo_compile.revisions.repository import Repository
from dativo_compile.settle import weight
from dativo_compile.sides.blob import blob_id
from dativo_compile.sides.compiled import SOURCES, side_of, sources_of
from dativo_compile.sides.explained import explained
from dativo_compile.sides.revision import committed, revision_side
from dativo_compile.writing.files import contents
from dativo_compile.writing.inspect import Inspection

Progress = Callable[[int, int], None]
Verdict = Literal["up to date", "out of date", "errors"]
HEAD = "HEAD"
SAME = ""  # the sum of a manifest that both sides have


@dataclass(frozen=True, slots=True)
class Standing:
    """`diff` is absent where the sources have errors. `findings` are about the build folder alone, `moved` is the lock's."""

    checked: Checked
    diff: Diff | None = None
    findings: tuple[Diagnostic, ...] = ()
    moved: tuple[Move, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """Whatever severity a finding has, but a note: a build folder that it is about is not what the sources say."""
        if self.diff is None or any(finding.severity == "error" for finding in self.findings):
            return "errors"
        found = any(finding.severity == "warning" for finding in self.findings)
        return "out of date" if self.checked.changes or found else "up to date"

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        return tuple(sorted((*self.checked.diagnostics, *self.findings), key=lambda each: each.sort_key))


def standing(request: Request, build: Path, *, strict: bool = False, progress: Progress | None = None) -> Standing:
    """Writes nothing. Raises `UsageError`, and `WriteFault` for what cannot be read."""
    made: dict[str, Manifest] = {}

    def keep(manifest: Manifest) -> None:
        made[manifest.job_id] = manifest

    checked = check(request, build, strict=strict, progress=progress, differing=keep)
    compilation = checked.compilation
    if not checked.good or compilation is None or compilation.project is None:
        return Standing(checked)
    there = {job_id: contents(f"{build}/{job_id}.json") for job_id in (*made, *_removed(checked))}
    inspection = Inspection(build, _below(build, compilation.project.root), checked.previous)
    found = [inspection.of_job(job_id, there[job_id]) for job_id in sorted(made)]
    if compilation.lock is not None and compilation.lock.whole:
        found += inspection.strays(frozenset(compilation.owned), cache(lambda: _writers(checked)))
    findings = [_weighed(each, compilation.project) for each in found if each is not None]
    then = _folder(build, checked, {job_id: data for job_id, data in there.items() if data is not None})
    now = _sources(compilation, made)
    if made or _removed(checked):
        then = _told(then, compilation.project.root, build)
    moved = moves(checked.before, checked.after)
    return Standing(checked, changes(then, now), tuple(f for f in findings if f.severity != "off"), moved)


def _removed(checked: Checked) -> list[str]:
    """Jobs whose manifest a compile would remove."""
    assert checked.compilation is not None
    return sorted(set(checked.compilation.gone).intersection(checked.previous).difference(checked.compilation.owned))


def _folder(build: Path, checked: Checked, there: Mapping[str, bytes]) -> Manifests:
    """The jobs that were compiled, as the folder has them."""
    compilation = checked.compilation
    assert compilation is not None and compilation.project is not None
    sums = dict.fromkeys(compilation.owned, SAME)
    for job_id in compilation.owned:
        if f"{build}/{job_id}.json" in checked.changes.new:
            del sums[job_id]
    sums |= {job_id: blob_id(data) for job_id, data in there.items()}
    return Manifests(
        str(build), sums, there.__getitem__, lambda job_id: checked.previous.get(job_id, {}),
        states=_locked(compilation.project.root),
    )  # fmt: skip


def _sources(compilation: Compilation, made: Mapping[str, Manifest]) -> Manifests:
    seen = compilation.lock.seen if compilation.lock else {}
    side = side_of(made, SOURCES, {key: each.state for key, each in seen.items()})
    assert compilation.project is not None
    source = sources_of(compilation.project.root)
    return replace(side, sums=dict.fromkeys(compilation.owned, SAME) | dict(side.sums), source=source)


def _told(side: Manifests, root: Path, build: Path) -> Manifests:
    """With what git knows of the sources that the folder was made of: only if all that differs is as it was committed."""
    differing = [job_id for job_id, found in side.sums.items() if found != SAME]
    try:
        with Repository(root) as repository:
            head = repository.find(HEAD)
            at = committed(repository, head, root, build) if head else None
            if at is None or not at.compiled:
                return side
            then = revision_side(at)
            if any(then.sums.get(job_id) != side.sums[job_id] for job_id in differing):
                return side
            return replace(side, provenance=explained(at, then, differing).provenance, source=then.source)
    except UsageError:
        return side  # no git, no repository, or a build folder outside of it


def _locked(root: Path) -> Mapping[str, State]:
    try:
        lock = read_lock(root)
    except LockFault:
        return {}
    return lock.states if lock else {}


def _below(build: Path, root: Path) -> str | None:
    name = relative_name(build, root, Path.cwd())
    return name if name not in (None, ".") else None


def _writers(checked: Checked) -> dict[str, str]:
    """Table -> the job that writes it, by the index."""
    return {str(checked.previous[job_id].get("table", "")): job_id for job_id in checked.previous}


def _weighed(found: Diagnostic, project: Project) -> Diagnostic:
    return replace(found, severity=weight(found, project))
