"""Two trees compared, and the difference applied: what was found is all that differs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dativo_compile.review.diff.apply import applied
from dativo_compile.review.diff.leaves import differing
from dativo_compile.review.diff.model import Element

KEYS = st.sampled_from(["name", "type", "ref", "a", "b", "$ref", "$concat", "x-y", "tags"])
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-2, 2), st.just(10**30), st.just(1.0), st.sampled_from(["", "1", "a", "b"])
)
NAMED = st.lists(
    st.fixed_dictionaries({"name": st.sampled_from("abcdef")}, optional={"type": SCALARS, "of": st.lists(SCALARS)}),
    unique_by=lambda each: each["name"],
    max_size=5,
)
TREES = st.recursive(
    st.one_of(SCALARS, NAMED),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=12,
)
MANIFESTS = st.dictionaries(KEYS, TREES, max_size=5)


def exact(tree: Any) -> str:
    """`1`, `1.0` and `true` are three values; the order of a list counts, that of keys does not."""
    return json.dumps(tree, sort_keys=True)


@settings(deadline=None)
@given(MANIFESTS)
def test_a_tree_does_not_differ_from_itself(tree: dict[str, Any]) -> None:
    assert list(differing(tree, json.loads(exact(tree)))) == []


@settings(max_examples=300, deadline=None)
@given(MANIFESTS, MANIFESTS)
def test_a_difference_applied_to_the_old_tree_gives_the_new_one(old: dict[str, Any], new: dict[str, Any]) -> None:
    before = exact(old)
    assert exact(applied(old, differing(old, new))) == exact(new)
    assert exact(old) == before


@settings(max_examples=300, deadline=None)
@given(MANIFESTS, MANIFESTS)
def test_what_is_not_told_is_the_same(old: dict[str, Any], new: dict[str, Any]) -> None:
    """Taken away from both sides, what was found leaves two trees that are equal but for the order of elements."""
    found = [leaf.steps for leaf in differing(old, new)]
    assert exact(without(old, found)) == exact(without(new, found))


def without(tree: Any, told: list[Any], steps: tuple[Any, ...] = ()) -> Any:
    """The tree without the leaves that are told, and without containers that held nothing else."""
    if steps in told:
        return None
    if isinstance(tree, dict):
        inner = {key: without(value, told, (*steps, key)) for key, value in tree.items()}
        return {key: value for key, value in inner.items() if value not in (None, {}, [])} or None
    below = [each[len(steps)] for each in told if len(each) > len(steps) and each[: len(steps)] == steps]
    if isinstance(tree, list) and any(isinstance(step, Element) for step in below):
        pairs = [(each, key) for each in tree for key in ("name", "ref") if key in each]
        kept = [(key, without(each, told, (*steps, Element(key, each[key])))) for each, key in pairs]
        return sorted((exact(value) for _, value in kept if value is not None)) or None
    return tree


def told(old: Any, new: Any) -> Iterator[tuple[Any, ...]]:
    for leaf in differing(old, new):
        steps = [f"{step.key}={step.value}" if isinstance(step, Element) else step for step in leaf.steps]
        yield ".".join(steps), leaf.how, leaf.old, leaf.new, leaf.position


REF = {"$ref": "env:A"}
A, B, C = ({"name": name, "type": "string"} for name in "abc")


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ({"a": 1}, {"a": True}, [("a", "changed", 1, True, -1)]),
        ({"a": 1}, {"a": 1.0}, [("a", "changed", 1, 1.0, -1)]),
        ({"a": {"b": 1, "c": 2}}, {"a": {"c": 2}}, [("a.b", "removed", 1, None, -1)]),
        ({}, {"a": {"b": {"c": 1}}}, [("a.b.c", "added", None, 1, -1)]),
        ({"a": {"b": 1}}, {"a": {}}, [("a", "changed", {"b": 1}, {}, -1)]),
        ({"a": REF}, {"a": {"$ref": "env:B"}}, [("a", "changed", REF, {"$ref": "env:B"}, -1)]),
        ({"a": ["x"]}, {"a": ["x", "y"]}, [("a", "changed", ["x"], ["x", "y"], -1)]),
        ({"s": [A, B]}, {"s": [A, C, B]}, [("s.name=c", "added", None, C, 1)]),
        ({"s": [A, B]}, {"s": [B]}, [("s.name=a", "removed", A, None, -1)]),
        ({"s": [A, B]}, {"s": [B, A]}, [("s", "reordered", ["a", "b"], ["b", "a"], -1)]),
        ({"s": [A, B]}, {"s": [B | {"type": "date"}, A]}, [
            ("s.name=b.type", "changed", "string", "date", -1), ("s", "reordered", ["a", "b"], ["b", "a"], -1),
        ]),
        ({"s": [A]}, {"s": [B]}, [("s.name=a", "removed", A, None, -1), ("s.name=b", "added", None, B, 0)]),
        ({"s": [A, A]}, {"s": [A]}, [("s", "changed", [A, A], [A], -1)]),
    ],
)  # fmt: skip
def test_what_is_told(old: Any, new: Any, wanted: list[Any]) -> None:
    assert list(told(old, new)) == wanted
