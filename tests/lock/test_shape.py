"""Types in place of values: a path into a sensitive output that the state allows, the lock allows."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dativo_compile.lock.shape import is_type, shape_of, type_of
from dativo_compile.mapping.expression import parse_expression
from dativo_compile.mapping.pick import pick
from dativo_compile.model.output import Output, Sensitive, State
from dativo_compile.model.place import Place

LOGIN = [
    "object",
    {"hosts": ["list", "string"], "password": "string", "by_zone": ["map", ["object", {"id": "number"}]]},
]


def picked(expression: str, shape: Sensitive) -> str:
    parsed = parse_expression(expression)
    assert parsed is not None
    value, fault = pick(parsed, State("f", {"login": Output("login", shape)}), lambda: Place.whole("job"))
    return value.kind if fault is None else fault.code.name


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("login", "object"),
        ("login.password", "string"),
        ("login.hosts", "list"),
        ("login.hosts[7]", "string"),
        ("login.by_zone.a", "object"),
        ("login.by_zone.a.id", "number"),
        ("login.pasword", "output-path-unknown"),
        ("login.password.x", "output-path-unknown"),
        ("login.hosts.x", "output-path-unknown"),
        ("login.by_zone[0]", "output-path-unknown"),
        ("login.by_zone.a.ip", "output-path-unknown"),
    ],
)
def test_a_path_is_checked_against_the_type(expression: str, said: str) -> None:
    assert picked(expression, shape_of(LOGIN)) == said


@pytest.mark.parametrize("kind", ["dynamic", "map", ["map", "dynamic"]])
def test_what_a_type_leaves_open_is_taken_to_be_there(kind: Any) -> None:
    assert picked("login.a.b[0].c", shape_of(kind)) in ("unknown",)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(min_size=1),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=10,
    )
)  # fmt: skip
def test_the_type_of_a_shape_gives_the_shape_back(value: Any) -> None:
    shape = Sensitive.of(value)
    kind = type_of(Output("s", shape))
    assert is_type(kind)
    assert same(shape, shape_of(kind))


def same(one: Sensitive, other: Sensitive) -> bool:
    if one.kind == "null":
        return other.kind == "unknown"
    return one.kind == other.kind and list(one.parts) == list(other.parts) and all(
        same(one.parts[step], other.parts[step]) for step in one.parts
    )  # fmt: skip


BAD = (
    None, 1, "text", [], ["list"], ["list", 1], ["object", []], ["tuple", {}], ["set", "x"], ["object", {}, 1],
    ["object", {}, [1]], ["list", "string", []], {"a": 1}, [["list"], "string"],
)  # fmt: skip


@pytest.mark.parametrize("bad", BAD)
def test_what_is_no_type(bad: Any) -> None:
    assert not is_type(bad)


def test_optional_attributes_of_an_object_type() -> None:
    assert is_type(["object", {"a": "string"}, ["a"]])
