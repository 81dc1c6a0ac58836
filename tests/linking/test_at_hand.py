"""Whose state is at hand: by module and workspace, by workspace, or by nothing where there is only one."""

from __future__ import annotations

import pytest

from dativo_compile.linking.at_hand import EVERY, AtHand
from dativo_compile.model.output import State
from dativo_compile.model.usage import UsageError

ONE, OTHER = State("one", {}), State("other", {})


def test_without_any_nothing_is_covered() -> None:
    hand = AtHand({})
    assert hand.state("m", "w") is None
    assert not hand.covers("m", "w")


def test_a_key_with_the_module_goes_before_one_without() -> None:
    hand = AtHand({"w": ONE, "m:w": OTHER})
    assert hand.state("m", "w") is OTHER
    assert hand.state("n", "w") is ONE
    assert hand.state("m", "v") is None
    assert [hand.covers("m", "w"), hand.covers("x", "w"), hand.covers("m", "v")] == [True, True, False]


def test_one_for_all_jobs() -> None:
    hand = AtHand({EVERY: ONE})
    assert hand.state("m", "w") is hand.state("m", "w") is hand.state("", "w") is ONE
    assert hand.covers("any", "where")


@pytest.mark.parametrize(
    ("key", "first", "second", "words"),
    [
        (EVERY, ("m", "v"), ("m", "w"), "`m:v` and `m:w`"), (EVERY, ("", "v"), ("", "w"), "`v` and `w`"),
        (EVERY, ("m", "w"), ("n", "w"), "`m:w` and `n:w`"), ("w", ("n", "w"), ("m", "w"), "`m:w` and `n:w`"),
    ],
)  # fmt: skip
def test_a_state_is_of_one_module_in_one_workspace(
    key: str, first: tuple[str, str], second: tuple[str, str], words: str
) -> None:
    hand = AtHand({key: ONE})
    assert hand.state(*first) is ONE
    with pytest.raises(UsageError) as caught:
        hand.state(*second)
    assert words in caught.value.message
    assert caught.value.help.startswith("say which it is for, such as `--tf-plan ")
