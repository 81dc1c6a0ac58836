"""`dativo explain`, offline."""

from __future__ import annotations

from typer.testing import CliRunner

from dativo_compile.cli.main import app
from dativo_compile.registry import ALL_CODES

runner = CliRunner()


def test_all_codes_are_listed() -> None:
    ran = runner.invoke(app, ["explain"])
    assert [line.split()[0] for line in ran.stdout.splitlines()] == [code.id for code in ALL_CODES]


def test_a_page_says_what_it_means() -> None:
    for name in ("DC9001", "dc9001", "internal-error"):
        ran = runner.invoke(app, ["explain", name])
        assert ran.exit_code == 0
        assert ran.stdout.startswith("# DC9001: internal-error\n\nSeverity: error. Guarded: it cannot be changed.\n")


def test_an_unknown_code_is_told_the_closest() -> None:
    ran = runner.invoke(app, ["explain", "DC9O01"])
    assert ran.exit_code == 2
    assert ran.stderr == "error: there is no diagnostic `DC9O01`\n  = help: did you mean `DC9001`?\n"


def test_every_page_can_be_printed() -> None:
    assert all(runner.invoke(app, ["explain", code.id]).exit_code == 0 for code in ALL_CODES)


def test_a_page_names_where_its_rule_is_published() -> None:
    published = [code for code in ALL_CODES if code.source]
    assert published
    for code in published:
        assert runner.invoke(app, ["explain", code.id]).stdout.endswith(f"\n\nSource: {code.source}\n")
