"""What moved between two locks."""

from __future__ import annotations

from typing import Any

from dativo_compile.lock.reading import parse
from dativo_compile.lock.text import render as as_lock
from dativo_compile.model.output import Output, Sensitive, State
from dativo_compile.report.moves import render
from dativo_compile.report.paint import Paint
from dativo_compile.review.moves import moves

SECRET = "hunter2"


def state(serial: int = 1, location: str = "f", **outputs: Any) -> State:
    return State(location, {n: Output(n, v[0], v[1]) for n, v in outputs.items()}, serial, "l")


def told(before: dict[str, State], after: dict[str, State]) -> str:
    """As the command has it: what was is read from a lock."""
    return render(moves(parse(as_lock(before)), after), Paint())


def test_every_kind_of_move_is_told_and_no_secret() -> None:
    hidden = Sensitive.of(SECRET)
    before = state(
        bucket=("a", "string"), gone=(1, "number"), same=("s", "string"), login=(hidden, "string"),
        token=(SECRET, "string"), key=(hidden, "string"), kept=(hidden, "string"), count=(1, "number"),
    )  # fmt: skip
    after = state(
        2, bucket=("b", "string"), new=([1], ["list", "number"]), same=("s", "string"), login=(hidden, "number"),
        token=(hidden, "string"), key=("open", "string"), kept=(Sensitive.of("other"), "string"), count=(1, "string"),
        more=(hidden, "string"),
    )  # fmt: skip
    text = told({"m:w": before}, {"m:w": after})
    assert text == (
        "m:w\n"
        "  ~ (serial): 1 -> 2\n"
        '  ~ bucket: "a" -> "b"\n'
        '  ~ count: changed type, "number" -> "string"\n'
        "  - gone: 1\n"
        "  ~ key: is no longer sensitive\n"
        '  ~ login: changed type, "string" -> "number"\n'
        "  + more\n"
        "  + new: [1]\n"
        "  ~ token: is now sensitive\n"
    )
    assert SECRET not in text


def test_a_state_comes_and_goes() -> None:
    assert told({"a:w": state(x=("v", None))}, {"b:w": state(x=("v", None))}) == (
        'a:w (removed)\n  - x: "v"\nb:w (added)\n  + x: "v"\n'
    )


def test_a_serial_alone_is_no_move_but_a_lineage_is() -> None:
    assert told({"m:w": state(1)}, {"m:w": state(5)}) == "no output has moved\n"
    moved = State("f", {}, 5, "other")
    assert told({"m:w": state(1)}, {"m:w": moved}) == 'm:w\n  ~ (lineage): "l" -> "other"\n  ~ (serial): 1 -> 5\n'


def test_one_and_one_point_nought_differ() -> None:
    assert told({"m:w": state(x=(1, None))}, {"m:w": state(x=(1.0, None))}) == "m:w\n  ~ x: 1 -> 1.0\n"
