"""What a commit would lack: compared with git's index, which may be another one than the repository's."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dativo_compile.cli.main import app
from dativo_compile.report.closing import missing_listed
from tests.cli.project import CALL, ROOT, edit, make
from tools.history import commit, git

MANIFEST = "build/acme/orders.json"
runner = CliRunner()


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Compiled and committed, as a user would."""
    folder = make(tmp_path / "shop")
    monkeypatch.chdir(folder)
    monkeypatch.delenv("GIT_INDEX_FILE", raising=False)
    assert runner.invoke(app, ["compile"]).exit_code == 0
    (folder / ".gitignore").write_text(".provenance/\n.dativo/\n", "utf-8")
    commit(folder, "Start")
    return folder


def hook(*args: str) -> tuple[int, list[str], str]:
    """Exit code, the files that were named, and all that was said."""
    ran = runner.invoke(app, ["hook", *args])
    assert ran.stdout == ""
    return ran.exit_code, [line.strip() for line in ran.stderr.splitlines() if line.startswith("  build")], ran.stderr


def test_what_is_committed_is_fine(project: Path) -> None:
    assert hook()[:2] == (0, [])


def test_what_is_compiled_must_be_added(project: Path) -> None:
    edit(project, "prefix: raw/orders", "prefix: raw/sales")
    wanted = [MANIFEST, "build/index.json"]
    assert hook()[:2] == (3, wanted)
    assert hook()[:2] == (3, wanted), "compiled by now, and not added yet"
    git(project, "add", "build")
    assert hook()[:2] == (0, [])


def test_a_manifest_that_git_does_not_know_is_lacking(project: Path) -> None:
    git(project, "rm", "--quiet", "--cached", MANIFEST)
    assert hook()[:2] == (3, [MANIFEST])


def test_a_manifest_that_went_is_to_be_added_too(project: Path) -> None:
    shutil.copyfile("jobs/acme/orders.yaml", "jobs/acme/sales.yaml")
    for old, new in (("asset: orders", "catalog: {table_name: sales}\nasset: orders"), ("raw/orders", "raw/sales")):
        edit(project, old, new, Path("jobs/acme/sales.yaml"))
    assert runner.invoke(app, ["compile"]).exit_code == 0
    commit(project, "Two")
    (project / "jobs/acme/sales.yaml").unlink()
    assert hook()[:2] == (3, ["build/acme/sales.json", "build/index.json"])


def test_the_index_of_the_commit_is_asked(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As `git commit --all` gives one to its hooks; here one that has nothing."""
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "empty"))
    assert hook()[:2] == (3, [MANIFEST, "build/index.json"])


def test_it_is_a_hook_of_git_as_it_is(project: Path) -> None:
    """`git commit --all`, with nothing between git and the command."""
    script = project / ".git/hooks/pre-commit"
    script.parent.mkdir(exist_ok=True)
    script.write_text(f"#!/bin/sh\nexec '{sys.executable}' -c \"{CALL.format(root=str(ROOT))}\" hook\n", "utf-8")
    script.chmod(0o700)
    edit(project, "prefix: raw/orders", "prefix: raw/sales")
    with pytest.raises(subprocess.CalledProcessError) as stopped:
        git(project, "commit", "--quiet", "--all", "--message", "Move")
    assert f"  {MANIFEST}\n" in stopped.value.stderr
    git(project, "commit", "--quiet", "--all", "--message", "Move")
    assert "raw/sales" in git(project, "show", f"HEAD:{MANIFEST}")


def test_it_compiles_from_the_lock_alone(project: Path) -> None:
    shutil.rmtree(project / "terraform")
    assert hook()[:2] == (0, [])


def test_an_error_writes_nothing(project: Path) -> None:
    edit(project, "bucket_name:", "bukket_name:")
    code, _, said = hook()
    assert code == 1 and "bukket_name" in said
    assert git(project, "status", "--porcelain") == " M jobs/acme/orders.yaml\n"


def test_provenance_that_is_not_ignored_is_explained(project: Path) -> None:
    (project / ".gitignore").unlink()
    code, named, said = hook()
    assert (code, named) == (3, ["build/.provenance/acme/orders.json"])
    assert "write `build/.provenance/` into .gitignore" in said


def test_without_git_it_is_a_wrong_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(make(tmp_path / "shop"))
    code, _, said = hook()
    assert (code, Path("build").exists()) == (2, False)
    assert said.startswith("error: this is no git repository\n") and "`dativo check`" in said


def test_a_build_folder_of_another_repository_is_a_wrong_call(project: Path, tmp_path: Path) -> None:
    code, _, said = hook("--output", str(tmp_path / "elsewhere"))
    assert (code, (tmp_path / "elsewhere").exists()) == (2, False)
    assert "is outside repository" in said


def test_a_long_list_is_a_screen() -> None:
    told = missing_listed([f"build/{number:04}.json" for number in range(1000)])
    assert told.count("\n") < 25
    assert "1,000 files are not staged" in told and "and 980 more" in told
