"""Sides of one project: what a revision, a folder and a compile say of the same sources is the same."""

from __future__ import annotations

import json
import os
import random
import shutil
from pathlib import Path
from typing import Any

import pytest

from benchmarks.workload import make
from dativo_compile.build import build
from dativo_compile.model.project import Request
from dativo_compile.report.diff.json import shape_of
from dativo_compile.review.diff.model import RANKS
from dativo_compile.sides.asked import Compared, compared
from dativo_compile.sides.compiled import compiled
from dativo_compile.sides.folder import folder
from tests.review.diff.sides import Trees, applied
from tools.history import commit, git

JOBS = 24
BUILD = Path("build")
# What a person may do to a project: a file, what stands there, and what stands there then.
EDITS = [
    ("jobs/**/*.yaml", "write_mode: append", "write_mode: upsert"), ("jobs/**/*.yaml", "3 * * *", "4 * * *"),
    ("jobs/**/*.yaml", "max_retries: 0", "max_retries: 9"), ("jobs/**/*.yaml", "  table: ", "  table: my_"),
    ("jobs/**/*.yaml", "finops:\n  cost_center: CC-042\n", ""),
    ("jobs/**/*.yaml", "redaction: true", "redaction: false"),
    ("jobs/**/*.yaml", "s3_bucket_name: ", "aws_region: source.connection.region\n      s3_bucket_name: "),
    ("jobs/**/*.yaml", "owner: data@", "owner: lake@"), ("assets/**/*.yaml", "type: integer", "type: bigint"),
    ("assets/**/*.yaml", "    - name: updated_at\n      type: timestamp\n      required: true\n", ""),
    ("assets/**/*.yaml", "classification: PII", "classification: PUBLIC"),
    ("assets/**/*.yaml", "retention_days: 30", "retention_days: 31"), ("connectors/*.yaml", "parquet", "avro"),
    ("connectors/*.yaml", "STRIPE_API_KEY", "STRIPE_KEY"), ("connectors/*.yaml", "port: 5432", "port: 5433"),
    ("states/*", "-lake-prod", "-lake-live"), ("states/*", "rds.example", "db.example"),
    ("states/*", "subnet-", "net-"),
    ("dativo.yaml", "terraform:", "tables: {namespace: x}\nterraform:"),
]  # fmt: skip


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "project"
    make(root, JOBS)
    monkeypatch.chdir(root)
    compile_now()
    commit(root, "before")
    return root


def compile_now() -> None:
    result = build(Request(()), BUILD)
    assert result.good, result.diagnostics


def trees() -> Trees:
    """Every manifest of the build folder, by job id."""
    jobs = json.loads((BUILD / "index.json").read_bytes())["jobs"]
    return {job_id: json.loads((BUILD / f"{job_id}.json").read_bytes()) for job_id in jobs}


def edit(root: Path, seed: int) -> list[str]:
    """Some edits of some files, a job that goes, one that comes, and one that moves."""
    pick = random.Random(seed)
    done = []
    for pattern, old, new in pick.sample(EDITS, 5):
        files = [path for path in sorted(root.glob(pattern)) if old in path.read_text("utf-8")]
        for path in pick.sample(files, min(len(files), pick.choice((1, 3, 99)))):
            path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
            done.append(f"{path.name}: {old}")
    jobs = sorted(root.glob("jobs/**/*.yaml"))
    goes, moves, copied = pick.sample(jobs, 3)
    goes.unlink()
    moves.rename(moves.with_name("moved.yaml"))
    text = copied.read_text("utf-8")
    table = text.partition("  table: ")[2].partition("\n")[0]
    copied.with_name("new.yaml").write_text(text.replace(table, "brand_new"), "utf-8")
    return done


@pytest.mark.parametrize("seed", range(8))
def test_the_diff_of_random_edits_makes_the_new_manifests_of_the_old(project: Path, seed: int) -> None:
    before = trees()
    done = edit(project, seed)
    told = compared(Request(()), BUILD, "HEAD", None)
    assert told.diff is not None, told.diagnostics
    compile_now()
    after = trees()
    shape = shape_of(told.diff)
    assert applied(before, shape) == after, done
    assert {job["how"] for job in shape["jobs"]} >= {"added", "removed", "renamed"}
    causes = {change["cause"]["kind"] for job in shape["jobs"] for change in job["changes"]}
    assert "unknown" not in causes and "stale" not in causes, done


