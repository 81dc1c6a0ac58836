"""Precedence as algebra: any five levels against a model of a few lines."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dativo_compile.model.origin import beaten, winner
from tests.tags.made import tagged

Value = str | None
Tags = dict[str, Value]
COLUMNS = ("id", "email")
VALUES = st.none() | st.sampled_from(["", "a", "B", "c d", "no", "0o17", "1.5", "${x", "é"])
# The keys of the levels overlap as far as their logical keys can.
TAG_KEYS = ("cost_center", "owner", "custom.a", "compliance", "compliance.days", "classification.default")
OVERRIDE_KEYS = ("default", *COLUMNS)
COMPLIANCE_KEYS = ("regulations", "days", "classification")
LEVELS = st.tuples(
    *(
        st.dictionaries(st.sampled_from(keys), VALUES)
        for keys in (TAG_KEYS, TAG_KEYS, TAG_KEYS, COMPLIANCE_KEYS, OVERRIDE_KEYS)
    )
)


def logical(number: int, tags: Tags) -> Tags:
    if number == 3:
        names = {"regulations": "compliance", "days": "compliance.days", "classification": "classification.default"}
        return {names[key]: value for key, value in tags.items()}
    if number == 4:
        return {
            "classification.default" if key == "default" else f"classification.fields.{key}": value
            if value is None or key == "default" else value.lower()
            for key, value in tags.items()
        }  # fmt: skip
    return tags


def model(levels: tuple[Tags, ...]) -> dict[str, list[str]]:
    """Logical key -> the values that levels gave it, the winner first; keys that a null removed last are absent."""
    given: dict[str, list[Value]] = {}
    for number, tags in enumerate(levels):
        for key, value in logical(number, tags).items():
            given.setdefault(key, []).insert(0, value)
    return {key: [v for v in values if v is not None] for key, values in given.items() if values[0] is not None}


def compiled(levels: tuple[Tags, ...]) -> Any:
    """JSON is YAML; a tag that is given as `null` and nothing else keeps its place."""
    first, second, third, fourth, fifth = levels
    job = {"infrastructure": {"tags": first}, "finops": third, "classification_overrides": fifth}
    columns = [{"name": name, "type": "string"} for name in COLUMNS]
    asset = {"name": "orders", "schema": columns, "finops": second, "compliance": fourth}
    text = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in job.items())
    made, found = tagged(text, json.dumps(asset, ensure_ascii=False))
    assert {d.code.name for d in found} <= {"null-removes-nothing"}
    return made


@settings(max_examples=60, deadline=None)
@given(LEVELS)
def test_the_highest_level_wins_unless_a_null_removes(levels: tuple[Tags, ...]) -> None:
    assert compiled(levels).tags == {key: values[0] for key, values in model(levels).items()}


@settings(max_examples=60, deadline=None)
@given(LEVELS)
def test_history_lists_exactly_the_lower_candidates(levels: tuple[Tags, ...]) -> None:
    made = compiled(levels)
    for key, values in model(levels).items():
        origin = made.tag_origins[key]
        assert [candidate.value for candidate in beaten(origin)] == values[1:]
        places = [winner(origin), *(candidate.origin for candidate in beaten(origin))]
        assert len(set(places)) == len(places)


@settings(max_examples=40, deadline=None)
@given(LEVELS, st.randoms(use_true_random=False))
def test_order_of_keys_never_matters(levels: tuple[Tags, ...], random: Any) -> None:
    shuffled = []
    for tags in levels:
        pairs = list(tags.items())
        random.shuffle(pairs)
        shuffled.append(dict(pairs))
    one, other = compiled(levels), compiled(tuple(shuffled))
    assert one.tags == other.tags
    assert one.properties == other.properties
