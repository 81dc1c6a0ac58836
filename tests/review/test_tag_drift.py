"""Wanted beside real: which differences count, and in which form properties may come."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dativo_compile.model.resource import Cloud, Resource
from dativo_compile.model.source import Document, SourceFile
from dativo_compile.model.usage import UsageError
from dativo_compile.review.tagging.bills import Said
from dativo_compile.review.tagging.compare import compared, in_common
from dativo_compile.review.tagging.tables import read_properties

JOB = Document(SourceFile("jobs/a.yaml", b"tenant_id: acme\n"), "job", {"tenant_id": "acme"}, {"tenant_id": "job:1:12"})


def said(text: str) -> Said:
    return Said(text, JOB, "job:1:12")


def differences(
    wanted: dict[str, str], real: dict[str, str | None] | None, cloud: Cloud = "aws", *, hidden: bool = False
) -> tuple[list[tuple[str, str | None, str | None]], int]:
    resource = Resource("a.b", "a", cloud, "arn:x", frozenset(), real, hidden)
    made = compared("s", resource, {key: (text, said(text)) for key, text in wanted.items()})
    return [(one.key, one.wanted, one.real) for one in made.differences], made.untold


@pytest.mark.parametrize(
    ("wanted", "real", "different"),
    [
        ({"A": "x"}, {"A": "x", "Name": "lake"}, []),
        ({"A": "x"}, {"A": "y"}, [("A", "x", "y")]),
        ({"A": "x"}, {"A": "X"}, [("A", "x", "X")]),
        ({"A": "x"}, {"a": "x"}, [("A", "x", None)]),
        ({"A": "x"}, {}, [("A", "x", None)]),
        ({"A": ""}, {}, [("A", "", None)]),
        ({"A": ""}, {"A": ""}, []),
        ({"A": "x"}, {"A": "x "}, [("A", "x", "x ")]),
        ({"B": "1", "A": "1"}, {}, [("A", "1", None), ("B", "1", None)]),
        ({"Zoe\u0308": "e\u0301"}, {"Zo\u00eb": "\u00e9"}, []),
    ],
)
def test_what_is_missing_or_different_is_drift(wanted: Any, real: Any, different: Any) -> None:
    assert differences(wanted, real) == (different, 0)


def test_keys_of_azure_have_no_case() -> None:
    assert differences({"CostCenter": "x"}, {"COSTCENTER": "x"}, "azure") == ([], 0)
    assert differences({"CostCenter": "x"}, {"COSTCENTER": "X"}, "azure") == ([("CostCenter", "x", "X")], 0)


def test_a_sensitive_value_is_compared_with_nothing() -> None:
    assert differences({"A": "x", "B": "y"}, {"A": None, "B": "z"}) == ([("B", "y", "z")], 1)
    assert differences({"A": "x", "B": "y"}, None, hidden=True) == ([], 2)


def test_tenants_who_share_a_resource_want_what_they_agree_on() -> None:
    both = in_common([{"t": said("acme"), "c": said("1")}, {"t": said("globex"), "c": said("1")}, {"t": said("acme")}])
    assert {key: one.text for key, one in both.items()} == {"c": "1"}


@pytest.mark.parametrize(
    ("content", "tables"),
    [
        ({"a": "b", "n": 1, "t": True, "gone": None}, {"": {"a": "b", "n": "1", "t": "true"}}),
        ([{"key": "a", "value": "b"}], {"": {"a": "b"}}),
        ({}, {"": {}}),
        ({"n.t": {"a": "b"}, "n.u": {}}, {"n.t": {"a": "b"}, "n.u": {}}),
        ({"n.t": [{"key": "a", "value": "b"}]}, {"n.t": {"a": "b"}}),
    ],
)
def test_properties_come_in_several_forms(content: Any, tables: Any, tmp_path: Path) -> None:
    (tmp_path / "p.json").write_text(json.dumps(content))
    assert read_properties(tmp_path / "p.json").tables == tables


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"{", "is not JSON"),
        (b"\xff", "is not JSON"),
        (b"[1]", "does not hold properties"),
        (b"[]", "does not hold properties"),
        (b'"a"', "does not hold properties"),
        (b'{"a": 1.5}', "does not hold properties"),
        (b'{"n.t": {"a": "b"}, "x": "y"}', "does not hold properties"),
        (b'{"n.t": {"a": {"b": "c"}}}', "does not hold properties"),
        (b"[" * 100_000, "is not JSON"),
    ],
)
def test_anything_else_is_a_wrong_call(content: bytes, why: str, tmp_path: Path) -> None:
    (tmp_path / "p.json").write_bytes(content)
    with pytest.raises(UsageError, match=why):
        read_properties(tmp_path / "p.json")


def test_a_file_that_is_not_there_is_a_wrong_call(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read: no such file"):
        read_properties(tmp_path / "nope.json")
    with pytest.raises(UsageError, match="cannot be read: is a directory"):
        read_properties(tmp_path)