@pytest.mark.parametrize("seed", range(3))
def test_three_ways_to_the_same_comparison(project: Path, tmp_path: Path, seed: int) -> None:
    """Two revisions tell what a revision and the sources tell; build folders tell the same, but for causes."""
    edit(project, seed)
    sources = shape_of(diff_of(compared(Request(()), BUILD, "main", None)))
    os.rename(BUILD, tmp_path / "old")
    compile_now()
    commit(project, "after")
    revisions = shape_of(diff_of(compared(Request(()), BUILD, "HEAD~1", "HEAD")))
    folders = shape_of(diff_of(compared(Request(()), BUILD, str(tmp_path / "old"), "build")))
    assert revisions["jobs"] == sources["jobs"]
    assert revisions["groups"] == sources["groups"]
    assert [bare(job) for job in folders["jobs"]] == [bare(job) for job in sources["jobs"]]


def bare(job: dict[str, Any]) -> dict[str, Any]:
    leave = {"cause", "set_by_old", "set_by_new"}
    return {**job, "changes": [{k: v for k, v in c.items() if k not in leave} for c in job["changes"]]}


def diff_of(told: Compared) -> Any:
    assert told.diff is not None
    return told.diff


def test_nothing_is_written_and_no_file_of_git_is_touched(project: Path) -> None:
    edit(project, 1)
    before = {path: path.stat().st_mtime_ns for path in project.rglob("*")}
    status = git(project, "status", "--porcelain")
    compared(Request(()), BUILD, None, None)
    compared(Request(()), BUILD, "HEAD", "main")
    assert {path: path.stat().st_mtime_ns for path in project.rglob("*") if ".git" not in path.parts} == {
        path: when for path, when in before.items() if ".git" not in path.parts
    }
    assert git(project, "status", "--porcelain") == status


def test_a_side_compiled_against_itself_keeps_no_bytes(project: Path) -> None:
    then = folder(BUILD)
    made = compiled(Request(()), then.sums).manifests
    assert made.sums == then.sums
    with pytest.raises(KeyError):
        made.data(next(iter(then.sums)))


def test_the_project_may_lie_below_the_repository(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The names of files are those of the project, wherever it lies in its repository."""
    outer = project.parent
    (project / ".git").rename(outer / ".git")
    commit(outer, "moved down")
    monkeypatch.chdir(project / "jobs")
    told = compared(Request(()), Path("../build"), None, None)
    assert told.diff is not None and not told.diff.jobs and told.diff.before == JOBS
    monkeypatch.chdir(outer)
    told = compared(Request((), project=Path("project")), Path("project/build"), "HEAD", None)
    assert told.diff is not None and not told.diff.jobs and told.diff.before == JOBS


def test_a_repository_of_sha_256_names_tells_the_same(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(project, 2)
    wanted = shape_of(diff_of(compared(Request(()), BUILD, "HEAD", None)))
    os.rename(project / ".git", project.parent / "sha1")
    kept = project.rename(project.parent / "edited")
    git(project.parent, "clone", "-q", str(project.parent / "sha1"), "project")
    shutil.rmtree(project / ".git")
    git(project, "init", "-q", "--object-format=sha256", "--initial-branch=main", "--template=")
    commit(project, "before")
    os.rename(project / ".git", kept / ".git")
    monkeypatch.chdir(kept)
    told = shape_of(diff_of(compared(Request(()), BUILD, "HEAD", None)))
    assert told["jobs"] == wanted["jobs"] and told["groups"] == wanted["groups"]


def test_ranks_are_told_the_worst_first(project: Path) -> None:
    edit(project, 3)
    diff = diff_of(compared(Request(()), BUILD, None, None))
    order = [RANKS.index(group.rank) for group in diff.groups]
    assert order == sorted(order) and len(set(order)) > 1
