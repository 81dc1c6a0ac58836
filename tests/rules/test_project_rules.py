"""Rules about all jobs together, on claims made by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dativo_compile.diagnostics.diagnostic import Diagnostic
from dativo_compile.model.job import Claim
from dativo_compile.model.project import Project
from dativo_compile.passes.check_project import check_project
from tests.rules.placed import claim, document


def findings(claims: list[Claim], shared: tuple[str, ...] = ()) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    check_project(claims, Project(Path("/"), shared_tables=dict.fromkeys(shared, "meant")), found)
    return sorted(found, key=lambda each: each.sort_key)


def shown(found: list[Diagnostic]) -> list[tuple[str, str, list[str]]]:
    """(code's name, file, files of the related places)."""
    return [
        (each.code.name, each.place.file if each.place else "", [other.place.file for other in each.related])
        for each in found
    ]


def test_tables_of_their_own() -> None:
    claims = [claim("a"), claim("b", identity="u", location="s3://lake/u"), claim("c", identity="v", location="")]
    assert findings([*claims, claim("d", identity="w", location="")]) == []


SHARED: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    ({}, {}, "table-shared"),
    ({"write_mode": "upsert"}, {}, "table-shared"),
    ({"location": "s3://lake/t/"}, {}, "table-shared"),
    ({"write_mode": "overwrite"}, {"write_mode": "overwrite"}, "table-contested"),
    ({"write_mode": "overwrite"}, {}, "table-contested"),
    ({"write_mode": "overwrite_partitions"}, {"write_mode": "overwrite_partitions"}, "table-contested"),
    ({"shape": "two"}, {}, "table-contested"),
    ({"location": "s3://lake/elsewhere"}, {}, "table-contested"),
]


@pytest.mark.parametrize(("one", "other", "code"), SHARED)
def test_two_jobs_for_one_table(one: dict[str, Any], other: dict[str, Any], code: str) -> None:
    for first, second in ((one, other), (other, one)):
        found = findings([claim("b", **second), claim("a", **first)])
        assert shown(found) == [(code, "jobs/b.yaml", ["jobs/a.yaml"])]
        assert "`b` and `a` write one table, `ns.t`" in found[0].message
    assert findings([claim("a", **one), claim("b", **other)], shared=("ns.t",)) == []
    assert len(findings([claim("a", **one), claim("b", **other)], shared=("ns.other",))) == 1


def test_how_they_conflict() -> None:
    def about(**differs: Any) -> str:
        return findings([claim("a"), claim("b", **differs)])[0].message.rsplit("`, ", 1)[1]

    assert about(location="s3://lake/u") == "in two locations"
    assert about(shape="two") == "with two schemas or partitionings"
    assert about(write_mode="overwrite") == "and may replace each other's rows"


def test_a_third_job_is_reported_at_its_own_file() -> None:
    found = findings([claim("c", shape="two"), claim("a"), claim("b")])
    assert shown(found) == [
        ("table-shared", "jobs/b.yaml", ["jobs/a.yaml"]),
        ("table-contested", "jobs/c.yaml", ["jobs/a.yaml", "jobs/b.yaml"]),
    ]


def test_jobs_known_from_the_index_take_part_but_are_not_blamed() -> None:
    known = claim("z", text=None)
    assert shown(findings([claim("a"), known])) == [("table-shared", "jobs/a.yaml", ["jobs/z.yaml"])]
    assert findings([known, claim("y", text=None)]) == []
    assert shown(findings([claim("a", identity="u", table="ns.u"), known])) == [
        ("location-shared", "jobs/a.yaml", ["jobs/z.yaml"])
    ]


def test_two_tables_at_one_location() -> None:
    found = findings([claim("b", identity="u", table="ns.u", location="s3://lake/t/"), claim("a"), claim("c")])
    assert shown(found) == [
        ("location-shared", "jobs/b.yaml", ["jobs/a.yaml"]),
        ("table-shared", "jobs/c.yaml", ["jobs/a.yaml"]),
        ("location-shared", "jobs/c.yaml", ["jobs/b.yaml"]),
    ]
    assert found[0].message == "the tables `ns.u` and `ns.t` have one location, `s3://lake/t/`"


