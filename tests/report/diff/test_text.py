"""A difference on a screen: however many jobs, one cause is one block."""

from __future__ import annotations

from typing import Any

import pytest

from dativo_compile.report.diff.text import render
from dativo_compile.report.diff.values import text_of
from dativo_compile.report.paint import Paint
from dativo_compile.review.diff.compare import changes
from dativo_compile.review.diff.group import grouped
from dativo_compile.review.diff.model import Cause, Change, Diff, JobDiff
from tests.review.diff.sides import side

MANY = 10_000


def manifest(number: int, bucket: str) -> dict[str, Any]:
    return {
        "job": {"id": f"acme/t{number:05}", "tenant_id": "acme"},
        "target": {"connection": {"s3": {"bucket": bucket}}, "location": f"s3://{bucket}/raw/t{number:05}"},
    }


def test_one_moved_bucket_of_ten_thousand_jobs_is_one_screen() -> None:
    """Even where nobody knows the cause."""
    old, new = ({f"acme/t{n:05}": manifest(n, bucket) for n in range(MANY)} for bucket in ("lake", "lake-eu"))
    lines = render(changes(side("main", old), side("the sources", new)), Paint()).splitlines()
    example = "s3://lake/raw/t00000 -> s3://lake-eu/raw/t00000 in acme/t00000"
    assert lines == [
        "main -> the sources: 10,000 of 10,000 jobs change",
        "",
        "data: 10,000 jobs",
        "  cause not known: 10,000 jobs",
        "    ~ target.connection.s3.bucket: lake -> lake-eu",
        f"    ~ target.location: 10,000 different, such as {example}",
        "    in acme/t00000, acme/t00001, acme/t00002 and 9,997 more",
    ]


def test_a_thousand_unlike_changes_are_still_a_few_screens() -> None:
    old = {f"j{n:04}": {"job": {"id": f"j{n:04}"}, "source": {f"key{n}": n}} for n in range(1000)}
    new = {
        key: {**tree, "source": {name: value + 1 for name, value in tree["source"].items()}}
        for key, tree in old.items()
    }
    lines = render(changes(side("a", old), side("b", new)), Paint()).splitlines()
    assert len(lines) <= 70
    assert lines[-1] == "  ... and 980 more causes, in 980 jobs; `--format json` has them all"


def test_a_job_with_very_many_changes_is_cut_with_a_count() -> None:
    old, new = ({"a": {"x-own": {f"k{n:03}": n + more for n in range(100)}}} for more in (0, 1))
    text = render(changes(side("a", old), side("b", new)), Paint())
    assert text.splitlines()[-2:] == ["    ... and 88 more", "    in a"]


@pytest.mark.parametrize("number", [8, 9])
def test_an_output_of_many_states_is_one_cause(number: int) -> None:
    """Up to eight states are told one by one."""
    jobs = [
        JobDiff(f"j{n}", "changed", (Change(("target", "location"), "changed", "a", str(n), "location", "data",
                                            cause=Cause("output", "bucket", state=f"s{n}", serials=(1, 2))),))
        for n in range(number)
    ]  # fmt: skip
    diff = Diff("a", "b", tuple(jobs), grouped(jobs), number, number)
    told = render(diff, Paint())
    assert ("output `bucket` of 9 states: 9 jobs" in told) is (number == 9)
    assert ("output `bucket` of s0, serial 1 -> 2: 1 job" in told) is (number == 8)


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("plain text", "plain text"), ("", '""'), (" a", '" a"'), ("a\nb", '"a\\nb"'), ("true", '"true"'),
        (True, "true"), (None, "null"), (5, "5"), (10**30, "1" + "0" * 30), (0.5, "0.5"), ([1, "a"], '[1, "a"]'),
        ({"$ref": "env:A"}, "env:A"), ({"$ref": "env:A", "default": "5"}, 'env:A (default "5")'),
        ({"$ref": "env:A", "optional": True}, "env:A (optional)"),
        ({"$concat": ["s3://", {"$ref": "env:A"}, "/raw"]}, "s3://{env:A}/raw"), ("x" * 99, "x" * 61 + "..."),
        ("Größe 物", "Größe 物"),
    ],
)  # fmt: skip
def test_values(value: Any, wanted: str) -> None:
    assert text_of(value) == wanted


def test_a_key_cannot_add_a_line() -> None:
    old, new = ({"a": {"tags": {"owner\n  breaking": value}}} for value in "xy")
    assert len(render(changes(side("a", old), side("b", new)), Paint()).splitlines()) == 6


def test_a_terminal_obeys_no_value() -> None:
    old, new = ({"a": {"job": {"description": text}}} for text in ("x", "\x1b[2J\u202egnp.exe"))
    told = render(changes(side("a", old), side("b\x1b", new)), Paint())
    assert "\x1b" not in told and "\u202e" not in told


@pytest.mark.parametrize(("role", "many"), [("asset", "assets"), ("connector", "connectors"), ("job", "job files")])
@pytest.mark.parametrize(("new", "words"), [("b", "the same edit"), ("{n}", "edits")])
def test_an_edit_of_many_files_is_one_cause(role: str, many: str, new: str, words: str) -> None:
    jobs = [
        JobDiff(f"j{n}", "changed", (Change(("source", "engine"), "changed", "a", new.format(n=n), "tuning", "routine",
                                            cause=Cause("file", f"{role}s/{n}.yaml", role)),))
        for n in range(20)
    ]  # fmt: skip
    told = render(Diff("a", "b", tuple(jobs), grouped(jobs), 20, 20), Paint())
    assert f"\n  {words} of 20 {many}: 20 jobs\n" in told
