"""Compile and write as one act: what is compiled is staged, and put in place only if it may be."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dativo_compile.diagnostics.diagnostic import Diagnostic, good
from dativo_compile.locking import Renewal
from dativo_compile.model.job import Manifest
from dativo_compile.model.project import Request
from dativo_compile.pipeline import Compilation, compile_project
from dativo_compile.writer import WriteFault, Writer, Written
from dativo_compile.writing.locked import lock_placed

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class BuildResult:
    """`diagnostics` include what the writer says. `written` is absent if `build` was left as it was.

    `good` is what the exit code says: no errors, and with `strict` no warnings.
    """

    compilation: Compilation | None
    diagnostics: tuple[Diagnostic, ...]
    written: Written | None
    good: bool


def build(
    request: Request, output: Path, *, strict: bool = False, keep_going: bool = False, progress: Progress | None = None
) -> BuildResult:
    """All or nothing, but with `keep_going` the jobs without errors are written."""
    faults: list[Diagnostic] = []
    compilation: Compilation | None = None
    try:
        with _without_collector(), Writer(output) as writer:
            stage = _Stage(writer, faults)
            compilation = compile_project(request, stage, progress, writer.previous.jobs)
            fine = good((*compilation.diagnostics, *faults), strict=strict)
            if keep_going:
                stage.withdraw(compilation.diagnostics)
            renewal = Renewal(compilation, stage.reads, writer.previous.jobs)
            if fine or keep_going:
                with _lock_placed(request, compilation, output, renewal):
                    written = writer.commit(compilation.owned, compilation.gone)
            else:
                written = None
    except WriteFault as fault:
        faults.append(fault.diagnostic)
        fine, written = False, None
    found = (*(compilation.diagnostics if compilation else ()), *faults)
    return BuildResult(compilation, tuple(sorted(found, key=lambda d: d.sort_key)), written, fine)


def _lock_placed(
    request: Request, compilation: Compilation, output: Path, renewal: Renewal
) -> AbstractContextManager[None]:
    """A compile from the lock alone leaves it as it is."""
    if compilation.project is None or (request.locked and not request.refresh):
        return nullcontext()
    return lock_placed(compilation.project.root, output, renewal.data, whole=renewal.whole)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Compiling makes no garbage in cycles: the collector would only walk what is kept, job after job."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


class _Stage:
    """Hands manifests to the writer; a fault that is one job's alone does not stop the others."""

    def __init__(self, writer: Writer, faults: list[Diagnostic]) -> None:
        self.writer = writer
        self.faults = faults
        self.job_ids: dict[str, str] = {}  # by the job's file
        self.reads: dict[str, dict[str, Any] | None] = {}  # by the job's id

    def __call__(self, manifest: Manifest) -> None:
        try:
            self.writer.stage(manifest)
            self.job_ids[manifest.entry["file"]] = manifest.job_id
            self.reads[manifest.job_id] = manifest.entry.get("reads")
        except WriteFault as fault:
            if fault.fatal:
                raise
            self.faults.append(fault.diagnostic)

    def withdraw(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        """Take back every job whose file an error names: a project rule may blame one that was good on its own."""
        errors = [d for d in diagnostics if d.severity == "error"]
        blamed = {d.place.file for d in errors if d.place} | {r.place.file for d in errors for r in d.related}
        for file in blamed & self.job_ids.keys():
            self.writer.withdraw(self.job_ids[file])
            del self.reads[self.job_ids[file]]
