"""What a job is said to read is what the compile of it reads."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from benchmarks.workload import make
from dativo_compile.discovery.files import Files
from dativo_compile.linking.reads import Reads, reads_of
from dativo_compile.linking.state_files import StateFiles
from dativo_compile.model.job import Manifest
from dativo_compile.model.project import Request
from dativo_compile.model.source import SourceFile
from dativo_compile.passes.discover import discover
from dativo_compile.pipeline import compile_project

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
PROJECTS = sorted(path.parent.name for path in FIXTURES.glob("*/dativo.yaml"))
CASES = Path(__file__).resolve().parents[1] / "cases"


def compared(root: Path) -> int:
    """How many jobs of a project were compared."""
    discovery = discover(Request((), project=root), [])
    assert discovery is not None
    made: dict[str, Manifest] = {}
    compile_project(Request((), project=root), lambda manifest: made.__setitem__(manifest.job_id, manifest))
    states = StateFiles(discovery.project)
    for job in (job for job in discovery.jobs if job.id in made):
        reads = reads_of(discovery.project, Files(root).read(job.name))
        provenance, entry = json.loads(made[job.id].provenance), made[job.id].entry
        names = {name for _, files in reads.files for name in files}
        used = {file for role, file in provenance["files"].items() if role in ("source", "target", "asset")}
        assert used <= names
        asked = entry.get("reads") or {"state": "", "outputs": []}
        assert (reads.key, list(reads.outputs)) == (asked["state"], asked["outputs"])
        if asked["state"]:
            assert reads.state is not None
            assert provenance["state"]["location"] in states.of(reads.state)
    return len(made)


@pytest.mark.parametrize("name", PROJECTS)
def test_of_a_fixture(name: str) -> None:
    assert compared(FIXTURES / name)


def test_of_a_workload(tmp_path: Path) -> None:
    make(tmp_path / "project", 20)
    assert compared(tmp_path / "project") == 20


@pytest.mark.parametrize("name", ["workspace-fallback", "path-map", "paths-beside-the-job", "incremental"])
def test_of_a_case(name: str, tmp_path: Path) -> None:
    """Where states and files lie at unusual places."""
    shutil.copytree(CASES / name, tmp_path / "case", ignore=shutil.ignore_patterns("expected", "case.yaml"))
    assert compared(tmp_path / "case") > 0


@pytest.mark.parametrize(
    "data", [b"", b"- a\n", b"a: [\n", b"\xff", b"asset_path: 5\ninfrastructure: x\n", b"a: 1\na: 2\n"]
)
def test_what_is_no_job_reads_nothing(data: bytes) -> None:
    discovery = discover(Request((), project=FIXTURES / PROJECTS[0]), [])
    assert discovery is not None
    reads = reads_of(discovery.project, SourceFile("jobs/a.yaml", data))
    assert (reads.state, [names for _, names in reads.files if names]) == (None, [])
    assert reads.outputs == Reads().outputs
