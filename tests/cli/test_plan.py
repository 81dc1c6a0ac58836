"""`dativo plan` as a shell sees it: calls that cannot mean anything, standard input, exit codes, nothing written."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.cli.project import command, make
from tests.terraform.plans.documents import change, plan

WORKSPACE = "acme-dev"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = make(tmp_path / "shop")
    (folder / "plan.json").write_bytes(moving(folder))
    return folder


def outputs(folder: Path) -> dict[str, dict[str, object]]:
    (state,) = folder.rglob("*.tfstate")
    found: dict[str, dict[str, object]] = json.loads(state.read_text("utf-8"))["outputs"]
    return found


def moving(folder: Path, bucket: str = "acme-lake-eu") -> bytes:
    """A plan that gives the bucket another name."""
    said = {name: output["value"] for name, output in outputs(folder).items()}
    return plan({name: change(value, bucket if name == "bucket_name" else value) for name, value in said.items()})


def files(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file() and ".git" not in path.parts}


def test_a_preview_leaves_with_0_and_writes_nothing(project: Path) -> None:
    before = files(project)
    ran = command(project, "plan", "--tf-plan", "plan.json")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith("plan.json: 1 output changes\n  ~ bucket_name: ")
    assert files(project) == before


@pytest.mark.parametrize(("rank", "code"), [("breaking", 0), ("data", 3), ("compliance", 3), ("routine", 3)])
def test_fail_on(project: Path, rank: str, code: int) -> None:
    assert command(project, "plan", "--tf-plan", "plan.json", "--fail-on", rank).returncode == code


def test_a_plan_through_a_pipe(project: Path) -> None:
    data = (project / "plan.json").read_text("utf-8")
    for text in ("-", f"{WORKSPACE}=-"):
        ran = command(project, "plan", "--tf-plan", text, input=data)
        assert (ran.returncode, ran.stderr) == (0, "")
        assert ran.stdout.startswith("standard input: 1 output changes\n")


def test_a_plan_that_lies_elsewhere_is_called_by_its_name_alone(project: Path) -> None:
    (project / "plan.json").rename(project.parent / "elsewhere.json")
    ran = command(project, "plan", "--tf-plan", str(project.parent / "elsewhere.json"))
    assert ran.stdout.startswith("elsewhere.json: 1 output changes\n")
    assert str(project.parent) not in ran.stdout + ran.stderr


def test_paths_narrow_the_jobs(project: Path) -> None:
    ran = command(project, "plan", "jobs/acme", "--tf-plan", f"{WORKSPACE}=plan.json", "--format", "json")
    told = json.loads(ran.stdout)
    assert told["diff"]["summary"]["after"] == 1
    assert [each["output"] for each in told["outputs"]] == ["bucket_name"]


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ([], "Missing option '--tf-plan'"), (["--tf-plan", "nope.json"], "the plan file `nope.json` does not exist"),
        (["--tf-plan", "https://x.example/plan.json"], "is no file"),
        (["--tf-plan", "=plan.json"], "names no workspace"), (["--tf-plan", "a="], "names no file"),
        (["--tf-plan", "jobs"], "cannot be read: is a directory"),
        (["--tf-plan", "a=plan.json", "--tf-plan", "a=plan.json"], "is given twice"),
        (["--tf-plan", "plan.json", "--tf-plan", "plan.json"], "more than one `--tf-plan FILE`"),
        (["--tf-plan", "-", "--tf-plan", "a=-"], "can stand for one plan only"),
        (["--tf-plan", "-", "--state", f"{WORKSPACE}=-"], "cannot be a plan and a state"),
        (["--tf-plan", "plan.json", "--locked", "--state", "a=plan.json"], "`--locked` reads no state"),
        (["--tf-plan", "plan.json", "--project", "nope"], "there is no folder `nope`"),
    ],
)  # fmt: skip
def test_calls_that_cannot_mean_anything(project: Path, args: list[str], words: str) -> None:
    ran = command(project, "plan", *args, input="{}")
    assert ran.returncode == 2, ran
    assert words in ran.stderr
    assert ran.stdout == ""


def test_a_named_pipe_is_not_waited_for(project: Path) -> None:
    os.mkfifo(project / "pipe")
    ran = command(project, "plan", "--tf-plan", "pipe", timeout=60)
    assert (ran.returncode, "it is not a regular file" in ran.stderr) == (2, True)


def test_a_project_that_cannot_be_used(project: Path) -> None:
    (project / "dativo.yaml").write_text("jobs: [", "utf-8")
    ran = command(project, "plan", "--tf-plan", "plan.json")
    assert ran.returncode == 1
    assert ran.stderr.endswith("error: nothing was compared\n")
    assert ran.stdout == ""
