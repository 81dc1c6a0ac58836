"""`dativo schema`: the published schemas, offline."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dativo_compile.cli.main import app
from dativo_compile.validation.load import FILES

runner = CliRunner()
SCHEMAS = Path(__file__).resolve().parents[2] / "schemas"


@pytest.mark.parametrize("kind", FILES)
def test_a_schema_is_printed_as_it_is_published(kind: str) -> None:
    ran = runner.invoke(app, ["schema", kind])
    assert ran.exit_code == 0
    assert ran.stdout == (SCHEMAS / f"{kind}.schema.json").read_text("utf-8")
    assert json.loads(ran.stdout)["$id"].endswith(f"/{kind}.schema.json")


@pytest.mark.parametrize("args", [[], ["--list"]])
def test_all_kinds_are_listed_with_a_line_of_what_they_are(args: list[str]) -> None:
    lines = runner.invoke(app, ["schema", *args]).stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(FILES)
    assert all(len(line.split()) > 4 for line in lines)


def test_an_unknown_kind_is_told_the_closest() -> None:
    ran = runner.invoke(app, ["schema", "jobs"])
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert ran.stderr == "error: there is no schema of `jobs`\n  = help: did you mean `job`?\n"


def test_one_or_all() -> None:
    assert runner.invoke(app, ["schema", "job", "--list"]).exit_code == 2
