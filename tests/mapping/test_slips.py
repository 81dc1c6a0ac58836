"""What counts as a slip of the hand."""

from __future__ import annotations

import pytest

from dativo_compile.mapping.slips import one_slip


@pytest.mark.parametrize("word", ["conection", "connnection", "connecton", "conenction", "Connection", "connectiom"])
def test_one_letter_is_a_slip(word: str) -> None:
    assert one_slip(word, "connection")


@pytest.mark.parametrize(("word", "name"), [("writemode", "write_mode"), ("write-mode", "write_mode")])
def test_a_mark_between_words_is_no_letter(word: str, name: str) -> None:
    assert one_slip(word, name)


@pytest.mark.parametrize(
    ("word", "name"),
    [("connector", "connection"), ("regions", "region"), ("table", "tables")],
)
def test_other_words_and_plurals_are_none(word: str, name: str) -> None:
    assert not one_slip(word, name)
