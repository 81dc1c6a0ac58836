"""Which keys look like slips of each other, and which only look alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dativo_compile.tags.slips import nearest_slip, shapes, slipped

KEYS = st.text(st.sampled_from("abcdE_-.1é"), min_size=1, max_size=9)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("cost_center", "cost_centre"),
        ("cost_center", "cost_cente"),
        ("cost_center", "costt_center"),
        ("cost_center", "cost_canter"),
        ("cost_center", "CostCenter"),
        ("cost_center", "cost-center"),
        ("cost_center", "Cost-Centre"),
        ("environment", "enviroment"),
        ("environment", "enviornment"),
        ("business_unit", "buisness_unit"),
        ("owner", "owners"),
        ("env", "ENV"),
        ("custom.team_name", "custom.teamname"),
        ("line_1", "line1"),
    ],
)
def test_slips(one: str, two: str) -> None:
    assert slipped(one, two) and slipped(two, one)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("cost_center", "cost_center"),
        ("project", "product"),
        ("created_by", "updated_by"),
        ("line_1", "line_2"),
        ("tier1", "tier12"),
        ("team", "term"),
        ("env", "end"),
        ("custom.team", "custom.term"),
        ("owner", "order"),
        ("cost_center", "profit_center"),
        ("compliance.retention_days", "compliance.retention"),
        ("", "owner"),
    ],
)
def test_two_words(one: str, two: str) -> None:
    assert not slipped(one, two) and not slipped(two, one)


@given(KEYS, KEYS)
def test_a_slip_goes_both_ways_and_is_found_by_its_shapes(one: str, two: str) -> None:
    assert slipped(one, two) == slipped(two, one)
    assert not slipped(one, two) or set(shapes(one)) & set(shapes(two))


@given(st.text(st.sampled_from("abcde"), min_size=6, max_size=9), st.integers(0, 8), st.sampled_from("xyz"))
def test_every_slip_of_one_letter_is_one(word: str, at: int, letter: str) -> None:
    at %= len(word)
    assert slipped(word, word[:at] + letter + word[at:])
    assert slipped(word, word[:at] + letter + word[at + 1 :])
    assert slipped(word, word[:at] + word[at + 1 :])
    turned = word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
    assert turned == word or slipped(word, turned)


def test_the_nearest_slip_is_one_of_them() -> None:
    assert nearest_slip("owner", ["project", "ownr", "Owner"]) == "Owner"
    assert nearest_slip("owner", ["project"]) == ""
