"""What a new user sees first: the help texts, and what is said to a call that cannot mean anything."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dativo_compile.cli.compile import app as compile_app
from dativo_compile.cli.main import app

runner = CliRunner()


def test_no_summary_of_a_command_is_cut() -> None:
    shown, commands = runner.invoke(app, ["--help"]).stdout, app.registered_commands
    summaries = shown.partition("Commands:\n")[2].splitlines()
    named = [each.name or each.callback.__name__ for each in commands]
    assert [line.split()[0] for line in summaries] == [*named, "tags"]
    assert [line for line in summaries if line.endswith("...")] == []


def test_no_summary_of_a_command_for_tags_is_cut() -> None:
    summaries = runner.invoke(app, ["tags", "--help"]).stdout.partition("Commands:\n")[2].splitlines()
    assert [line.split()[0] for line in summaries] == ["export", "drift", "matrix"]
    assert [line for line in summaries if line.endswith("...")] == []


def test_both_names_of_the_compiler_take_the_same_options() -> None:
    long, short = runner.invoke(app, ["compile", "--help"]).stdout, runner.invoke(compile_app, ["--help"]).stdout
    own = {"--install-completion", "--show-completion"}  # of the program `dativo-compile`, not of a command
    assert options(long) == options(short) - own
    assert len(options(long)) > 10


def options(help: str) -> set[str]:
    return set(re.findall(r"^ +(--[a-z-]+)", help, re.M))


@pytest.mark.parametrize("command", [["compile"], ["why", "acme/orders", "tags"]])
def test_a_project_that_is_no_folder_is_a_wrong_call(command: list[str], tmp_path: Path) -> None:
    ran = runner.invoke(app, [*command, "--project", str(tmp_path / "nope")])
    assert ran.exit_code == 2
    assert ran.stderr.startswith("error: there is no folder `")
    assert "the folder that holds `dativo.yaml`" in ran.stderr
