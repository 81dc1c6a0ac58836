"""A compile in memory as a side of a comparison; nothing is written."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from dativo_compile.discovery.files import FileFault, Files
from dativo_compile.model.job import Manifest
from dativo_compile.model.output import State
from dativo_compile.model.project import Request
from dativo_compile.pipeline import Compilation, Sink, compile_project
from dativo_compile.review.diff.model import Manifests
from dativo_compile.sides.blob import blob_id

Progress = Callable[[int, int], None]
SOURCES = "the sources"


@dataclass(frozen=True, slots=True)
class Compiled:
    """A compile and what it made. If it failed, `manifests` lack the jobs with errors: do not compare them."""

    compilation: Compilation
    manifests: Manifests


def compiled(
    request: Request,
    known: Mapping[str, str],
    name: str = SOURCES,
    previous: Mapping[str, Mapping[str, Any]] | None = None,
    progress: Progress | None = None,
) -> Compiled:
    """`known` are the sums of the other side: of jobs that have the same one, no bytes are kept.

    `previous` are the entries of the last index, as for `compile_project`.
    """
    keep = _Keep(known)
    compilation = compiled_into(request, keep, progress, previous)
    return Compiled(compilation, keep.side(name, compilation))


def compiled_into(
    request: Request,
    sink: Sink,
    progress: Progress | None = None,
    previous: Mapping[str, Mapping[str, Any]] | None = None,
) -> Compilation:
    """A compile whose sink keeps much of what it is given."""
    enabled = gc.isenabled()
    gc.disable()  # what is made is kept: the collector would only walk it, job after job
    try:
        return compile_project(request, sink, progress, previous)
    finally:
        if enabled:
            gc.enable()


def side_of(manifests: Mapping[str, Manifest], name: str, states: Mapping[str, State]) -> Manifests:
    """A side of manifests at hand, by job id."""
    return Manifests(
        name,
        {job_id: blob_id(manifest.data) for job_id, manifest in manifests.items()},
        data=lambda job_id: manifests[job_id].data,
        entry=lambda job_id: manifests[job_id].entry if job_id in manifests else {},
        provenance=lambda job_id: manifests[job_id].provenance if job_id in manifests else None,
        states=states,
    )


class _Keep:
    """A sink that remembers only what the other side does not have."""

    def __init__(self, known: Mapping[str, str]) -> None:
        self.known = known
        self.sums: dict[str, str] = {}
        self.kept: dict[str, Manifest] = {}

    def __call__(self, manifest: Manifest) -> None:
        found = self.sums[manifest.job_id] = blob_id(manifest.data)
        if self.known.get(manifest.job_id) != found:
            self.kept[manifest.job_id] = manifest

    def side(self, name: str, compilation: Compilation) -> Manifests:
        seen = compilation.lock.seen if compilation.lock else {}
        states = {key: each.state for key, each in seen.items()}
        root = compilation.project.root if compilation.project else compilation.root
        return replace(side_of(self.kept, name, states), sums=self.sums, source=sources_of(root))


def sources_of(root: Path) -> Callable[[str], str | None]:
    files = Files(root)

    def source(name: str) -> str | None:
        try:
            return blob_id(files.read(name).data)
        except FileFault:
            return ""

    return source
