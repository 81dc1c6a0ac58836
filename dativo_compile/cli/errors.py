"""What no command may do: end with a traceback. Every command's work runs inside `run`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath
from types import TracebackType

import typer

from dativo_compile.cli.console import say, tell

FINE, FAILED, USAGE, OUT_OF_DATE, INTERNAL, INTERRUPTED = 0, 1, 2, 3, 70, 130
PACKAGE = "dativo_compile"
FRAMES = 12  # the innermost ones


def run(format: str, work: Callable[[], int]) -> None:
    """Do the work and leave with its exit code; a fault of ours leaves with 70, a wrong call with 2."""
    raise typer.Exit(outcome(format, work))


def outcome(format: str, work: Callable[[], int]) -> int:
    """The exit code of some work, for a command that goes on after it."""
    guard = _Guard(format)
    with guard:
        guard.code = work()
    return guard.code


class _Guard:
    """Sees every exception, `MemoryError` and `RecursionError` too; the stack is unwound by then."""

    def __init__(self, format: str) -> None:
        self.format = format
        self.code = FINE

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        from dativo_compile.model.usage import UsageError

        if error is None:
            return True
        if isinstance(error, (typer.Exit, SystemExit)):
            return False
        if isinstance(error, KeyboardInterrupt):
            self.code = INTERRUPTED
        elif isinstance(error, UsageError):
            tell(f"error: {error.message}\n" + (f"  = help: {error.help}\n" if error.help else ""))
            self.code = USAGE
        else:
            self.report(type(error), trace)
            self.code = INTERNAL
        return True

    def report(self, kind: type[BaseException], trace: TracebackType | None) -> None:
        """Never the exception's text nor a local value: either may hold a secret."""
        from dativo_compile.diagnostics.codes.internal import INTERNAL_ERROR
        from dativo_compile.diagnostics.diagnostic import diagnose
        from dativo_compile.report import FORMATS, text
        from dativo_compile.report.findings import Findings

        frames = own_frames(trace)
        diagnostic = diagnose(
            INTERNAL_ERROR,
            None,
            notes=tuple(f"{module}:{line}, in {function}" for module, line, function in frames[-FRAMES:]),
            help="this is a bug of the compiler: please report these lines, which hold no value of yours",
            step=step_of(frames),
            kind=kind.__name__,
        )
        if self.format in FORMATS:
            say(FORMATS[self.format](Findings([diagnostic], exit_code=INTERNAL)))
        else:
            tell(text.render([diagnostic], lambda _: None))


def own_frames(trace: TracebackType | None) -> list[tuple[str, int, str]]:
    """(file below the package, line, function) of each frame of our own code, outermost first."""
    found: list[tuple[str, int, str]] = []
    while trace is not None:
        code = trace.tb_frame.f_code
        parts = PurePath(code.co_filename).parts
        if PACKAGE in parts:
            inside = parts[len(parts) - 1 - parts[::-1].index(PACKAGE) :]
            found.append(("/".join(inside), trace.tb_lineno, code.co_name))
        trace = trace.tb_next
    return found


def step_of(frames: list[tuple[str, int, str]]) -> str:
    """`the pass link` if one was at work, else the innermost module."""
    for file, _, _ in frames:
        if file.startswith(f"{PACKAGE}/passes/"):
            return f"the pass `{PurePath(file).stem}`"
    return f"`{PurePath(frames[-1][0]).stem}`" if frames else "an unknown place"
