"""Formatting keeps values, comments and styles, whatever the file looks like, and has nothing to do a second time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from hypothesis import HealthCheck, assume, given, settings

from dativo_compile.formatting.order import Place, arranged, order_at
from dativo_compile.yaml.reader import Marks, read
from tests.formatting.formats import formatted_text
from tests.formatting.yaml_texts import jobs

ROOT = Path(__file__).resolve().parents[2]
COMMENT = re.compile(r"# (?:above|beside|inside|of the list|the) [^\r\n]*")


many = settings(max_examples=120, suppress_health_check=list(HealthCheck), deadline=None)


@many
@given(jobs())
def test_a_formatted_file_says_the_same_and_stays_as_it_is(text: str) -> None:
    """`formatted` compares values and comments itself; the comments here are found in another way."""
    once = formatted_text(text)
    assert formatted_text(once) == once
    assert sorted(COMMENT.findall(once)) == sorted(COMMENT.findall(text))


@many
@given(jobs())
def test_a_comment_stays_with_its_key(text: str) -> None:
    lines = formatted_text(text).splitlines()
    for at, line in enumerate(lines):
        above, beside = (
            re.match(r" *# above \S*?([^. ]+|a\.b) \d+$", line),
            re.search(r"# beside \S*?([^. ]+|a\.b) \d+$", line),
        )
        if above:
            key = next(after for after in lines[at:] if not after.lstrip().startswith("#"))
            assert key_of(key) == above[1]
        if beside:
            assert key_of(line) == beside[1] or not key_of(line)


@many
@given(jobs())
def test_no_line_changes_but_for_quotes_and_blanks(text: str) -> None:
    assume(text.endswith("\n"))
    assert bare(formatted_text(text)) == bare(text)


@many
@given(jobs())
def test_known_keys_come_out_in_order(text: str) -> None:
    assume("&" not in text and "|+" not in text and ">+" not in text and "|2+" not in text)
    value, _ = read(formatted_text(text).encode(), Marks("job"))
    for place, names in mappings(value):
        assert arranged(names, order_at("job", place)) == list(range(len(names)))


def key_of(line: str) -> str:
    """The key that a line begins with; empty for a line that goes on with a text."""
    found = re.match(r" *(?:- )*\"?([^\":]+?)\"?:( |$)", line)
    return found[1] if found else ""


def bare(text: str) -> list[str]:
    """Lines without their place in a list, without quotes, blanks at the end and order."""
    found = (re.sub(r"^ *(?:- +)*|\"", "", line).rstrip() for line in text.splitlines())
    return sorted(line for line in found if line)


def mappings(value: object, place: Place = ()) -> Iterator[tuple[Place, list[str]]]:
    if isinstance(value, dict):
        yield place, list(value)
        for key, inner in value.items():
            yield from mappings(inner, (*place, key))
    elif isinstance(value, list):
        for inner in value:
            yield from mappings(inner, (*place, "[]"))
