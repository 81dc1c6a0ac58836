"""Which job a person means: its id, its file, or the end of its id."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from dativo_compile.diagnostics.near import closest
from dativo_compile.model.project import Request
from dativo_compile.model.usage import UsageError
from dativo_compile.passes.discover import JobFile, discover

SHOWN = 8


def request_for(text: str, request: Request) -> Request:
    """The request narrowed to one job; raises `UsageError`. As it was where the project cannot be read."""
    if os.path.isfile(text):
        return _narrowed(request, Path(text), request.project)
    discovery = discover(request, [])
    if discovery is None:
        return request
    job = chosen(text, discovery.jobs)
    root = discovery.project.root
    return _narrowed(request, root / job.name, root)


def chosen(text: str, jobs: Sequence[JobFile]) -> JobFile:
    """An exact id or file name, else the one job whose id ends so."""
    for fitting in (
        [job for job in jobs if text in (job.id, job.name)],
        [job for job in jobs if job.id.endswith("/" + text.lstrip("/"))],
        [job for job in jobs if job.id.endswith(text)],
    ):
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            names = ", ".join(f"`{job.id}`" for job in fitting[:SHOWN]) + (", ..." if len(fitting) > SHOWN else "")
            raise UsageError(f"{len(fitting):,} jobs are called `{text}`", f"say which: {names}")
    raise UsageError(f"there is no job `{text}`", _nearest(text, jobs))


def _nearest(text: str, jobs: Sequence[JobFile]) -> str:
    ids = [job.id for job in jobs]
    near = closest(text, ids)
    if not near:
        by_end = {job.id.rsplit("/", 1)[-1]: job.id for job in jobs}
        near = tuple(by_end[end] for end in closest(text.rsplit("/", 1)[-1], by_end))
    if near:
        return f"did you mean `{near[0]}`?"
    return "give a job's id, its file, or the end of its id" if jobs else "the project has no jobs"


def _narrowed(request: Request, path: Path, project: Path | None) -> Request:
    return replace(request, paths=(path,), project=project)
