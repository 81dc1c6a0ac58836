"""What a plan does not tell: no pass fails on it, no rule judges it, and nobody sees what stands for it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dativo_compile.diagnostics.codes.settle import IGNORE_UNUSED
from dativo_compile.model.output import Output, State
from dativo_compile.model.project import Request
from dativo_compile.model.unknown import HINT, Kind, Unknown
from dativo_compile.pipeline import Compilation, compile_project
from tools import golden
from tools.fixtures import FIXTURES

PLAIN = golden.Case(Path())


def compiles(name: str) -> bool:
    """Whether a case compiles as it lies there, and reads outputs."""
    case = golden.load(name)
    if replace(case, folder=PLAIN.folder, note="") != PLAIN or golden.expected(name).get("exit") != b"0\n":
        return False
    return any("outputs:" in path.read_text("utf-8", "replace") for path in (case.folder / "jobs").rglob("*.yaml"))


PROJECTS = [
    *(path for path in sorted(FIXTURES.iterdir()) if (path / "jobs").is_dir()),
    *(golden.CASES / name for name in golden.names() if compiles(name)),
]


@pytest.fixture
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return shutil.copytree(request.param, tmp_path / "project", symlinks=True)


def compiled(root: Path, planned: dict[str, State]) -> Compilation:
    return compile_project(Request((root / "jobs",), project=root, planned=planned))


def keys(compilation: Compilation) -> dict[str, State]:
    """The states that were read, as a caller names them."""
    assert compilation.lock is not None
    found = {}
    for key, seen in compilation.lock.seen.items():
        module, _, workspace = key.rpartition(":")
        found[f"{module.split(' ')[0]}:{workspace}" if module else workspace] = seen.state
    return found


def blinded(state: State, names: set[str], kind: Kind) -> State:
    """The state in which some outputs are unknown; a sensitive one is forgotten anyway."""
    blind = {name for name in names if not state.outputs[name].sensitive}
    outputs = {
        name: Output(name, Unknown.of(kind, name)) if name in blind else state.outputs[name] for name in state.outputs
    }
    return replace(state, outputs=outputs, unknown=frozenset(blind))


def ways(states: dict[str, State]) -> Iterator[tuple[str, dict[str, State]]]:
    """Everything unknown at once, and each output alone."""
    for kind in ("knownafterapply", "nolongersensitive"):
        yield kind, {key: blinded(state, set(state.outputs), kind) for key, state in states.items()}  # type: ignore[arg-type]
    for key, state in states.items():
        for name in state.outputs:
            yield f"{key} {name}", {**states, key: blinded(state, {name}, "knownafterapply")}


@pytest.mark.parametrize("project", PROJECTS, ids=lambda path: path.name, indirect=True)
def test_nothing_is_wrong_with_what_is_unknown(project: Path) -> None:
    usual = compiled(project, {})
    assert not usual.failed, usual.diagnostics
    states = keys(usual)
    assert states
    for way, planned in ways(states):
        done = compiled(project, planned)
        new = {each for each in done.diagnostics if each.code is not IGNORE_UNUSED} - set(usual.diagnostics)
        assert not new, way
        assert [each.job_id for each in done.manifests] == [each.job_id for each in usual.manifests], way


def test_many_projects_are_tried() -> None:
    assert len(PROJECTS) >= 20
    assert re.search(HINT, Unknown.of("knownafterapply", "a").below(("b", 0)))
