"""A progress bar on a terminal, when there is something to wait for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

WORTH_A_BAR = 200  # jobs; fewer are compiled before anyone could read it
EVERY = 50  # jobs between two updates


@contextmanager
def progress_for(quiet: bool) -> Iterator[Callable[[int, int], None] | None]:
    """What the compiler tells (jobs done, jobs in all); nothing where nobody looks."""
    if quiet or sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    bar = _Bar()
    try:
        yield bar
    finally:
        bar.stop()


class _Bar:
    """Started by the first call that is worth it, gone when the compile is over."""

    def __init__(self) -> None:
        self.rich: Any = None
        self.task: Any = None

    def __call__(self, done: int, total: int) -> None:
        if total <= WORTH_A_BAR or done % EVERY:
            return
        if self.rich is None:
            self.start(total)
        self.rich.update(self.task, completed=done)

    def start(self, total: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("compiling"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self.rich = Progress(*columns, console=Console(stderr=True), transient=True)
        self.rich.start()
        self.task = self.rich.add_task("", total=total)

    def stop(self) -> None:
        if self.rich is not None:
            self.rich.stop()
