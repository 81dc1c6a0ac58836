"""The `.gitattributes` that `dativo init` writes: what git makes of a build when two branches meet."""

from __future__ import annotations

import json
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest

from tests.cli.project import command
from tools.history import commit, git
from tools.story import steps, tell

CONNECTOR = Path("connectors/stripe.yaml")
CUSTOMERS = Path("build/acme/customers.json")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Four jobs of two tenants; a branch `other` begins here."""
    tell(tmp_path, steps()[:2])
    git(tmp_path, "branch", "other")
    return tmp_path


def change(project: Path, branch: str, name: str, old: str, new: str) -> None:
    """Compiled and committed on the branch."""
    git(project, "switch", "--quiet", branch)
    text = (project / name).read_text("utf-8")
    assert old in text
    (project / name).write_text(text.replace(old, new), "utf-8")
    assert command(project, "compile", "--locked").returncode == 0
    commit(project, f"Change {name}")


def merged(project: Path) -> list[str]:
    """Files in conflict after `git merge` of the two branches."""
    git(project, "switch", "--quiet", "main")
    with suppress(subprocess.CalledProcessError):
        git(project, "merge", "--quiet", "--no-edit", "other")
    return git(project, "diff", "--name-only", "--diff-filter=U").splitlines()


def test_other_jobs_merge_by_themselves(project: Path) -> None:
    change(project, "main", "jobs/acme/charges.yaml", "raw/charges", "raw/payments")
    change(project, "other", "jobs/globex/customers.yaml", "raw/customers", "raw/people")
    assert merged(project) == []
    assert command(project, "check", "--locked").returncode == 0


def test_one_manifest_of_two_branches_is_a_conflict_without_a_mix_of_lines(project: Path) -> None:
    """Compiling solves it: whatever stands there, the sources say what is right."""
    change(project, "main", "jobs/acme/customers.yaml", "raw/customers", "raw/people")
    change(project, "other", "jobs/acme/customers.yaml", "cost_center: DATA-001", "cost_center: DATA-002")
    assert str(CUSTOMERS) in merged(project)
    assert json.loads((project / CUSTOMERS).read_text("utf-8"))["tags"]["cost_center"] == "DATA-001"
    git(project, "checkout", "--quiet", "--ours", "build/index.json")
    assert command(project, "compile", "--locked").returncode == 0
    git(project, "add", "build")
    git(project, "commit", "--quiet", "--no-edit")
    assert command(project, "check", "--locked").returncode == 0
    manifest = json.loads((project / CUSTOMERS).read_text("utf-8"))
    assert manifest["tags"]["cost_center"] == "DATA-002" and manifest["target"]["location"].endswith("raw/people")


def test_bytes_stay_whatever_a_machine_does_with_line_ends(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    there = tmp_path_factory.mktemp("clone") / "project"
    git(
        project,
        "-c",
        "core.autocrlf=true",
        "clone",
        "--quiet",
        "--config",
        "core.autocrlf=true",
        str(project),
        str(there),
    )
    git(there, "-c", "core.autocrlf=true", "checkout", "--quiet", "--force", "main")
    assert b"\r\n" in (there / CONNECTOR).read_bytes()
    assert (there / CUSTOMERS).read_bytes() == (project / CUSTOMERS).read_bytes()
    assert (there / "dativo.lock.json").read_bytes() == (project / "dativo.lock.json").read_bytes()
