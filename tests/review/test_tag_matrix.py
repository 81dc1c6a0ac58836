"""Which columns and groups a matrix has."""

from __future__ import annotations

import pytest

from dativo_compile.review.tagging.matrix import USUAL, By, Row, matrix_of

ROWS = [
    Row("b", "acme", "prod", {"cost_center": "D-1", "compliance": "SOC2,GDPR", "custom.team": "x"}),
    Row("a", "globex", "dev", {"compliance": "", "custom.zone": "y"}),
    Row("c", "acme", None, {"cost_center": "", "owner": "o"}),
]


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        ("cost_center", [("", "c"), ("D-1", "b"), (None, "a")]),
        ("tenant", [("acme", "bc"), ("globex", "a")]),
        ("compliance", [("GDPR", "b"), ("SOC2", "b"), (None, "ac")]),
    ],
)
def test_jobs_are_grouped(by: By, groups: list[tuple[str | None, str]]) -> None:
    made = matrix_of(ROWS, by, [])
    assert [(group.name, "".join(row.job_id for row in group.rows)) for group in made.groups] == groups
    assert made.jobs == 3


@pytest.mark.parametrize(
    ("wanted", "keys"),
    [
        ([], ("cost_center", "owner", "compliance")),
        (["owner", "custom.*", "owner"], ("owner", "custom.team", "custom.zone")),
        (["nobody.*"], ()),
        (["nobody"], ("nobody",)),
        (["*"], ("compliance", "cost_center", "custom.team", "custom.zone", "owner")),
    ],
)
def test_columns_are_keys_and_patterns(wanted: list[str], keys: tuple[str, ...]) -> None:
    assert matrix_of(ROWS, "tenant", wanted).keys == keys


def test_without_any_tag_the_usual_ones_are_missing() -> None:
    made = matrix_of([Row("a", "acme", None, {})], "tenant", [])
    assert made.keys == USUAL
    assert made.missing == tuple((key, 1) for key in USUAL)


def test_what_the_project_requires_is_a_column_even_if_nobody_has_it() -> None:
    made = matrix_of(ROWS, "tenant", [], ["steward", "project"])
    assert made.keys == ("cost_center", "project", "owner", "compliance", "steward")
    assert matrix_of(ROWS, "tenant", ["owner"], ["steward"]).keys == ("owner",)


def test_a_job_in_two_groups_is_counted_once() -> None:
    made = matrix_of(ROWS, "compliance", ["owner", "compliance"])
    assert made.missing == (("owner", 2), ("compliance", 1))
    assert made.further == (("cost_center", 2), ("custom.team", 1), ("custom.zone", 1))


def test_a_key_that_nobody_has_gets_advice() -> None:
    assert matrix_of(ROWS, "tenant", ["cost_centre"]).unknown == (("cost_centre", "did you mean `cost_center`?"),)
