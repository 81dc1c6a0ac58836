"""Paths: what is put can be got, and nothing else moves."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dativo_compile.linking.merge import spread
from dativo_compile.mapping.dotpath import Absent, Blocked, Draft, find, get, parse, show

NAMES = st.from_regex(r"\A[a-z_][a-z0-9_-]{0,5}\Z")
STEPS = st.tuples(NAMES, st.lists(st.one_of(NAMES, st.integers(0, 3)), max_size=4)).map(lambda t: (t[0], *t[1]))
VALUES = st.one_of(st.integers(), st.text(max_size=4), st.booleans(), st.lists(st.integers(), max_size=3))
TREES = st.recursive(
    st.dictionaries(NAMES, VALUES, min_size=1, max_size=3),
    lambda inner: st.dictionaries(NAMES, st.one_of(VALUES, inner, st.lists(inner, max_size=2)), min_size=1, max_size=3),
    max_leaves=10,
)


def put(tree: Any, origins: Any, steps: Any, value: Any, origin: Any) -> tuple[Any, Any]:
    draft = Draft(tree, origins)
    draft.put(steps, value, origin)
    return draft.tree, draft.origins


@given(STEPS)
def test_a_path_reads_back_as_it_is_shown(steps: tuple[str | int, ...]) -> None:
    assert parse(show(steps)) == steps


@pytest.mark.parametrize(
    "text", ["", ".", "a.", ".a", "a..b", "[0]", "a[", "a[x]", "a[-1]", "a b", "a.b[0", "a[*]", "1a", "a.$b"]
)
def test_what_is_no_path_is_none(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("a", ("a",)),
        ("a.b-c[10].d", ("a", "b-c", 10, "d")),
        ('a["x.y"]', ("a", "x.y")),
        ("a['x y'][0]", ("a", "x y", 0)),
    ],
)
def test_names_and_indexes(text: str, steps: tuple[str | int, ...]) -> None:
    assert parse(text) == steps


@given(TREES, STEPS, VALUES)
def test_what_is_put_can_be_got_and_the_given_tree_stays(tree: dict[str, Any], steps: Any, value: Any) -> None:
    before = copy.deepcopy(tree)
    origins = spread(tree, "job:1:1")
    try:
        out, marks = put(tree, origins, steps, value, "new")
    except Blocked:
        assert tree == before
        return
    assert tree == before
    assert get(out, steps) == value
    assert get(marks, steps) == "new"


@given(TREES, STEPS, VALUES)
def test_a_put_moves_nothing_beside_its_path(tree: dict[str, Any], steps: Any, value: Any) -> None:
    try:
        out, _ = put(tree, spread(tree, "job:1:1"), steps, value, "new")
    except Blocked:
        return
    for name, inner in tree.items():
        if name != steps[0]:
            assert out[name] is inner
    at, node, old = 0, out, tree
    while at < len(steps) - 1 and isinstance(old, dict) and steps[at] in old:
        node, old, at = node[steps[at]], old[steps[at]], at + 1
        if isinstance(old, dict):
            for name in old:
                assert name == steps[at] or node[name] is old[name]


@given(TREES, STEPS, VALUES)
def test_putting_twice_is_putting_once(tree: dict[str, Any], steps: Any, value: Any) -> None:
    try:
        once = put(tree, spread(tree, "job:1:1"), steps, value, "new")
    except Blocked:
        return
    assert put(*once, steps, value, "new") == once


@given(TREES, st.lists(st.tuples(STEPS, VALUES), max_size=5))
def test_one_draft_is_many(tree: dict[str, Any], writes: list[tuple[Any, Any]]) -> None:
    before = copy.deepcopy(tree)
    draft = Draft(tree, spread(tree, "job:1:1"))
    values, origins = tree, spread(tree, "job:1:1")
    for steps, value in writes:
        try:
            values, origins = put(values, origins, steps, value, "new")
        except Blocked:
            with pytest.raises(Blocked):
                draft.put(steps, value, "new")
        else:
            draft.put(steps, value, "new")
    assert (draft.tree, draft.origins) == (values, origins)
    assert tree == before


@given(TREES, STEPS)
def test_find_is_get_without_an_error(tree: dict[str, Any], steps: Any) -> None:
    try:
        value = get(tree, steps)
    except Absent:
        value = None
    assert find(tree, steps) == value


def test_an_index_addresses_an_element_or_the_next_one() -> None:
    tree, marks = put({}, {}, ("buckets", 0, "name"), "raw", "o")
    assert tree == {"buckets": [{"name": "raw"}]}
    tree, marks = put(tree, marks, ("buckets", 1, "name"), "curated", "o")
    assert tree == {"buckets": [{"name": "raw"}, {"name": "curated"}]}
    with pytest.raises(Blocked) as blocked:
        put(tree, marks, ("buckets", 3), "x", "o")
    assert blocked.value.reason == "the list `buckets` has 2 elements, so the next index is 2"


def test_a_walk_through_a_scalar_or_a_reference_is_blocked() -> None:
    for value, kind in (("x", "a text"), (1, "a number"), (True, "a boolean"), ({"$ref": "env:A"}, "a reference")):
        with pytest.raises(Blocked) as blocked:
            put({"a": value}, {"a": "job:1:1"}, ("a", "b"), 1, "o")
        assert blocked.value.reason == f"{kind} stands at `a`"


def test_absence_says_how_far_the_path_went() -> None:
    with pytest.raises(Absent) as absent:
        get({"a": {"b": [1]}}, ("a", "b", 1))
    assert absent.value.at == 2
