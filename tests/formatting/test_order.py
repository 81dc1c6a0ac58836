"""The orders know every key that the schemas know, so that none is moved as if it were a stranger."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dativo_compile.formatting.kinds import kind_of
from dativo_compile.formatting.order import ORDERS, Place, arranged
from dativo_compile.validation.load import schema_of

PARTS = ("allOf", "anyOf", "oneOf", "then", "else")


def properties(schema: dict[str, Any], part: dict[str, Any], place: Place) -> Iterator[str]:
    """Keys that a schema names for the mapping at a place, through references and alternatives."""
    if "$ref" in part:
        yield from properties(schema, schema["$defs"][part["$ref"].rpartition("/")[2]], place)
    for name in PARTS:
        inner = part.get(name, [])
        for each in inner if isinstance(inner, list) else [inner]:
            if "x-fault" not in each:
                yield from properties(schema, each, place)
    known = part.get("properties", {})
    if not place:
        yield from known
    elif place[0] == "[]":
        yield from properties(schema, part.get("items", {}), place[1:])
    elif place[0] in known:
        yield from properties(schema, known[place[0]], place[1:])


@pytest.mark.parametrize(("kind", "place"), [(kind, place) for kind in ORDERS for place in ORDERS[kind]])
def test_an_order_lacks_no_key_of_the_schema(kind: str, place: Place) -> None:
    schema = schema_of(kind)
    known = set(properties(schema, schema, place)) - {"asset"}
    assert known, "the schema has no such place"
    assert known - set(ORDERS[kind][place]) == set()


@given(st.lists(st.sampled_from("abcuvw"), unique=True))
def test_known_keys_are_sorted_and_strangers_follow_whom_they_followed(names: list[str]) -> None:
    order = arranged(names, tuple("abc"))
    out = [names[at] for at in order]
    assert sorted(order) == list(range(len(names)))
    assert [name for name in out if name in "abc"] == sorted(name for name in names if name in "abc")
    before = {name: known_before(names, name) for name in names if name not in "abc"}
    assert all(known_before(out, name) == known for name, known in before.items())
    assert arranged(out, tuple("abc")) == list(range(len(out)))


def known_before(names: list[str], name: str) -> str:
    return next((other for other in reversed(names[: names.index(name)]) if other in "abc"), "")


FILES: list[tuple[str, Any, str | None]] = [
    ("dativo.yaml", {}, "project"),
    ("jobs/a/b.yaml", {"name": "x"}, "job"),
    ("elsewhere/b.yaml", {"tenant_id": "acme"}, "job"),
    ("c.yaml", {"name": "s", "type": "s", "roles": ["source"]}, "connector"),
    ("c.yaml", {"connection_template": {}}, "connector"),
    ("a.yaml", {"asset": {"name": "x"}}, "asset"),
    ("a.yaml", {"name": "x", "schema": []}, "asset"),
    ("a.yaml", {"apiVersion": "v3.0.2", "kind": "DataContract"}, "asset"),
    ("k8s.yaml", {"apiVersion": "v1", "kind": "Deployment"}, None),
    ("ci.yaml", {"name": "ci", "on": "push", "jobs": {}}, None),
    ("play.yaml", [{"roles": []}], None),
    ("compose.yaml", {"services": {}}, None),
]


@pytest.mark.parametrize(("name", "value", "kind"), FILES)
def test_a_file_is_known_by_its_place_or_its_keys(name: str, value: Any, kind: str | None) -> None:
    assert kind_of(name, value, "jobs") == kind
