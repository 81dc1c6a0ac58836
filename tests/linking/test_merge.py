"""Deep merge against a model that is too slow and too plain to be wrong."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from dativo_compile.linking.merge import first_leaf, merge, spread, without_nulls
from dativo_compile.model.origin import Candidate, Won, beaten, winner

KEYS = st.sampled_from(["a", "b", "c", "type"])
SCALARS = st.one_of(st.integers(0, 3), st.sampled_from(["x", "y"]), st.booleans())
LEAVES = st.one_of(SCALARS, st.none(), st.lists(SCALARS, max_size=2))
TREES = st.recursive(
    st.dictionaries(KEYS, LEAVES, max_size=3),
    lambda inner: st.dictionaries(KEYS, st.one_of(LEAVES, inner), max_size=4),
    max_leaves=12,
)


def clean(value: Any) -> Any:
    """The model of absence: nulls in mappings are not there."""
    return {k: clean(v) for k, v in value.items() if v is not None} if isinstance(value, dict) else value


def model(weak: Any, strong: Any) -> Any:
    out = dict(weak)
    for key, value in strong.items():
        before = out.get(key)
        if value is None:
            out.pop(key, None)
        elif isinstance(before, dict) and before and isinstance(value, dict):
            types = before.get("type"), value.get("type")
            other = None not in types and types[0] != types[1]
            out[key] = clean(value) if other else model(before, value)
        else:
            out[key] = clean(value)
    return out


def same_shape(value: Any, origins: Any) -> bool:
    if isinstance(value, dict) and value:
        return (
            isinstance(origins, dict)
            and origins.keys() == value.keys()
            and all(same_shape(v, origins[k]) for k, v in value.items())
        )
    if isinstance(value, list) and value:
        return isinstance(origins, list) and len(origins) == len(value)
    return not isinstance(origins, dict | list)


def leaves(value: Any, origins: Any) -> list[tuple[Any, Any]]:
    if isinstance(origins, dict):
        return [pair for key in origins for pair in leaves(value[key], origins[key])]
    if isinstance(origins, list):
        return [pair for v, o in zip(value, origins, strict=True) for pair in leaves(v, o)]
    return [(value, origins)]


@given(TREES, TREES)
def test_merge_equals_the_model(weak: dict[str, Any], strong: dict[str, Any]) -> None:
    weak = clean(weak)
    weak, strong = {"root": weak}, {"root": strong}
    value, origins = merge(weak, spread(weak, "weak:1:1"), strong, spread(strong, "job:1:1"))
    assert value == model(weak, strong)
    assert same_shape(value, origins)


@given(TREES, TREES)
def test_each_leaf_knows_which_side_it_came_from(weak: dict[str, Any], strong: dict[str, Any]) -> None:
    weak = clean(weak)
    if not weak or not strong:
        return
    value, origins = merge(weak, spread(weak, "weak:1:1"), strong, spread(strong, "job:1:1"))
    if not value:
        return
    for leaf, origin in leaves(value, origins):
        side = winner(origin)
        assert side in ("weak:1:1", "job:1:1")
        for candidate in beaten(origin):
            assert (side, candidate.origin) == ("job:1:1", "weak:1:1"), leaf


@given(TREES)
def test_nothing_merged_into_nothing_changes_nothing(tree: dict[str, Any]) -> None:
    tree = clean(tree)
    origins = spread(tree, "a:1:1")
    if tree:
        assert merge(tree, origins, {}, {}) == (tree, origins)
        assert merge({}, {}, tree, origins) == (tree, origins)


@given(TREES, TREES)
def test_merging_changes_neither_input(weak: dict[str, Any], strong: dict[str, Any]) -> None:
    before = repr(weak), repr(strong)
    if weak and strong:
        merge(weak, spread(weak, "weak:1:1"), strong, spread(strong, "job:1:1"))
    assert (repr(weak), repr(strong)) == before


def test_another_type_replaces_the_mapping_whole() -> None:
    weak = {"credentials": {"type": "api_key", "from_env": "A"}}
    strong = {"credentials": {"type": "basic", "user": "b"}}
    value, origins = merge(weak, spread(weak, "source:1:1"), strong, spread(strong, "job:1:1"))
    assert value == strong
    assert origins["credentials"]["user"] == Won("job:1:1", (Candidate("source:1:1", weak["credentials"]),))


def test_a_reference_is_a_leaf() -> None:
    weak = {"host": {"$ref": "env:HOST", "optional": True}}
    value, origins = merge(weak, {"host": "source:3:1"}, {"host": "db"}, {"host": "job:1:1"})
    assert value == {"host": "db"}
    assert origins == {"host": Won("job:1:1", (Candidate("source:3:1", weak["host"]),))}


def test_a_null_that_removes_nothing_is_absence() -> None:
    tree = {"a": {"b": None, "c": 1}, "d": {"e": None}}
    assert without_nulls(tree, spread(tree, "job:1:1"))[0] == {"a": {"c": 1}, "d": {}}


def test_the_first_leaf_of_a_tree_stands_for_it() -> None:
    assert first_leaf({"a": [{"b": "job:2:3"}]}) == "job:2:3"