@pytest.mark.parametrize(
    ("text", "table_at", "location_at"),
    [
        ("tenant_id: acme\nasset: t\ntarget:\n  table: t\n  warehouse: s3://lake/t\n", (4, 10), (5, 14)),
        ("tenant_id: acme\nasset: t\ntarget:\n  connection: {s3: {bucket: b}}\n", (2, 8), (4, 15)),
        ("tenant_id: acme\nasset_path: t.yaml\n", (2, 13), (2, 13)),
    ],
)
def test_findings_point_at_what_names_the_table(
    text: str, table_at: tuple[int, int], location_at: tuple[int, int]
) -> None:
    def at(other: Claim) -> tuple[int, int]:
        place = findings([other, claim("b", text=text)])[0].place
        assert place is not None
        return place.line, place.column

    assert document(text).value
    assert at(claim("a")) == table_at
    assert at(claim("a", identity="u")) == location_at


def test_many_jobs_for_one_table_do_not_name_each_other_all() -> None:
    claims = [claim(f"j{number:05}", shape=str(number % 7)) for number in range(300)]
    found = findings(claims)
    assert len(found) == 299
    assert max(len(each.related) for each in found) == 5
    assert found[-1].notes == ("so do `j00035`, `j00042`, `j00049`, `j00056`, `j00063` and 247 more jobs",)


def test_the_jobs_that_are_not_shown_are_counted() -> None:
    def notes(count: int, **differs: Any) -> tuple[str, ...]:
        return findings([claim(f"j{number}", **differs) for number in range(count)])[-1].notes

    assert notes(6) == ()
    assert notes(7) == ("so does `j5`",)
    assert notes(8) == ("so do `j5` and `j6`",)
    assert notes(9, write_mode="overwrite") == ("so do `j5`, `j6` and `j7`",)
    tables = [claim(f"j{number}", identity=str(number), table=f"ns.t{number}") for number in range(9)]
    assert findings(tables)[-1].notes == ("so do `j5`, `j6` and `j7`",)


def test_a_table_inside_another_ones_location() -> None:
    raw = claim("raw", location="s3://lake/raw/")
    inner = [claim(f"i{n}", identity=f"i{n}", table=f"ns.i{n}", location=f"s3a://lake/raw/i{n}") for n in range(7)]
    beside = claim("beside", identity="b", table="ns.b", location="s3://lake/raw2")
    (found,) = findings([*inner, raw, beside])
    assert shown([found]) == [("location-nested", "jobs/raw.yaml", [f"jobs/i{n}.yaml" for n in range(5)])]
    inside = "`ns.i0`, `ns.i1`, `ns.i2`, `ns.i3`, `ns.i4` and 2 more"
    assert found.message == f"the table `ns.t` has {inside} inside its location, `s3://lake/raw`"
    assert found.notes == ("so do `i5` and `i6`",)


def test_of_nested_tables_the_one_that_is_compiled_is_blamed() -> None:
    outer, inner = claim("o", location="s3://lake/a", text=None), claim("i", identity="i", location="s3://lake/a/b/c")
    assert shown(findings([outer, inner])) == [("location-nested", "jobs/i.yaml", ["jobs/o.yaml"])]
    assert findings([outer, claim("i", identity="i", location="s3://lake/a/b/c", text=None)]) == []


def test_places_that_cannot_be_compared_are_not() -> None:
    for location in ("", ".dativo/warehouse", "file:///data", '{"$concat":["s3://",{"$ref":"env:B"}]}', "warehouse"):
        claims = [claim("a", location=location), claim("b", identity="u", table="ns.u", location=f"{location}/deeper")]
        assert findings(claims) == []
