"""A small project with a state, and compiles of it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from dativo_compile.build import BuildResult, build
from dativo_compile.lock.text import LOCK
from dativo_compile.model.project import Request

CASE = Path(__file__).resolve().parents[1] / "cases" / "lock-serial-alone"
STATE = "terraform/lake/terraform.tfstate.d/acme-prod/terraform.tfstate"
JOB = "jobs/orders.yaml"


def make(folder: Path) -> Path:
    """A project with one job and no lock; a second one is added by `copy_job`."""
    shutil.copytree(CASE, folder, ignore=shutil.ignore_patterns("expected", "case.yaml", "states", LOCK))
    return folder


def copy_job(root: Path, name: str, *, without: str = "") -> None:
    """Another job, of a table of its own; a line that starts with `without` is left out."""
    text = (root / JOB).read_text("utf-8").replace("/tables", f"/{name}")
    text = text.replace("  warehouse:", f"  table: {name.replace('/', '_')}\n  warehouse:")
    lines = [line for line in text.splitlines(True) if not (without and line.strip().startswith(without))]
    path = root / f"jobs/{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(lines), "utf-8")


def drop_line(root: Path, start: str, name: str = JOB) -> None:
    lines = (root / name).read_text("utf-8").splitlines(True)
    kept = [line for line in lines if not line.strip().startswith(start)]
    assert len(kept) < len(lines)
    (root / name).write_text("".join(kept), "utf-8")


def edit_state(root: Path, **changes: Any) -> None:
    """Values of outputs by name; `serial` and `lineage` are the state's own."""
    state = json.loads((root / STATE).read_text("utf-8"))
    for name, value in changes.items():
        if name in ("serial", "lineage"):
            state[name] = value
        else:
            state["outputs"][name]["value"] = value
    (root / STATE).write_text(json.dumps(state), "utf-8")


def compiled(root: Path, *paths: str, output: str = "build", keep_going: bool = False, **asked: Any) -> BuildResult:
    request = Request(tuple(root / path for path in paths or ("jobs",)), project=root, **asked)
    return build(request, root / output, keep_going=keep_going)


def locked_outputs(root: Path) -> dict[str, list[str]]:
    states = json.loads((root / LOCK).read_text("utf-8"))["states"]
    return {key: sorted(state["outputs"]) for key, state in states.items()}


def codes(done: BuildResult) -> list[str]:
    return [d.code.name for d in done.diagnostics]


def tree(root: Path) -> dict[str, bytes]:
    files = (path for path in (root / "build").rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}
