"""`--terraform` with the real one: the outputs of the right workspace, and nothing is changed or made."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.terraform.test_hcl import BAD, GOOD
from tools import terraform

ROOT = Path(__file__).resolve().parent.parent.parent
FIXTURE = ROOT / "fixtures" / "quickstart"
MODULE = "terraform/aws/dativo-etl"


@pytest.fixture
def path(tmp_path: Path) -> str:
    return terraform.put_on_path(tmp_path / "bin")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FIXTURE, tmp_path / "project"))


def compiled(project: Path, path: str, *args: str, **settings: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from dativo_compile.cli.compile import main; main()", "jobs", *args]
    environment = os.environ | {"PATH": path, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"} | settings
    return subprocess.run(
        command, cwd=project, env=environment, capture_output=True, text=True, check=False, timeout=120
    )


def contents(folder: Path) -> dict[str, str]:
    """Every file and folder below, with its bytes and mode."""
    found = {}
    for entry in sorted(folder.rglob("*")):
        data = b"" if entry.is_dir() else entry.read_bytes()
        found[entry.relative_to(folder).as_posix()] = (
            f"{stat.filemode(entry.stat().st_mode)} {hashlib.sha256(data).hexdigest()}"
        )
    return found


def test_what_terraform_says_makes_the_same_manifests(project: Path, path: str) -> None:
    before = contents(project / MODULE)
    assert compiled(project, path, "-o", "read").returncode == 0
    ran = compiled(project, path, "-o", "asked", "--terraform", TF_WORKSPACE="typo")
    assert ran.returncode == 0, ran.stderr
    for name in ("acme/stripe_customers.json", "index.json"):
        assert (project / "asked" / name).read_bytes() == (project / "read" / name).read_bytes()
    assert contents(project / MODULE) == before


def test_a_mistyped_workspace_is_refused_and_nothing_is_made(project: Path, path: str) -> None:
    job = project / "jobs" / "acme" / "stripe_customers.yaml"
    job.write_text(job.read_text().replace("workspace: acme-prod", "workspace: acme-prd"))
    before = contents(project)
    ran = compiled(project, path, "-o", "build", "--terraform", "--format", "json")
    assert ran.returncode == 1
    (said,) = [json.loads(line) for line in ran.stdout.splitlines()]
    assert (said["code"], said["help"]) == ("DC3001", "did you mean `acme-prod`?")
    assert contents(project) == before


def test_the_trap_is_real(project: Path, path: str) -> None:
    """Were it not, `workspace list` could go."""
    terraform.run(project / MODULE, "output", "-json", TF_WORKSPACE="typo")
    assert (project / MODULE / "terraform.tfstate.d" / "typo").is_dir()


def test_a_selected_workspace_stays_selected_and_does_not_count(project: Path, path: str) -> None:
    folder = project / MODULE
    terraform.run(folder, "workspace", "new", "-no-color", "other")
    before = contents(folder)
    ran = compiled(project, path, "-o", "build", "--terraform")
    assert ran.returncode == 0, ran.stderr
    assert contents(folder) == before
    assert (folder / ".terraform" / "environment").read_text() == "other"


def test_a_module_that_is_not_initialised_is_told_apart(project: Path, path: str) -> None:
    (project / MODULE / "backend.tf").write_text(
        'terraform {\n  backend "http" {\n    address = "http://127.0.0.1:9/"\n  }\n}\n'
    )
    before = contents(project)
    ran = compiled(project, path, "-o", "build", "--terraform", "--format", "json")
    assert [json.loads(line)["code"] for line in ran.stdout.splitlines()] == ["DC3071"]
    assert contents(project) == before


@pytest.mark.parametrize("text", [text for text in BAD if not text.startswith(("a = 1", "resource"))])
def test_what_we_refuse_terraform_refuses(text: str, tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(text)
    with pytest.raises(SystemExit):
        terraform.run(tmp_path, "validate", "-no-color")


@pytest.mark.parametrize("expression", GOOD)
def test_what_we_take_for_an_expression_terraform_takes_for_one(expression: str, tmp_path: Path) -> None:
    """`fmt` reads a file for its form alone: the names in it need not exist."""
    (tmp_path / "main.tf").write_text(f"locals {{\n  x = {expression}\n}}\n")
    terraform.run(tmp_path, "fmt", "-no-color")
