"""A project that lives: what each commit of fixtures/history means, and which jobs it reaches."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.cli.project import command
from tools.history import git
from tools.story import STORY, Step, apply, main, steps, tell

STEPS = steps()
LATER = STEPS[1:]
RISKS = {risk for step in STEPS for risk in step.diff.values()}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    folder = tmp_path_factory.mktemp("story")
    return folder, tell(folder, STEPS)


@pytest.fixture
def clone(told: tuple[Path, list[str]], tmp_path: Path) -> Path:
    git(tmp_path, "clone", "--quiet", str(told[0]), "clone")
    return tmp_path / "clone"


def asked(folder: Path, *args: str, code: int = 0) -> Any:
    ran = command(folder, *args, "--format", "json")
    assert ran.returncode == code, ran.stderr
    return json.loads(ran.stdout)


def test_the_same_steps_give_the_same_commits(told: tuple[Path, list[str]], tmp_path: Path) -> None:
    """Of another folder, by the command that a person uses."""
    assert main([str(tmp_path / "again")]) == 0
    assert git(tmp_path / "again", "log", "--reverse", "--format=%H").split() == told[1]
    assert git(tmp_path / "again", "status", "--porcelain") == ""


def test_the_story_has_every_risk_and_quiet_days() -> None:
    assert {"breaking", "data", "compliance", "routine"} == RISKS
    assert [step.name for step in LATER if not step.diff and not step.affected] != []
    assert [step.number for step in STEPS] == list(range(1, len(STEPS) + 1))


@pytest.mark.parametrize("step", LATER, ids=lambda step: step.name)
def test_a_commit_is_told_by_its_kinds_of_change(step: Step, told: tuple[Path, list[str]]) -> None:
    folder, commits = told
    found = asked(folder, "diff", commits[step.number - 2], commits[step.number - 1])
    changes = [change for group in found["groups"] for change in group["changes"] if not change["follows"]]
    assert {change["kind"]: change["rank"] for change in changes} == step.diff
    assert found["rank"] == next((risk for risk in found["summary"]["ranks"] if risk in step.diff.values()), None)
    if step.compile and step.diff and step.affected:
        assert {job["job"] for job in found["jobs"]} == step.affected.keys()


@pytest.mark.parametrize("step", LATER, ids=lambda step: step.name)
def test_a_commit_reaches_its_jobs(step: Step, told: tuple[Path, list[str]], clone: Path) -> None:
    """Once committed, and before that."""
    commits = told[1]
    git(clone, "checkout", "--quiet", commits[step.number - 1])
    assert reached(clone, "HEAD~1") == step.affected
    assert reached(clone, "HEAD") == {}
    git(clone, "checkout", "--quiet", commits[step.number - 2])
    apply(clone, step)
    assert reached(clone, "HEAD") == step.affected


def reached(folder: Path, since: str) -> dict[str, str]:
    return {job["job"]: job["how"] for job in asked(folder, "affected", "--since", since)["jobs"]}


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_a_commit_is_checked_without_a_state(step: Step, told: tuple[Path, list[str]], clone: Path) -> None:
    """The one that forgot to compile fails, and no other."""
    git(clone, "checkout", "--quiet", told[1][step.number - 1])
    for state in clone.rglob("*.tfstate"):
        state.unlink()
    assert command(clone, "check", "--locked").returncode == (0 if step.compile else 3)


def test_the_whole_story_is_breaking(told: tuple[Path, list[str]]) -> None:
    folder, commits = told
    ran = command(folder, "diff", commits[0], "HEAD", "--fail-on", "breaking")
    assert ran.returncode == 3
    assert "a dropped column" in ran.stdout and "serial 41 -> 4" in ran.stdout


def test_a_step_that_fits_nowhere_is_refused(tmp_path: Path) -> None:
    tell(tmp_path, STEPS[:1])
    wrong = Step(STORY / "00-wrong", "Wrong", replace=[{"file": "dativo.yaml", "old": "nothing", "new": ""}])
    with pytest.raises(ValueError, match="00-wrong: `nothing` stands 0 times in"):
        apply(tmp_path, wrong)


def test_a_step_that_does_not_compile_is_refused(tmp_path: Path) -> None:
    wrong = Step(STORY / "00-wrong", "Wrong", replace=[{"file": "dativo.yaml", "old": "jobs: jobs", "new": "jbos: x"}])
    tell(tmp_path, STEPS[:1])
    with pytest.raises(ValueError, match="00-wrong does not compile"):
        tell(tmp_path, [wrong])
    assert git(tmp_path, "rev-list", "--count", "HEAD").strip() == "1"


def test_what_is_committed_is_what_a_user_would_commit(told: tuple[Path, list[str]]) -> None:
    names = git(told[0], "ls-files").splitlines()
    assert "dativo.lock.json" in names and "build/index.json" in names and ".gitattributes" in names
    assert [name for name in names if ".provenance" in name] == []
    shown = subprocess.run(
        ["git", "check-attr", "linguist-generated", "--", "build/acme/customers.json"],
        cwd=told[0], capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert shown.rstrip().endswith(": true") or shown.rstrip().endswith(": set")
