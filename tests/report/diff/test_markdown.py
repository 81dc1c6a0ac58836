"""A comment that anybody's names may stand in: read by a Markdown parser, as the site will read it."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from dativo_compile.report.diff.markdown import LIMIT, MARK, cell, code, render
from dativo_compile.review.diff.compare import changes
from tests.review.diff.sides import side

PARSER = MarkdownIt("gfm-like", {"linkify": False}).enable("table")
NASTY = ["`", "``", "|", "\\", "\\|", "<b>", "</details>", "<!--", "-->", "@acme", "#1", "[x](y)", "*", "_", "\n", " ",
         "&amp;", "https://x.example", "\r", "\t", "a", "é"]  # fmt: skip
TEXTS = st.lists(st.sampled_from(NASTY), min_size=1, max_size=8).map("".join)


def inline(text: str) -> list[Token]:
    found: list[Token] = []
    for token in PARSER.parse(text):
        found += token.children or []
    return found


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_a_code_span_is_nothing_but_code(text: str) -> None:
    tokens = inline(f"x {code(text)} y")
    assert [token.type for token in tokens] == ["text", "code_inline", "text"]


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_a_value_stays_in_its_cell(text: str) -> None:
    tokens = PARSER.parse(f"| a | b |\n|---|---|\n| {cell(text)} | z |\n")
    cells = [token.children for before, token in pairwise(tokens) if before.type == "td_open"]
    assert len(cells) == 2
    assert [[token.type for token in each or []] for each in cells] == [["code_inline"], ["text"]]


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS, TEXTS)
def test_no_name_or_value_becomes_more_than_text(name: str, old: str, new: str) -> None:
    before = {name: {"job": {"id": name, "schedule": old}, "tags": {name: old}}}
    after = {name: {"job": {"id": name, "schedule": new + "."}, "tags": {name: new}}}
    told = render(changes(side(name, before), side(new, after)))
    kinds = {token.type for token in inline(told)}
    assert kinds <= {"text", "code_inline", "softbreak", "strong_open", "strong_close"}
    blocks = [token.content for token in PARSER.parse(told) if token.type == "html_block"]
    assert all(block.strip() == MARK or block.startswith(("<details", "</details>")) for block in blocks)


def many(count: int, size: int) -> tuple[Any, Any]:
    old = {f"j{n:05}": {"source": {f"k{n}": "a" * size, f"l{n}": "b"}} for n in range(count)}
    return old, {
        key: {"source": {name: value + "!" for name, value in tree["source"].items()}} for key, tree in old.items()
    }


@pytest.mark.parametrize("limit", [2_000, 5_000, LIMIT])
def test_a_comment_is_never_too_long_and_says_what_is_cut(limit: int) -> None:
    old, new = many(2_000, 50)
    diff = changes(side("main", old), side("the sources", new))
    told = render(diff, limit)
    assert limit - 1_000 < len(told) <= limit
    shown = told.count("<details")
    assert f"\n{len(diff.groups) - shown:,} more causes, in " in told
    assert told.count("<details") == told.count("</details>")


def test_a_comment_that_fits_has_nothing_cut() -> None:
    old, new = many(5, 5)
    told = render(changes(side("main", old), side("the sources", new)))
    assert "did not fit" not in told
    assert told.count("<details") == len(changes(side("main", old), side("the sources", new)).groups)
