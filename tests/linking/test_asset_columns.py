"""Columns: types by their many names, and columns that cannot stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dativo_compile.linking.column_types import ALIASES, CANONICAL, canonical_type, why_unknown
from tests.tags.made import asset, told, underlined


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("string", "string"), ("VARCHAR(255)", "string"), ("character varying(10)", "string"), ("text", "string"),
        ("int", "integer"), ("long", "bigint"), ("BIGINT", "bigint"), ("smallint", "integer"), ("int(11)", "integer"),
        ("double precision", "double"), ("number", "double"), ("real", "float"),
        ("decimal(18,2)", "decimal(18,2)"), ("NUMERIC( 38 , 9 )", "decimal(38,9)"), ("number(10)", "decimal(10,0)"),
        ("timestamp", "timestamp"), ("timestamp(6)", "timestamp"), ("datetime", "timestamp"),
        ("TIMESTAMP WITH TIME ZONE", "timestamptz"), ("timestamp(3) with time zone", "timestamptz"),
        ("timestamptz", "timestamptz"), ("jsonb", "json"), ("object", "json"), ("bytea", "binary"),
    ],
)  # fmt: skip
def test_types_are_known_by_their_common_names(written: str, canonical: str) -> None:
    assert canonical_type(written) == canonical


@pytest.mark.parametrize(
    "written",
    [
        "",
        "strng",
        "decimal",
        "decimal(0,0)",
        "decimal(39,1)",
        "decimal(4,5)",
        "varchar(1,2)",
        "uuid(3)",
        "decimal(1,2) x",
    ],
)
def test_what_is_no_type_has_no_canonical_name(written: str) -> None:
    assert canonical_type(written) is None
    assert why_unknown(written)


def test_every_alias_leads_to_a_canonical_type() -> None:
    assert set(ALIASES.values()) == set(CANONICAL)


@given(st.text(max_size=40))
def test_any_text_has_an_answer_that_is_final(text: str) -> None:
    known = canonical_type(text)
    assert known is None or canonical_type(known) == known


def test_an_unknown_type_is_shown_with_the_nearest() -> None:
    text = "name: a\nschema:\n  - {name: id, type: strng}\n"
    _, found = asset(text)
    assert told(found) == [("column-type-unknown", "the column type `strng` is not known")]
    assert found[0].help == "did you mean `string`?"
    assert underlined(text, found[0]) == "strng"


def test_a_decimal_needs_precision_and_scale() -> None:
    _, found = asset('name: a\nschema:\n  - {name: x, type: decimal}\n  - {name: y, type: "decimal(50,2)"}\n')
    assert [d.message for d in found] == [
        "the column type `decimal` lacks precision and scale",
        "the column type `decimal(50,2)` has a precision or scale out of range (precision 1 to 38, scale up to it)",
    ]
    assert {d.help for d in found} == {"write precision and scale, such as `decimal(18,2)`"}


def test_a_column_without_a_type_is_an_error_at_its_name() -> None:
    text = "name: a\nschema:\n  - name: id\n"
    _, found = asset(text)
    assert told(found) == [("column-untyped", "the column `id` has no type")]
    assert underlined(text, found[0]) == "id"


def test_in_a_contract_the_logical_type_stands_in_for_an_unknown_physical_one() -> None:
    made, found = asset("""\
        name: a
        schema:
          - properties:
              - {name: known, logicalType: number, physicalType: "NUMERIC(10,2)"}
              - {name: unknown, logicalType: number, physicalType: MONEY}
        """)
    assert not found
    assert made is not None
    assert [column["type"] for column in made.columns] == ["decimal(10,2)", "double"]


def test_equal_names_are_an_error_at_both_places() -> None:
    text = "name: a\nschema:\n  - {name: id, type: int}\n  - {name: ID, type: int}\n"
    _, found = asset(text)
    assert told(found) == [("column-twice", "the column `ID` is described twice")]
    assert underlined(text, found[0]) == "ID"
    assert [(r.place.line, r.message) for r in found[0].related] == [(3, "first described here")]


def test_a_column_repeated_by_alias_is_a_repetition() -> None:
    _, found = asset("name: a\nschema:\n  - &id {name: id, type: int}\n  - *id\n")
    assert told(found) == [("column-twice", "the column `id` is described twice")]


def test_several_classes_of_a_column_become_text() -> None:
    made, _ = asset("name: a\nschema:\n  - {name: id, type: int, classification: [PII, SECRET]}\n")
    assert made is not None
    assert made.columns[0]["classification"] == "PII,SECRET"
