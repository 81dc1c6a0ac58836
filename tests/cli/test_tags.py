"""`dativo tags`: what goes where, exit codes, and calls that mean nothing."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.cli.project import command, edit, make

EXPORT = ("tags", "export", "--for", "aws")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make(tmp_path / "shop")


def test_standard_output_has_the_values_alone(project: Path) -> None:
    ran = command(project, *EXPORT, "--format", "json")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert json.loads(ran.stdout)["tags"]["TenantId"] == "acme"


def test_a_file_is_written_once_and_then_left_alone(project: Path) -> None:
    file = project / "acme.auto.tfvars"
    first = command(project, *EXPORT, "-o", file.name)
    assert (first.returncode, first.stdout, first.stderr) == (0, "", "acme.auto.tfvars: written\n")
    before = file.stat()
    assert command(project, *EXPORT, "-o", file.name).stderr == "acme.auto.tfvars: unchanged\n"
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    same = command(project, *EXPORT, "-o", file.name, "--check")
    assert (same.returncode, same.stderr) == (0, "acme.auto.tfvars is up to date\n")
    edit(project, "cost_center: DATA-001", "cost_center: DATA-002")
    assert command(project, *EXPORT, "-o", file.name, "--check").returncode == 3
    assert sorted(path.name for path in project.iterdir() if "tfvars" in path.name) == [file.name]


def test_with_an_error_the_file_stays_as_it_was(project: Path) -> None:
    (project / "acme.tfvars").write_text("tags = {}\n")
    edit(project, "cost_center: DATA-001", "cost_center: 1.10")
    ran = command(project, *EXPORT, "-o", "acme.tfvars")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "error[DC6001]" in ran.stderr
    assert (project / "acme.tfvars").read_text() == "tags = {}\n"


def test_a_link_stays_a_link(project: Path) -> None:
    (project / "real").mkdir()
    os.symlink("real/acme.tfvars", project / "acme.tfvars")
    assert command(project, *EXPORT, "-o", "acme.tfvars").returncode == 0
    assert (project / "acme.tfvars").is_symlink()
    assert "TenantId" in (project / "real/acme.tfvars").read_text()


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ([*EXPORT, "--check"], "`--check` without a file"),
        ([*EXPORT, "--name", "a-b"], "`a-b` is no name of a variable"),
        ([*EXPORT, "--environment", "prd"], "no job has the environment `prd`"),
        ([*EXPORT, "-o", "nowhere/acme.tfvars"], "`nowhere/acme.tfvars` cannot be written: no such file or directory"),
        ([*EXPORT, "-o", "jobs"], "`jobs` cannot be read: is a directory"),
        (["tags", "export", "--for", "gcp"], "no job is on GCP"),
        (["tags", "drift", "--locked"], "`--locked` reads no state"),
        (["tags", "drift", "--properties", "nope.json"], "`nope.json` cannot be read"),
        (["tags", "drift", "--state", "acme-dev=nope"], "the state file `nope` does not exist"),
    ],
)
def test_a_call_that_means_nothing_says_so(project: Path, args: list[str], said: str) -> None:
    ran = command(project, *args)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith(f"error: {said}")
    assert "  = help: " in ran.stderr


def bucket(tags: dict[str, str]) -> str:
    attributes = {"arn": "arn:aws:s3:::acme-lake-dev", "id": "acme-lake-dev", "tags": tags, "tags_all": tags}
    block = {"mode": "managed", "type": "aws_s3_bucket", "name": "lake", "instances": [{"attributes": attributes}]}
    said = {"bucket_name": "acme-lake-dev", "bucket_region": "eu-central-1"}
    outputs = {name: {"value": value, "type": "string"} for name, value in said.items()}
    return json.dumps({"version": 4, "serial": 1, "lineage": "l", "outputs": outputs, "resources": [block]})


@pytest.mark.parametrize(("change", "code"), [({}, 0), ({"Owner": "somebody"}, 3)])
def test_a_state_may_come_through_a_pipe(project: Path, change: dict[str, str], code: int) -> None:
    exported = json.loads(command(project, *EXPORT, "--format", "json").stdout)["tags"]
    args = ("tags", "drift", "--state", "acme-dev=-", "--format", "json")
    ran = command(project, *args, input=bucket(exported | change))
    assert (ran.returncode, ran.stderr) == (code, "")
    rows = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [(row["source"], row["key"], row["real"]) for row in rows] == [
        ("standard input", key, value) for key, value in change.items()
    ]


def test_a_matrix_reads_states_or_the_lock(project: Path) -> None:
    assert command(project, "compile").returncode == 0
    for path in (project / "terraform").rglob("*.tfstate"):
        path.unlink()
    assert command(project, "tags", "matrix").returncode == 1
    ran = command(project, "tags", "matrix", "--locked", "--format", "csv", "--key", "cost_center")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout == "group,job,cost_center\nDATA-001,acme/orders,DATA-001\n"
