"""How the build folder stands to the sources: what a compile would write, and what no source explains."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from dativo_compile.checking import Checked, check
from dativo_compile.diagnostics.diagnostic import Diagnostic
from dativo_compile.discovery.root import relative_name
from dativo_compile.lock.reading import LockFault, read_lock
from dativo_compile.manifest.digest import fits
from dativo_compile.model.job import Manifest
from dativo_compile.model.output import State
from dativo_compile.model.project import Request
from dativo_compile.model.usage import UsageError
from dativo_compile.pipeline import Compilation
from dativo_compile.review.diff.compare import changes
from dativo_compile.review.diff.model import Manifests
from dativo_compile.review.moves import moves
from dativo_compile.review.standing import Standing
from dativo_compile.revisions.repository import Repository
from dativo_compile.settle import weight
from dativo_compile.sides.blob import blob_id
from dativo_compile.sides.compiled import SOURCES, side_of, sources_of
from dativo_compile.sides.explained import explained
from dativo_compile.sides.revision import committed, revision_side
from dativo_compile.writing.files import contents
from dativo_compile.writing.inspect import Inspection

Progress = Callable[[int, int], None]
HEAD = "HEAD"
SAME = ""  # the sum of a manifest that both sides have


@dataclass(frozen=True, slots=True)
class Told:
    """`source` gives the text of a file of the project, for excerpts."""

    standing: Standing
    source: Callable[[str], bytes | None]


def standing(request: Request, build: Path, *, strict: bool = False, progress: Progress | None = None) -> Told:
    """Writes nothing. Raises `UsageError`, and `WriteFault` for what cannot be read."""
    made: dict[str, Manifest] = {}

    def keep(manifest: Manifest) -> None:
        made[manifest.job_id] = manifest

    checked = check(request, build, strict=strict, progress=progress, differing=keep)
    compilation = checked.compilation
    source = compilation.source if compilation else lambda _: None
    if not checked.good or compilation is None or compilation.project is None:
        return Told(Standing(checked.diagnostics), source)
    there = {job_id: contents(f"{build}/{job_id}.json") for job_id in (*made, *_removed(checked))}
    then = _folder(build, checked, {job_id: data for job_id, data in there.items() if data is not None})
    if there:
        then = _explained(then, compilation.project.root, build)
    found = Standing(
        checked.diagnostics,
        tuple(_findings(build, checked, {job_id: there[job_id] for job_id in made})),
        changes(then, _sources(compilation, made)),
        checked.changes,
        moves(checked.before, checked.after),
        len(compilation.owned),
    )
    return Told(found, source)


def _findings(build: Path, checked: Checked, differing: Mapping[str, bytes | None]) -> Iterator[Diagnostic]:
    """About the folder itself, as the project weighs them."""
    compilation = checked.compilation
    assert compilation is not None and compilation.project is not None
    inspection = Inspection(build, _below(build, compilation.project.root), checked.previous)
    found = [inspection.of_job(job_id, differing[job_id]) for job_id in sorted(differing)]
    if compilation.lock is not None and compilation.lock.whole:
        found += inspection.strays(frozenset(compilation.owned), cache(lambda: _writers(checked)))
    for each in found:
        if each is not None and (severity := weight(each, compilation.project)) != "off":
            yield replace(each, severity=severity)


def _removed(checked: Checked) -> list[str]:
    """Jobs whose manifest a compile would remove."""
    assert checked.compilation is not None
    return sorted(set(checked.compilation.gone).intersection(checked.previous).difference(checked.compilation.owned))


def _folder(build: Path, checked: Checked, there: Mapping[str, bytes]) -> Manifests:
    """The jobs that were compiled, as the folder has them."""
    compilation = checked.compilation
    assert compilation is not None and compilation.project is not None
    new = frozenset(checked.changes.new)
    sums = {job_id: SAME for job_id in compilation.owned if f"{build}/{job_id}.json" not in new}
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


def _explained(side: Manifests, root: Path, build: Path) -> Manifests:
    """With what git knows of the sources that the folder was made of.

    Nothing is known if a manifest differs from the committed one, unless it was edited: other sources made it.
    """
    differing = [job_id for job_id, found in side.sums.items() if found != SAME]
    try:
        with Repository(root) as repository:
            head = repository.find(HEAD)
            at = committed(repository, head, root, build) if head else None
            if at is None or not at.compiled:
                return side
            then = revision_side(at)
            there = [job_id for job_id in differing if then.sums.get(job_id) == side.sums[job_id]]
            if any(job_id not in there and fits(side.data(job_id)) for job_id in differing):
                return side
            return replace(side, provenance=explained(at, then, there).provenance, source=then.source)
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
