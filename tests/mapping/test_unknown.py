"""What is unknown on its way into a job: paths into it, literals beside it, and what is said of it."""

from __future__ import annotations

from typing import Any

import pytest

from dativo_compile.diagnostics.codes.emit import BUCKET_REFUSED
from dativo_compile.diagnostics.codes.tags import TAG_CONTRADICTS
from dativo_compile.diagnostics.diagnostic import Diagnostic, Related, diagnose
from dativo_compile.mapping.assertion import same
from dativo_compile.mapping.expression import needs_unknown, parse_expression
from dativo_compile.mapping.naming import name_fault
from dativo_compile.mapping.pick import pick
from dativo_compile.mapping.unjudged import quotes
from dativo_compile.mapping.values import as_value
from dativo_compile.model.origin import FromOutput
from dativo_compile.model.output import Output, State
from dativo_compile.model.place import Place
from dativo_compile.model.unknown import Unknown, first_unknown, holds_unknown, is_unknown, worded

U = Unknown.of("knownafterapply", "plan.json\0network")
HERE = Place.whole("jobs/a.yaml")


def picked(expression: str, value: Any) -> tuple[Any, Diagnostic | None]:
    parsed = parse_expression(expression)
    assert parsed is not None
    return pick(
        parsed, State("plan.json", {"network": Output("network", value)}, unknown=frozenset({"network"})), lambda: HERE
    )


@pytest.mark.parametrize(
    ("expression", "value", "found"),
    [
        ("network", U, U), ("network.subnets[0].id", U, "?"), ("network.vpc", {"vpc": "vpc-1", "id": U}, "vpc-1"),
        ("network.id", {"vpc": "vpc-1", "id": U}, U), ("network.id.deep", {"id": U}, "?"),
        ("network.subnets[1].id", {"subnets": [{"id": U}, {"id": "s2"}]}, "s2"),
        ("network[0]", [U, "x"], U), ("network", ["x", U], ["x", U]),
        ("network.subnets[*].zone", {"subnets": [{"id": U, "zone": "a"}, {"id": U, "zone": "b"}]}, ["a", "b"]),
        ("network.subnets[*].id", {"subnets": [{"id": U}, {"id": "s2"}]}, [U, "s2"]),
        ("network.subnets[*].id", {"subnets": U}, "?"), ("network.subnets[*].id", {"subnets": [U, {"id": "x"}]}, "?"),
        ("network.*.id", {"a": {"id": "1"}, "b": {"id": U}}, ["1", U]), ("network.*.id", {"a": U}, "?"),
        ("network..id", {"a": {"id": "1"}, "b": U}, "?"),
        ('network.subnets[?(@.zone == "a")].id', {"subnets": [{"zone": U, "id": "1"}]}, "?"),
    ],
)  # fmt: skip
def test_a_path_leads_as_far_as_is_known(expression: str, value: Any, found: Any) -> None:
    got, fault = picked(expression, value)
    assert fault is None
    assert type(got) is Unknown and got != U if found == "?" else got == found


@pytest.mark.parametrize("expression", ["network.vcp", "network.vpc.id", "network.list[3]"])
def test_what_is_missing_is_missing_all_the_same(expression: str) -> None:
    _, fault = picked(expression, {"vpc": "vpc-1", "id": U, "list": [1]})
    assert fault is not None and fault.code.id == "DC4002"


def test_the_same_part_has_the_same_stand_in() -> None:
    assert picked("network.a.b", U) == picked("network.a.b", U) != picked("network.a.c", U)
    assert picked("network.a.b", U)[0].output == U.output


def test_a_query_that_does_not_touch_it_is_answered() -> None:
    value = {"zones": ["a", "b"], "id": U}
    assert not needs_unknown("$.zones[*]", value)
    assert needs_unknown("$.*", value) is False  # it matches what is unknown, and how many there are is known
    assert needs_unknown("$.id.deep", value)


@pytest.mark.parametrize(
    ("value", "literal", "agrees"),
    [
        (str(U), "anything", True), (str(U), 5432, True), (str(U), {"a": 1}, True), ("x", "y", False),
        ({"a": str(U), "b": 1}, {"a": "x", "b": 1}, True), ({"a": str(U), "b": 1}, {"a": "x", "b": 2}, False),
        ([str(U), "y"], ["x", "y"], True), ([str(U)], ["x", "y"], False), (1, True, False),
    ],
)  # fmt: skip
def test_a_literal_contradicts_only_what_is_known(value: Any, literal: Any, agrees: bool) -> None:
    assert same(value, literal) is agrees


def test_it_is_plain_text_once_it_is_in_its_place() -> None:
    for value in (U, {"a": [U]}):
        placed, _ = as_value(value, FromOutput("network", "job:1:1"))
        assert first_unknown(value) == U
        assert first_unknown(placed) is None
        assert holds_unknown(placed)


def test_it_fits_where_names_do() -> None:
    for catalog in ("glue", "bigquery", "rest", "hive", "sql"):
        assert name_fault(U, catalog) is None
        assert name_fault(Unknown.of("nolongersensitive", "x").below("y"), catalog) is None
    assert len(U) <= 63, "the longest name of a bucket"


def test_words_for_people() -> None:
    assert worded(f"s3://{U}/raw/{U.below(1)}") == "s3://(known after apply)/raw/(known after apply)"
    assert worded(Unknown.of("nolongersensitive", "x")) == "(no longer sensitive)"
    assert worded("knownafterapply") == "knownafterapply"


def test_what_quotes_it_is_known_by_every_text() -> None:
    refused = diagnose(BUCKET_REFUSED, HERE, name=f"a/{U}", what="bucket")
    cut = diagnose(BUCKET_REFUSED, HERE, name=f"{U[:20]}...", what="bucket")
    help = diagnose(BUCKET_REFUSED, HERE, name="a/b", what="bucket", help=f"did you mean `{U}`?")
    beside = diagnose(
        TAG_CONTRADICTS, HERE, tag="region", value="eu", known="us", related=(Related(HERE, f"the job says `{U}`"),)
    )
    noted = diagnose(BUCKET_REFUSED, HERE, name="a/b", what="bucket", notes=(f"beside {U}",))
    assert [quotes(each) for each in (refused, cut, help, beside, noted)] == [True] * 5
    assert not quotes(diagnose(BUCKET_REFUSED, HERE, name="a/b", what="bucket"))
    assert is_unknown(U) and not is_unknown("acme-lake") and not is_unknown(None)
