"""Placeholders: what becomes a reference, and what stays text."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dativo_compile.linking.references import rewrite, typed_text

REF = {"$ref": "env:PGHOST"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("plain", "plain"),
        ("", ""),
        ("${PGHOST}", REF),
        ("$PGHOST", REF),
        ("${PGPORT:-5432}", {"$ref": "env:PGPORT", "default": "5432"}),
        ("${EMPTY:-}", {"$ref": "env:EMPTY", "default": ""}),
        ("s3://${BUCKET}/raw", {"$concat": ["s3://", {"$ref": "env:BUCKET"}, "/raw"]}),
        ("${A}${B}", {"$concat": [{"$ref": "env:A"}, {"$ref": "env:B"}]}),
        ("$${PGHOST}", "${PGHOST}"),
        ("a $${X} b ${Y}", {"$concat": ["a ${X} b ", {"$ref": "env:Y"}]}),
        ("${lower}", "${lower}"),
        ("{doc_id}", "{doc_id}"),
        ("costs $5", "costs $5"),
        ("$lower", "$lower"),
        ("see $PGHOST here", "see $PGHOST here"),
        ("${", "${"),
        ("${UNCLOSED", "${UNCLOSED"),
        ("$", "$"),
    ],
)
def test_text_becomes(text: str, value: Any) -> None:
    assert typed_text(text) == value


def test_a_reference_without_default_may_be_optional() -> None:
    assert typed_text("${A}", optional=True) == {"$ref": "env:A", "optional": True}
    assert typed_text("${A:-x}", optional=True) == {"$ref": "env:A", "default": "x"}


@given(st.text(st.characters(codec="utf-8", exclude_characters="$")))
def test_text_without_a_dollar_sign_never_changes(text: str) -> None:
    assert typed_text(text) is text


@given(st.text(alphabet="${}ABa:-x "))
def test_only_the_compiler_makes_references(text: str) -> None:
    value = typed_text(text)
    assert isinstance(value, str | dict)
    if isinstance(value, dict):
        assert set(value) <= {"$ref", "default", "$concat"}


def test_foreign_dollar_keys_are_escaped() -> None:
    value, marks = rewrite({"$ref": "x", "a": {"$$y": 1}}, {"$ref": "m", "a": {"$$y": "n"}}, lambda _, text: text)
    assert value == {"$$ref": "x", "a": {"$$$y": 1}}
    assert marks == {"$$ref": "m", "a": {"$$$y": "n"}}
