"""Compile and write as one act: what is compiled is staged, and put in place only if it may be."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dativo_compile.diagnostics.diagnostic import Diagnostic
from dativo_compile.model.job import Manifest
from dativo_compile.model.project import Request
from dativo_compile.pipeline import Compilation, compile_project
from dativo_compile.writer import WriteFault, Writer, Written

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
            good = _good((*compilation.diagnostics, *faults), strict)
            if keep_going:
                stage.withdraw(compilation.diagnostics)
            written = writer.commit(compilation.owned, compilation.gone) if good or keep_going else None
    except WriteFault as fault:
        faults.append(fault.diagnostic)
        good, written = False, None
    found = (*(compilation.diagnostics if compilation else ()), *faults)
    return BuildResult(compilation, tuple(sorted(found, key=lambda d: d.sort_key)), written, good)


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

    def __call__(self, manifest: Manifest) -> None:
        try:
            self.writer.stage(manifest)
            self.job_ids[manifest.entry["file"]] = manifest.job_id
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


def _good(diagnostics: tuple[Diagnostic, ...], strict: bool) -> bool:
    return not any(strict or d.severity == "error" for d in diagnostics)
