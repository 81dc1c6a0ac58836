"""`dativo watch [PATHS] -o DIR`: compiles again whenever something changes that a compile reads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import Any

import typer

from dativo_compile.cli import errors
from dativo_compile.cli.options import (
    KeepGoing,
    Locked,
    Output,
    Paths,
    ProjectFolder,
    ReportFormat,
    States,
    Strict,
    request_of,
)
from dativo_compile.model.project import Request

DEFAULT_OUTPUT = Path("build")
PAUSE = 50  # milliseconds without a change, before what has changed is compiled
LONGEST = 1_000  # milliseconds of changes without such a pause
LOOK = 500  # milliseconds after which a change is seen that came before the watch began
MOST_NAMED = 3


def watch(
    paths: Paths = None,
    output: Output = DEFAULT_OUTPUT,
    strict: Strict = False,
    keep_going: KeepGoing = False,
    states: States = None,
    locked: Locked = False,
    project: ProjectFolder = None,
) -> None:
    """Compile again at every change, until Ctrl-C.

    Watched are jobs, their connectors, assets and modules, states that are local files, and dativo.yaml.
    """

    def work() -> int:
        request = replace(request_of(paths, project, states), locked=locked)

        def compile_once() -> int:
            from dativo_compile.build import build
            from dativo_compile.cli.show import show_build

            started = perf_counter()
            result = build(request, output, strict=strict, keep_going=keep_going)
            code = errors.FINE if result.good else errors.FAILED
            show_build(result, ReportFormat.text, code, False, perf_counter() - started)
            return code

        return _again_and_again(request, compile_once)

    code = errors.outcome(ReportFormat.text, work)
    raise typer.Exit(errors.FINE if code == errors.INTERRUPTED else code)


def _again_and_again(request: Request, compile_once: Callable[[], int]) -> int:
    """Ends when somebody ends it, or at once if the call means nothing."""
    from dativo_compile.cli.console import tell
    from dativo_compile.watching import Inspector

    changes = _changes()
    inspector = Inspector(request)
    seen = inspector.look()
    code = errors.outcome(ReportFormat.text, compile_once)
    if code in (errors.USAGE, errors.INTERRUPTED):
        return code
    tell(f"watching {len(seen.stamps):,} files; Ctrl-C ends it\n")
    while code != errors.INTERRUPTED:
        later = _next(changes, inspector, seen)
        tell(f"\nchanged: {_named(seen.changes_to(later))}\n")
        seen = later
        code = errors.outcome(ReportFormat.text, compile_once)
    return code


def _changes() -> Callable[..., Any]:
    from dativo_compile.model.usage import UsageError

    try:
        from watchfiles import watch as changes
    except ImportError:
        help = "run `pip install 'dativo-compile[watch]'`"
        raise UsageError("`dativo watch` needs the package `watchfiles`, which is not installed", help) from None
    return changes


def _next(changes: Callable[..., Any], inspector: Any, seen: Any) -> Any:
    """The inputs as soon as they are others than those that were seen before the last compile."""
    while True:
        looked = False
        timing = {"debounce": LONGEST, "step": PAUSE, "rust_timeout": LOOK, "yield_on_timeout": True}
        folders = seen.folders
        for some in changes(*sorted(folders), recursive=False, watch_filter=None, **timing):
            if not some and looked:
                continue
            looked = looked or not some
            later = inspector.look()
            if later.changes_to(seen):
                return later
            if later.folders != folders:
                folders = later.folders
                break  # such as a folder that was made: what comes to be in it must be seen too
        seen = replace(seen, folders=folders)


def _named(names: tuple[str, ...]) -> str:
    from dativo_compile.report.cells import safe

    more = len(names) - MOST_NAMED
    return safe(", ".join(names[:MOST_NAMED])) + (f" and {more:,} more" if more > 0 else "")
