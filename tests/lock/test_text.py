"""The lock as bytes: what goes in comes out, whatever it is, but for sensitive values, which never go in."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dativo_compile.lock.reading import LockFault, parse
from dativo_compile.lock.shape import is_type
from dativo_compile.lock.text import render
from dativo_compile.model.output import Output, Sensitive, State
from dativo_compile.terraform.formats import read
from dativo_compile.validation.load import schema_of

text = st.text(st.characters(exclude_categories=("Cs",)))
names = st.from_regex(r"[A-Za-z_][A-Za-z0-9_-]{0,12}", fullmatch=True)
numbers = st.integers() | st.integers(-(10**60), 10**60) | st.floats(allow_nan=False, allow_infinity=False)
values = st.recursive(
    st.none() | st.booleans() | numbers | text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(text, inner, max_size=4), max_leaves=12,
)  # fmt: skip
types = st.recursive(
    st.sampled_from(["string", "number", "bool", "dynamic", "list", "map"]),
    lambda inner: (
        st.tuples(st.sampled_from(["list", "set", "map"]), inner).map(list)
        | st.lists(inner, max_size=3).map(lambda parts: ["tuple", parts])
        | st.dictionaries(names, inner, max_size=3).map(lambda parts: ["object", parts])
    ),
    max_leaves=6,
)  # fmt: skip
outputs = st.builds(Output, st.just(""), values, st.none() | types)
named = st.dictionaries(names, outputs, max_size=5).map(lambda o: {n: replace(v, name=n) for n, v in o.items()})
states = st.builds(State, text, named, st.none() | st.integers(0), st.none() | text)
SECRET = "kE7-very-secret-0xbeef"


@given(st.dictionaries(text, states, max_size=4))
def test_what_is_written_is_read_back(written: dict[str, State]) -> None:
    data = render(written)
    back = parse(data)
    assert exactly(back) == exactly(written)
    assert render(back) == data
    assert list(back) == sorted(written)
    jsonschema.Draft202012Validator(schema_of("lock")).validate(json.loads(data))


def exactly(states: dict[str, State]) -> dict[str, Any]:
    """With the kind of every number: 1 and 1.0 and true are equal to Python."""
    return {key: (repr(s.location), s.serial, s.lineage, typed(s.outputs)) for key, s in states.items()}


def typed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: typed(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [typed(inner) for inner in value]
    return (value.name, typed(value.value), value.type) if isinstance(value, Output) else repr(value)


@given(values, types, st.integers(0, 10**9))
def test_nothing_of_a_sensitive_value_is_written(value: Any, kind: Any, other: int) -> None:
    """The bytes are the same whatever the value is, so that no part and no hash of it can be among them."""
    one, two = (
        render({"m:w": State("f", {"s": Output("s", Sensitive.of(hidden), kind)}, 1, "l")})
        for hidden in ({"a": value, "b": SECRET}, f"{SECRET}{other}")
    )
    assert one == two
    assert json.loads(one)["states"]["m:w"]["outputs"]["s"] == {"sensitive": True, "type": kind}


@given(values)
def test_without_a_type_only_the_shape_of_a_sensitive_value_is_written(value: Any) -> None:
    output = Output("s", Sensitive.of({"member": [value, SECRET]}))
    record = json.loads(render({"m:w": State("f", {"s": output})}))["states"]["m:w"]["outputs"]["s"]
    assert record.keys() == {"sensitive", "type"}
    assert is_type(record["type"])
    assert SECRET not in json.dumps(record)


def test_a_type_that_is_none_does_not_reach_the_lock() -> None:
    made = render(
        {"m:w": State("f", {"s": Output("s", Sensitive.of("x"), [SECRET, SECRET]), "p": Output("p", 1, SECRET)})}
    )
    assert SECRET.encode() not in made


@pytest.mark.parametrize(
    "text", ["1", "1.0", "-0.0", "1e5", "0.1", "1e-7", "1e22", "12345678901234567890123456789", "true"]
)
def test_a_number_is_what_the_state_has(text: str) -> None:
    state = read(
        f'{{"version":4,"serial":1,"lineage":"l","outputs":{{"n":{{"value":{text},"type":"number"}}}}}}'.encode(), "f"
    )
    back = parse(render({"m:w": state}))["m:w"]
    assert repr(back.outputs["n"].value) == repr(state.outputs["n"].value)


@pytest.mark.parametrize("number", ["0.12345678901234567890123", "1e999"])
def test_a_number_that_no_double_holds_stays_refused(number: str) -> None:
    source = f'{{"n":{{"value":{number},"type":"number","sensitive":false}}}}'.encode()
    back = parse(render({"m:w": read(source, "f")}))["m:w"].outputs["n"]
    assert back.inexact == (number,)


def test_one_output_is_one_line_and_one_more_changes_no_other() -> None:
    few = {name: Output(name, {"a": [1, 2]}, "dynamic") for name in ("a", "c", "d")}
    more = few | {"b": Output("b", "new")}
    old, new = (render({"m:w": State("f", o, 1, "l")}).splitlines() for o in (few, more))
    assert [line for line in new if line not in old] == [line for line in new if b'"b": {' in line]
    assert [line for line in old if line not in new] == []


LOCK = render(
    {"m:w": State("f", {"a": Output("a", "x", "string"), "s": Output("s", Sensitive.of("y"), "string")}, 3, "l")}
)


@pytest.mark.parametrize("end", range(0, len(LOCK) - 3, 7))
def test_a_lock_cut_anywhere_is_refused(end: int) -> None:
    with pytest.raises(LockFault) as caught:
        parse(LOCK[:end])
    assert caught.value.diagnostic.code.name in ("lock-unreadable", "lock-edited")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('"value": "x"', '"value": "y"', "lock-edited"),
        ('"type": "string", "value"', '"type": "number", "value"', "lock-edited"),
        ('"serial": 3', '"serial": 4', "lock-edited"),
        ('"location": "f"', '"location": "g"', "lock-edited"),
        ('"lineage": "l"', '"lineage": "m"', "lock-edited"),
        ('"m:w"', '"m:v"', "lock-edited"),
        ('"sensitive": true', '"sensitive": true, "value": "y"', "lock-unreadable"),
        ('"sensitive": true', '"sensitive": false', "lock-unreadable"),
        ('"lock_version": 1', '"lock_version": 2', "lock-unreadable"),
        ('"lock_version": 1', '"lock_version": true', "lock-unreadable"),
        ('"serial": 3', '"serial": 3, "serial": 3', "lock-unreadable"),
        ('"serial": 3', '"serial": 3.0', "lock-unreadable"),
        ('"serial": 3', '"extra": 1, "serial": 3', "lock-unreadable"),
        ('"value": "x"', '"value": NaN', "lock-unreadable"),
        ('"value": "x"', '"value": ' + "9" * 5000, "lock-unreadable"),
        ('"value": "x"', '"value": ' + "[" * 100_000, "lock-unreadable"),
        ('  "states"', '=======\n  "states"', "lock-conflicted"),
        ('  "states"', '<<<<<<< HEAD\r\n  "states"', "lock-conflicted"),
    ],
)
def test_what_no_compile_wrote_is_refused(old: str, new: str, code: str) -> None:
    assert old in LOCK.decode()
    with pytest.raises(LockFault) as caught:
        parse(LOCK.decode().replace(old, new, 1).encode())
    assert caught.value.diagnostic.code.name == code
    assert caught.value.diagnostic.help


def test_another_layout_of_the_same_values_is_the_same_lock() -> None:
    """A formatter of JSON may have gone over it."""
    again = parse(json.dumps(json.loads(LOCK), indent=4).encode())
    assert render(again) == LOCK
