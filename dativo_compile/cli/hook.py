"""`dativo hook`: the compile of a commit hook, from the lock alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from time import perf_counter

from dativo_compile.cli import errors
from dativo_compile.cli.options import Output, Paths, ProjectFolder, Quiet, ReportFormat, Strict, request_of

DEFAULT_OUTPUT = Path("build")


def hook(
    paths: Paths = None,
    output: Output = DEFAULT_OUTPUT,
    strict: Strict = False,
    project: ProjectFolder = None,
    quiet: Quiet = False,
) -> None:
    """Compile for a commit hook: leave with 3 if git lacks a file.

    From dativo.lock.json alone, offline. Manifests are written; leaves with 3 if one of them, the index or the lock is
    not in git's index as it is then, so that the commit would lack it.
    """

    def work() -> int:
        started = perf_counter()
        from dativo_compile.cli.console import tell
        from dativo_compile.cli.progress import progress_for
        from dativo_compile.cli.show import show_build
        from dativo_compile.report.closing import missing_listed
        from dativo_compile.sides.staged import compile_staged

        request = replace(request_of(paths, project, None), locked=True)
        with progress_for(quiet) as progress:
            staged = compile_staged(request, output, strict=strict, progress=progress)
        code = errors.FINE if staged.result.good else errors.FAILED
        show_build(staged.result, ReportFormat.text, code, quiet, perf_counter() - started)
        if code:
            return code
        tell(missing_listed(staged.missing))
        return errors.OUT_OF_DATE if staged.missing else errors.FINE

    errors.run(ReportFormat.text, work)
