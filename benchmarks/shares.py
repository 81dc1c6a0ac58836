"""What part of a compile each pass takes: the passes of one compile, timed in place.

    python -m benchmarks.shares FOLDER [--json]

Prints a table, or one object: seconds by name, and the whole. The clock costs each pass of each job a quarter
of a microsecond, so shares are good to a part in a thousand.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from time import perf_counter
from typing import Any
from unittest import mock

from dativo_compile import pipeline
from dativo_compile.build import build
from dativo_compile.model.project import Request

ROOT = Path(__file__).resolve().parent.parent
REST = "reading and writing files"
RULES = ("validate_providers", "check_tags", "check_project")


@contextlib.contextmanager
def timed(spent: dict[str, float]) -> Iterator[None]:
    """Every pass of `pipeline.PASSES` adds its own seconds to `spent` under its name."""
    names = [each.__name__ for each in pipeline.PASSES]
    with contextlib.ExitStack() as stack:
        for name in names:
            stack.enter_context(mock.patch.object(pipeline, name, _clocked(name, getattr(pipeline, name), spent)))
        yield


def _clocked(name: str, work: Callable[..., Any], spent: dict[str, float]) -> Callable[..., Any]:
    spent[name] = 0.0

    @wraps(work)
    def clocked(*args: Any, **kwargs: Any) -> Any:
        start = perf_counter()
        try:
            return work(*args, **kwargs)
        finally:
            spent[name] += perf_counter() - start

    return clocked


def shares(root: Path, out: Path) -> dict[str, float]:
    """Seconds of each pass in a compile of all jobs, in the order of the passes; `whole` is the compile, written."""
    spent: dict[str, float] = {}
    with contextlib.chdir(root), timed(spent):
        start = perf_counter()
        result = build(Request((Path("jobs"),)), out)
        whole = perf_counter() - start
    if not result.good:
        raise SystemExit("the project does not compile: its shares would mean nothing")
    return {**spent, REST: whole - sum(spent.values()), "whole": whole}


def table(seconds: dict[str, float]) -> list[str]:
    whole = seconds["whole"]
    width = max(map(len, seconds))
    rows = [f"{name.ljust(width)}  {spent:7.3f} s  {spent / whole:6.1%}" for name, spent in seconds.items()]
    rules = sum(seconds[name] for name in RULES)
    return [*rows, f"{'of it rules'.ljust(width)}  {rules:7.3f} s  {rules / whole:6.1%}"]


def of(root: Path) -> dict[str, float]:
    """The shares of a compile in a process of its own: ours has other things in its memory."""
    ran = subprocess.run(
        [sys.executable, "-m", "benchmarks.shares", str(root), "--json"], check=True, capture_output=True
    )
    found: dict[str, float] = json.loads(ran.stdout)
    return found


def main(root: str, *options: str) -> int:
    with tempfile.TemporaryDirectory(dir=os.path.dirname(os.path.abspath(root))) as folder:
        seconds = shares(Path(root).resolve(), Path(folder) / "out")
    print(json.dumps(seconds) if "--json" in options else "\n".join(table(seconds)))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
