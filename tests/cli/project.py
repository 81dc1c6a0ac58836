"""A project to run commands in: the one that `dativo init` writes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from dativo_compile.writing.starter import write_starter

ROOT = Path(__file__).resolve().parents[2]
CALL = "import sys; sys.path.insert(0, {root!r}); from dativo_compile.cli.main import main; main()"
JOB = Path("jobs/acme/orders.yaml")


def make(folder: Path) -> Path:
    write_starter(folder)
    return folder


def edit(folder: Path, old: str, new: str, name: Path = JOB) -> None:
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), "utf-8")


def command(folder: Path, *args: str, **options: object) -> subprocess.CompletedProcess[str]:
    """`dativo ARGS` in a process of its own."""
    return subprocess.run(  # type: ignore[call-overload,no-any-return]  # options of run, whatever they are
        [sys.executable, "-c", CALL.format(root=str(ROOT)), *args],
        **{"cwd": folder, "capture_output": True, "text": True, "check": False, "encoding": "utf-8", **options},
    )
