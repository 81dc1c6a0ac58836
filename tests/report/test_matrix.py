"""The table of tags in each layout: nothing is lost, and no value breaks out of its cell."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dativo_compile.report.matrix import render, render_csv, render_json, render_markdown
from dativo_compile.report.paint import Paint
from dativo_compile.review.tagging.matrix import Matrix, Row, matrix_of

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('",|`\n\r '), max_size=10)


def one(value: str | None, key: str = "owner") -> Matrix:
    tags = {} if value is None else {key: value}
    return matrix_of([Row("acme/orders", "acme", "prod", tags)], "tenant", [key])


@given(TEXTS)
def test_a_spreadsheet_has_the_value_as_it_is(value: str) -> None:
    rows = list(csv.reader(io.StringIO(render_csv(one(value)), newline=""), strict=True))
    assert rows == [["group", "job", "owner"], ["acme", "acme/orders", value]]


def test_an_empty_text_is_not_a_missing_tag() -> None:
    assert render_csv(one("")).splitlines()[1] == 'acme,acme/orders,""'
    assert render_csv(one(None)).splitlines()[1] == "acme,acme/orders,"
    assert [json.loads(render_json(one(value)))["tags"]["owner"] for value in ("", None)] == ["", None]
    assert '| `""` |' in render_markdown(one(""))
    assert "| **missing** |" in render_markdown(one(None))
    assert render(one(""), Paint()).splitlines()[2].endswith('""')
    assert render(one(None), Paint()).splitlines()[2].endswith("(missing)")


@given(TEXTS)
def test_a_page_has_three_cells_whatever_the_value(value: str) -> None:
    lines = render_markdown(one(value)).split("\n")
    assert len(lines) == 4
    assert lines[2].replace("\\|", "").count("|") == 4
    assert lines[2].startswith("| `acme` | `acme/orders` | `")


@pytest.mark.parametrize(("value", "cell"), [("a`b", "`` a`b ``"), ("``", "``` `` ```"), ("a|b", "`a\\|b`")])
def test_code_on_a_page_ends_where_it_should(value: str, cell: str) -> None:
    assert render_markdown(one(value)).splitlines()[2] == f"| `acme` | `acme/orders` | {cell} |"


def test_secrets_are_not_shown() -> None:
    for layout in (render_csv, render_json, render_markdown):
        shown = layout(one("s3cr3t", "api_token")) + layout(one("postgres://etl:s3cr3t@db/x"))
        assert "s3cr3t" not in shown
        assert "(not shown)" in shown
    assert "s3cr3t" not in render(one("s3cr3t", "api_token"), Paint())


def test_a_terminal_obeys_no_value() -> None:
    shown = render(one("[bold]\x1b[31mred\u202e"), Paint())
    assert "[bold]\ufffd[31mred\ufffd" in shown


def test_what_is_missing_is_red_where_there_is_colour() -> None:
    assert "\x1b[1;31m(missing)\x1b[0m" in render(one(None), Paint(True))


def test_a_narrow_terminal_folds_values_and_drops_none() -> None:
    shown = render(one("abcdefghijklmnopqrstuvwxyz" * 3), Paint(), 40)
    assert max(map(len, shown.splitlines())) <= 40
    assert "".join(line.split()[-1] for line in shown.splitlines()[2:-1]).count("abcdefghijklmnopqrstuvwxyz") == 3


def test_no_jobs_are_no_table() -> None:
    assert render(matrix_of([], "tenant", []), Paint()) == "there are no jobs\n"
