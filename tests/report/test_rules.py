"""The list of rules, for a screen, a program and a page."""

from __future__ import annotations

import json

from dativo_compile.diagnostics.code import Code
from dativo_compile.report.paint import Paint
from dativo_compile.report.rules import render, render_json, render_markdown
from dativo_compile.review.rules import Rule

TEXT = "what it means"
RULES = (
    Rule(Code("DC4001", "output-unknown", "error", "no output `{name}`", TEXT, guarded=True), "error"),
    Rule(Code("DC6004", "repeated", "warning", "it is {so}", TEXT), "off"),
    Rule(Code("DC6005", "idle", "note", "idle", TEXT, source="https://docs.example/tags#idle"), "note"),
)


def test_text_has_a_heading_for_each_step_and_columns() -> None:
    assert render(RULES, Paint()) == (
        "Output mapping\n"
        "  DC4001  error, guarded  output-unknown\n"
        "\n"
        "Tags\n"
        "  DC6004  warning -> off  repeated\n"
        "  DC6005  note            idle            https://docs.example/tags#idle\n"
    )


def test_colour_changes_no_column() -> None:
    line = render(RULES, Paint(on=True)).splitlines()[1]
    assert line == "  DC4001  \033[1;31merror, guarded\033[0m  output-unknown"


def test_json_has_what_a_code_weighs_by_itself_and_here() -> None:
    lines = [json.loads(line) for line in render_json(RULES).splitlines()]
    assert [(d["code"], d["default"], d["severity"], d["guarded"], d["source"]) for d in lines] == [
        ("DC4001", "error", "error", True, None),
        ("DC6004", "warning", "off", False, None),
        ("DC6005", "note", "note", False, "https://docs.example/tags#idle"),
    ]
    assert [(d["step"], d["summary"]) for d in lines[:2]] == [
        ("Output mapping", "no output `...`"),
        ("Tags", "it is ..."),
    ]


def test_markdown_is_a_table_for_each_step() -> None:
    assert render_markdown(RULES[1:]) == (
        "## Tags\n\n"
        "| Code | Name | Severity | Source |\n"
        "|---|---|---|---|\n"
        "| DC6004 | repeated | warning -> off | |\n"
        "| DC6005 | idle | note | [docs.example](https://docs.example/tags#idle) |\n"
    )
    assert "| [DC4001](DC4001.md) | output-unknown | error, guarded | |\n" in render_markdown(RULES, linked=True)


def test_nothing_is_no_text() -> None:
    assert (render((), Paint()), render_json(()), render_markdown(())) == ("", "", "")
