"""`dativo rules`, and which commands take which formats."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dativo_compile.cli.options import ReportFormat
from dativo_compile.registry import ALL_CODES
from dativo_compile.report import NAMES
from tests.cli.project import command, make


def test_all_rules_are_listed_by_id(tmp_path: Path) -> None:
    lines = command(tmp_path, "rules", "--format", "json").stdout.splitlines()
    assert [json.loads(line)["code"] for line in lines] == [code.id for code in ALL_CODES]


@pytest.mark.parametrize(
    ("prefix", "wanted"), [("DC190", "DC1901 DC1902 DC1903"), ("dc1901", "DC1901"), ("Severity-", "DC1901 DC1902")]
)
def test_a_prefix_is_that_of_ids_or_names(prefix: str, wanted: str, tmp_path: Path) -> None:
    lines = command(tmp_path, "rules", prefix, "--format", "json").stdout.splitlines()
    assert " ".join(json.loads(line)["code"] for line in lines) == wanted


def test_a_project_is_found_or_named(tmp_path: Path) -> None:
    project = tmp_path / "etl"
    (project / "jobs").mkdir(parents=True)
    (project / "dativo.yaml").write_text("severity: {DC1903: error}\n")
    line = "  DC1903  warning -> error  ignore-unused\n"
    assert line in command(project / "jobs", "rules", "DC1903").stdout
    assert line in command(tmp_path, "rules", "DC1903", "--project", "etl").stdout
    assert line not in command(tmp_path, "rules", "DC1903").stdout


def test_a_project_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "dativo.yaml").write_text("severity: [\n")
    ran = command(tmp_path, "rules", "DC1903")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "error[DC11" in ran.stderr


def test_a_prefix_of_nothing_is_a_wrong_call(tmp_path: Path) -> None:
    ran = command(tmp_path, "rules", "DX")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == "error: no diagnostic begins with `DX`\n  = help: `dativo rules` lists them all\n"


def test_a_report_can_be_had_in_every_format() -> None:
    assert tuple(ReportFormat) == NAMES


@pytest.mark.parametrize("format", ["sarif", "github", "markdwn"])
@pytest.mark.parametrize("args", [("why", "orders", "tags"), ("lock",), ("rules",)], ids=lambda args: args[0])
def test_a_format_that_makes_no_sense_is_a_wrong_call(args: tuple[str, ...], format: str, tmp_path: Path) -> None:
    ran = command(make(tmp_path), *args, "--format", format)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert f"'{format}' is not one of 'text', 'json'" in ran.stderr.replace("│", "")
