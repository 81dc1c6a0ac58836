"""Ignore comments: which text is one, its reason, and how it is taken away."""

from __future__ import annotations

import pytest

from dativo_compile.model.place import Place
from dativo_compile.model.source import SourceFile
from dativo_compile.yaml.ignores import Ignore, ignores_of
from tests.edits import applied


def found(text: str) -> tuple[Ignore, ...]:
    return ignores_of(SourceFile("a.yaml", text.encode()))


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("a: 1 # dativo: ignore[DC6004]\n", [""]),
        ("a: 1 # dativo: ignore[DC6004] the other system wants it twice  \n", ["the other system wants it twice"]),
        ("a: 1 # dativo: ignore[DC6004]: so it is\r\n", [": so it is"]),
        ("a: 1 # dativo: ignore[DC6004, DC8101] both\n", ["both", "both"]),
        ("a: 1 # dativo: ignore[DC6004] this # dativo: ignore[DC8101] that\n", ["this", "that"]),
        ("a: 1 # see #7 # dativo: ignore[DC6004] größer\n", ["größer"]),
        ("a: 1 # dativo: ignore[] nothing\n", []),
        ("a: 1 # dativo ignore[DC6004]\n", []),
    ],
)
def test_a_reason_stands_after_the_brackets(text: str, reasons: list[str]) -> None:
    assert [ignore.reason for ignore in found(text)] == reasons


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a: 1   # dativo: ignore[X] why\nb: 2\n", ["a: 1\nb: 2\n"]),
        ("a: 1 # dativo: ignore[X]", ["a: 1"]),
        ("a: 1\n# dativo: ignore[X] why\nb: 2\n", ["a: 1\nb: 2\n"]),
        ("a: 1\n  # dativo: ignore[X] why", ["a: 1\n"]),
        ("a: 1 # dativo: ignore[X, Y] why\n", ["a: 1 # dativo: ignore[Y] why\n", "a: 1 # dativo: ignore[X] why\n"]),
        (
            "a: 1 # dativo: ignore[X,Y,Z]\n",
            ["a: 1 # dativo: ignore[Y,Z]\n", "a: 1 # dativo: ignore[X,Z]\n", "a: 1 # dativo: ignore[X,Y]\n"],
        ),
        (
            "a: 1 # dativo: ignore[X] x # dativo: ignore[Y] y\n",
            ["a: 1 # dativo: ignore[Y] y\n", "a: 1 # dativo: ignore[X] x\n"],
        ),
        ("a: 1 # see #7 # dativo: ignore[X]\n", ["a: 1 # see #7\n"]),
    ],
)
def test_each_code_can_be_taken_away(text: str, wanted: list[str]) -> None:
    removals = [ignore.removal for ignore in found(text)]
    assert [applied(text, [(e.place, e.text) for e in fix.edits]) for fix in removals if fix] == wanted


def test_a_place_is_that_of_the_code() -> None:
    assert [ignore.place for ignore in found("k: v # dativo: ignore[DC6004, DC8101] why\n")] == [
        Place("a.yaml", 1, 23, 1, 29), Place("a.yaml", 1, 31, 1, 37),
    ]  # fmt: skip


def test_text_is_no_comment() -> None:
    assert found("a: 'x # dativo: ignore[DC6004]' # dativo: ignore[DC8101]\n")[0].code == "DC8101"
    assert found("a: |\n  x # dativo: ignore[DC6004]\nb: 1\n") == ()
