"""One job compiled in memory, and the story of a value of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from dativo_compile.diagnostics.diagnostic import Diagnostic
from dativo_compile.lock.text import LOCK
from dativo_compile.model.project import Request
from dativo_compile.pipeline import compile_project
from dativo_compile.review.job import request_for
from dativo_compile.review.why import Story, stories


@dataclass(frozen=True, slots=True)
class Traced:
    """`stories` are empty if the job has errors; `diagnostics` then say which."""

    stories: tuple[Story, ...]
    diagnostics: tuple[Diagnostic, ...]
    text_of: Callable[[str], bytes | None]

    @property
    def failed(self) -> bool:
        return any(d.severity == "error" for d in self.diagnostics)


def trace(request: Request, job: str, path: str) -> Traced:
    """Raises `UsageError` for a job or a path that is not there."""
    compilation = compile_project(request_for(job, request))
    told: tuple[Story, ...] = ()
    for manifest in compilation.manifests:
        provenance = json.loads(manifest.provenance)
        reads = manifest.entry.get("reads")
        if reads and compilation.lock and compilation.lock.stands_in(reads["state"]):
            provenance["state"]["lock"] = LOCK  # told, but no part of the provenance: that is the same either way
        told = stories(json.loads(manifest.data), provenance, path, compilation.source)
    return Traced(told, compilation.diagnostics, compilation.source)
