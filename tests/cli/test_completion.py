"""Completion, asked as a shell asks: words and cursor in the environment, one suggestion a line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.project import ROOT, make
from tests.test_budget import SDKS

PROGRAM = "import sys; sys.argv = [{name!r}]; from dativo_compile.cli.{module} import main; main()"


def asked(folder: Path, line: str, how: str = "complete_bash") -> list[str]:
    """What is suggested for the last word of a line, which may be empty."""
    name, module = ("dativo", "main") if line.startswith("dativo ") else ("dativo-compile", "compile")
    words = line.split(" ")
    settings = {
        f"_{name.replace('-', '_').upper()}_COMPLETE": how,
        "COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1),
        "_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }  # fmt: skip
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(name=name, module=module)],
        cwd=folder, env=os.environ | settings | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.stderr == ""
    return [row for row in ran.stdout.splitlines() if row]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make(tmp_path / "shop")


def test_commands_and_options_are_completed(project: Path) -> None:
    assert asked(project, "dativo sch") == ["schema"]
    assert "explain" in asked(project, "dativo ")
    assert asked(project, "dativo fmt --ch") == ["--check"]
    assert asked(project, "dativo-compile --keep") == ["--keep-going"]
    assert asked(project, "dativo-compile --format j") == ["json"]


def test_kinds_codes_and_jobs_are_completed(project: Path) -> None:
    assert asked(project, "dativo schema jo") == ["job"]
    assert asked(project, "dativo explain DC400")[:2] == ["DC4001", "DC4002"]
    assert asked(project, "dativo explain output-unk") == ["output-unknown"]
    assert asked(project, "dativo why acme/") == ["acme/orders"]
    assert asked(project, "dativo why nothing") == []
    assert asked(project, "dativo init --provider a") == ["aws", "azure"]


def test_a_broken_project_is_no_reason_for_a_message(project: Path) -> None:
    (project / "dativo.yaml").write_text("jobs: [")
    assert asked(project, "dativo why ac") == ["acme/orders"]
    assert asked(project.parent, "dativo why ac") == []


@pytest.mark.parametrize("how", ["complete_zsh", "complete_fish"])
def test_other_shells_are_answered_too(project: Path, how: str) -> None:
    assert any("manifest" in row for row in asked(project, "dativo schema manif", how))


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_a_shell_is_shown(shell: str, project: Path) -> None:
    program = PROGRAM.format(name="dativo", module="main").replace("]", f", '--show-completion', {shell!r}]", 1)
    ran = subprocess.run(
        [sys.executable, "-c", program],
        cwd=project, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert "_DATIVO_COMPLETE" in ran.stdout


def test_an_answer_loads_no_sdk(project: Path) -> None:
    program = PROGRAM.format(name="dativo", module="main")
    settings = {"_DATIVO_COMPLETE": "complete_bash", "COMP_WORDS": "dativo schema ", "COMP_CWORD": "2"}
    listing = "import atexit, sys; atexit.register(lambda: print(*sys.modules, file=sys.stderr)); "
    ran = subprocess.run(
        [sys.executable, "-c", listing + program],
        cwd=project, env=os.environ | settings | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert {name.partition(".")[0] for name in ran.stderr.split()} & (SDKS | {"jsonschema_rs", "yaml"}) == set()
