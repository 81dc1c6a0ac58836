"""`dativo init` writes a project that compiles at once, and harms no file."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from dativo_compile.cli.main import app
from dativo_compile.writing.starter import starter_files

runner = CliRunner()


def test_it_compiles_at_once_without_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = runner.invoke(app, ["init", str(tmp_path / "shop")])
    assert made.exit_code == 0
    assert f"cd {tmp_path / 'shop'}" in made.stdout
    monkeypatch.chdir(tmp_path / "shop")
    ran = runner.invoke(app, ["compile", "--strict"])
    assert ran.exit_code == 0
    assert ran.stderr.startswith("compiled 1 job: 1 new, 0 changed, 0 unchanged, 0 removed, in ")
    assert Path("build/acme/orders.json").exists()


def test_what_it_says_next_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runner.invoke(app, ["init", str(tmp_path)])
    monkeypatch.chdir(tmp_path)
    ran = runner.invoke(app, ["why", "acme/orders", "target.connection.s3.bucket"])
    assert ran.exit_code == 0
    assert ran.stdout.startswith('target.connection.s3.bucket = "acme-lake-dev"\n  from the output `bucket_name`')


def test_every_file_has_the_editor_line() -> None:
    for name, content in starter_files().items():
        if name.endswith(".yaml"):
            assert content.startswith(b"# yaml-language-server: $schema=https://dativo.io/schemas/"), name


def test_no_file_is_overwritten(tmp_path: Path) -> None:
    mine = tmp_path / "dativo.yaml"
    mine.write_text("jobs: mine\n")
    ran = runner.invoke(app, ["init", str(tmp_path)])
    assert ran.exit_code == 2
    assert "`dativo.yaml` already" in ran.stderr
    assert mine.read_text() == "jobs: mine\n"
    assert list(tmp_path.iterdir()) == [mine]


def test_files_for_git_that_are_there_stay(tmp_path: Path) -> None:
    """What they should have is told."""
    mine = tmp_path / ".gitignore"
    mine.write_text("*.log\n")
    ran = runner.invoke(app, ["init", str(tmp_path)])
    assert ran.exit_code == 0
    assert mine.read_text() == "*.log\n"
    assert f"left {mine} as it is; add to it:\n  build/.provenance/\n  .dativo/\n\nnext:" in ran.stdout
    assert (tmp_path / ".gitattributes").exists() and (tmp_path / "jobs/acme/orders.yaml").exists()


WRONG = {
    "": "give either DIR or `--from-state`",
    "shop --from-state x.json": "give either DIR or `--from-state`",
    "shop --tenant acme": "go with `--from-state`",
    "--from-state none.json --tenant acme": "the state file `none.json` does not exist",
    "--from-state jobs --tenant acme": "`jobs` is a folder",
    "--from-state terraform/lake --tenant acme": "give one of its states: `terraform/lake/terraform.",
    "--from-state {state}": "needs to know the tenant",
    "--from-state {state} --job {job} --tenant globex": "`--tenant` is `globex`, and the job's is `acme`",
    "--from-state {state} --job {job} --environment prod": "`--environment` is `prod`, and the job's is `dev`",
}


@pytest.mark.parametrize("line", WRONG)
def test_a_wrong_call_is_told_what_to_give(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runner.invoke(app, ["init", str(tmp_path)])
    monkeypatch.chdir(tmp_path)
    state = "terraform/lake/terraform.tfstate.d/acme-dev/terraform.tfstate"
    ran = runner.invoke(app, ["init", *line.format(state=state, job="jobs/acme/orders.yaml").split()])
    assert ran.exit_code == 2
    assert WRONG[line] in ran.stderr
    assert ran.stdout == ""


def test_a_file_in_place_of_the_folder_is_a_wrong_call(tmp_path: Path) -> None:
    (tmp_path / "shop").write_text("")
    ran = runner.invoke(app, ["init", str(tmp_path / "shop")])
    assert ran.exit_code == 2
    assert "cannot be written" in ran.stderr
