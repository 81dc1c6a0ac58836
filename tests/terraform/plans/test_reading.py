"""What a plan says of outputs: the values before and after it, and what nobody knows yet."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dativo_compile.lock.shape import UNKNOWN
from dativo_compile.model.output import Output, Sensitive
from dativo_compile.model.unknown import Unknown, first_unknown
from dativo_compile.terraform.fault import StateFault
from dativo_compile.terraform.plans.plan import Plan, knowing
from dativo_compile.terraform.plans.reading import read_plan
from dativo_compile.terraform.plans.values import overlaid
from tests.terraform.plans.documents import change, declaring, hidden, plan

HERE = "?"  # stands for what is unknown


def read(changes: dict[str, Any], **more: Any) -> Plan:
    return read_plan(plan(changes, **more), "plan.json")


def marked(value: Any) -> Any:
    if type(value) is Unknown:
        return HERE
    if type(value) is dict:
        return {name: marked(inner) for name, inner in value.items()}
    return [marked(inner) for inner in value] if type(value) is list else value


def test_values_before_and_after() -> None:
    told = read(
        {"a": change("x", "y"), "b": change(None, 5432), "c": change("x", None, actions="delete"), "d": change(1, 1)}
    )
    assert {name: output.value for name, output in told.before.outputs.items()} == {"a": "x", "c": "x", "d": 1}
    assert {name: output.value for name, output in told.after.outputs.items()} == {"a": "y", "b": 5432, "d": 1}
    assert [(each.name, each.how) for each in told.changes] == [("a", "changed"), ("b", "added"), ("c", "removed")]
    assert list(told.after.removed) == ["c"]
    assert (told.before.past, told.after.past) == (True, False)


def test_an_output_that_becomes_null_is_gone_and_one_that_stays_null_was_never_there() -> None:
    told = read({"a": change("x", None, actions="update"), "b": change(None, None, actions="no-op")})
    assert told.after.outputs == {}
    assert "null" in told.after.removed["a"]
    assert [each.name for each in told.changes] == ["a"]


@pytest.mark.parametrize(
    ("after", "unknown", "value"),
    [
        (None, True, HERE),
        ({"a": "x"}, {"b": True}, {"a": "x", "b": HERE}),
        ({"a": {"k": 1}}, {"a": {"deep": True}}, {"a": {"k": 1, "deep": HERE}}),
        ({}, {"a": {"deep": True}}, {"a": {"deep": HERE}}),
        (["x", None], [False, True], ["x", HERE]),
        (
            [{"zone": "a"}, {"zone": "b", "id": "2"}],
            [{"id": True}, {}],
            [{"zone": "a", "id": HERE}, {"zone": "b", "id": "2"}],
        ),
        ([None, "x"], [False, False], [None, "x"]),
        ([], [True], [HERE]),
        (["x", "y", None], [True], [HERE, "y", None]),
        ("x", False, "x"),
        ({"a": 1}, {}, {"a": 1}),
        ({"a": None}, {"b": [False, {}]}, {"a": None}),
    ],
)
def test_unknown_members_are_not_missing_ones(after: Any, unknown: Any, value: Any) -> None:
    told = read({"a": change("old", after, unknown)})
    assert marked(told.after.outputs["a"].value) == value
    assert told.after.unknown == (frozenset("a") if HERE in json.dumps(value) else frozenset())


def test_every_unknown_part_has_a_stand_in_of_its_own() -> None:
    def stand_ins(location: str) -> list[str]:
        told = read_plan(
            plan({"a": change("", {}, {"b": True, "c": [True, True]}), "d": change("", None, True)}), location
        )
        a, d = told.after.outputs["a"].value, told.after.outputs["d"].value
        return [a["b"], *a["c"], d]

    assert len({*stand_ins("plan.json"), *stand_ins("other.json")}) == 8
    assert stand_ins("plan.json") == stand_ins("plan.json")
    assert len({Unknown(each).output for each in stand_ins("plan.json")}) == 2


def test_a_set_of_which_a_part_is_unknown_is_so_as_a_whole() -> None:
    prior = {
        "s": {"value": ["a", "x"], "type": ["set", "string"]},
        "m": {"value": {}, "type": ["map", ["set", "string"]]},
    }
    changes = {
        "s": change(["a", "x"], ["x", None], [False, True]),
        "m": change({}, {"k": ["x", None]}, {"k": [False, True]}),
        "l": change(["a", "x"], ["x", None], [False, True]),
    }
    told = read(changes, prior=prior)
    assert {name: marked(output.value) for name, output in told.after.outputs.items()} == {
        "s": HERE, "m": {"k": HERE}, "l": ["x", HERE],
    }  # fmt: skip


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner, max_size=3),
    max_leaves=12,
)


def as_terraform_shows(value: Any, hide: Any) -> tuple[Any, Any]:
    """The value without what `hide` picks, and the mirror of marks: the rules of Terraform's own JSON."""
    if hide(value):
        return None, True
    if type(value) is dict:
        parts = {name: as_terraform_shows(inner, hide) for name, inner in value.items()}
        told = {name: part for name, (part, mark) in parts.items() if mark is not True}
        return told, {name: mark for name, (_, mark) in parts.items() if mark is not False}
    if type(value) is list:
        parts_of = [as_terraform_shows(inner, hide) for inner in value]
        return [part for part, _ in parts_of], [mark for _, mark in parts_of]
    return value, False


@given(values, st.integers(0, 4))
def test_what_is_hidden_comes_back_where_it_was(value: Any, seed: int) -> None:
    def hide(part: Any) -> bool:
        return not isinstance(part, dict | list) and part is not None and hash((repr(part), seed)) % 3 == 0

    def expected(part: Any) -> Any:
        if hide(part):
            return HERE
        if type(part) is dict:
            return {name: expected(inner) for name, inner in part.items()}
        return [expected(inner) for inner in part] if type(part) is list else part

    told, mark = as_terraform_shows(value, hide)
    assert marked(overlaid(told, mark, None, Unknown.of("knownafterapply", "a"))) == expected(value)


def test_numbers_stay_exact() -> None:
    told = read_plan(plan({"a": change(1, 2)}).replace(b'"after": 2', b'"after": 123456789012345678901234567890'), "p")
    assert told.after.outputs["a"].value == 123456789012345678901234567890
    told = read_plan(plan({"a": change(1, 2)}).replace(b'"after": 2', b'"after": 0.10000000000000000001'), "p")
    assert told.after.outputs["a"].inexact == ("0.10000000000000000001",)


@pytest.mark.parametrize(
    ("said", "declared", "how", "before", "after"),
    [
        (hidden("x", "y"), True, "changed", True, True),
        (hidden("x", "y"), False, "no longer sensitive", True, False),
        (hidden("x", "x", actions="update"), True, "now sensitive", False, True),
        (hidden("x", "x", actions="update"), False, "no longer sensitive", True, False),
        (hidden("x", "y"), None, "changed", True, True),
        (change("x", "y", after_sensitive=True), True, "now sensitive", False, True),
        (change("x", "y", before_sensitive=True), False, "no longer sensitive", True, False),
        (change("x", "y", before_sensitive={"a": True}, after_sensitive={"a": True}), True, "changed", True, True),
        (hidden(None, "y", actions="create"), True, "added", None, True),
        (hidden("x", None, actions="delete"), None, "removed", True, None),
    ],
)
def test_terraform_marks_both_sides_and_the_module_says_which(
    said: dict[str, Any], declared: bool | None, how: str, before: bool | None, after: bool | None
) -> None:
    told = read({"a": said}, **({} if declared is None else {"configuration": declaring(a=declared)}))
    (found,) = told.changes
    assert found.how == how
    assert [side and side.sensitive for side in (found.before, found.after)] == [before, after]


def test_a_value_that_is_no_longer_sensitive_is_forgotten_all_the_same() -> None:
    told = read({"a": hidden({"k": "s3cr3t", "l": ["s3cr3t"], "e": ""}, {"k": "s3cr3t", "l": ["s3cr3t"], "e": ""})},
                configuration=declaring(a=False))  # fmt: skip
    assert marked(told.after.outputs["a"].value) == {"k": HERE, "l": [HERE], "e": ""}
    assert "s3cr3t" not in repr(told)


def test_a_sensitive_value_that_is_unknown_has_an_open_shape() -> None:
    told = read({"a": hidden("x", {"user": "u"}, unknown={"password": True}), "b": hidden("x", None, unknown=True)})
    shape = told.after.outputs["a"].value
    assert type(shape) is Sensitive
    assert shape.parts["password"] is UNKNOWN is told.after.outputs["b"].value
    assert shape.parts["user"].kind == "string"
    assert told.after.unknown == frozenset()


def test_the_lock_knows_what_was_not_sensitive() -> None:
    told = read({"a": hidden("x", "y"), "b": hidden("x", "y")}, configuration=declaring(a=True, b=True))
    recorded = {"a": Output("a", "locked", "string"), "b": Output("b", Sensitive("string"))}
    known = knowing(told, recorded)
    assert [each.how for each in known.changes] == ["now sensitive", "changed"]
    assert known.before.outputs["a"] == Output("a", "locked")
    assert known.after is told.after


def test_what_a_limited_plan_does_not_speak_of_stays() -> None:
    prior = {
        "a": {"value": "old", "type": "string", "sensitive": False},
        "b": {"value": "kept", "type": "string", "sensitive": False},
        "c": {"value": "s3cr3t", "type": "string", "sensitive": True},
    }
    told = read({"a": change("x", "y")}, prior=prior, complete=False)
    assert (told.before.outputs["a"].value, told.after.outputs["a"].value) == ("x", "y")
    assert told.before.outputs["b"] == told.after.outputs["b"] == Output("b", "kept")
    assert told.after.outputs["c"].sensitive
    assert "-target" in told.incomplete


def test_deferred_changes_are_told() -> None:
    told = read({"a": change("x", "y")}, complete=False, deferred_changes=[{"reason": "provider_config_unknown"}])
    assert told.incomplete == "1 change is deferred to a later plan"
    assert read({"a": change("x", "y")}).incomplete == ""


def test_secrets_elsewhere_in_a_plan_are_never_built() -> None:
    told = read({"a": change("x", "y")}, variables={"pw": {"value": "s3cr3t"}}, resource_changes=[{"after": "s3cr3t"}])
    assert "s3cr3t" not in repr(told)


def test_a_plan_that_changes_nothing() -> None:
    told = read(
        {"a": change("x", "x"), "b": hidden("s", "s", actions="no-op")}, configuration=declaring(a=False, b=True)
    )
    assert told.changes == ()
    assert first_unknown(told.after.outputs["b"].value) is None


@pytest.mark.parametrize(
    ("changes", "more", "code"),
    [
        ({}, {}, "DC8389"), ({"a": change("x", "y")}, {"errored": True}, "DC8386"),
        ({"a": {"before": 1}}, {}, "DC8382"), ({"a": "x"}, {}, "DC8382"), ([], {}, "DC8382"), ("x", {}, "DC8382"),
        ({"a": change("x", "y")}, {"format_version": "2.0"}, "DC8385"),
        ({"a": change("x", "y")}, {"format_version": "0.2"}, "DC8385"),
        ({"a": change("x", "y")}, {"format_version": 1}, "DC8385"),
        ({"a": change("x", "y")}, {"format_version": "s3cr3t"}, "DC8385"),
    ],
)  # fmt: skip
def test_plans_that_cannot_be_read(changes: Any, more: dict[str, Any], code: str) -> None:
    with pytest.raises(StateFault) as caught:
        read(changes, **more)
    found = caught.value.at(None)
    assert found.code.id == code
    assert found.help
    assert "s3cr3t" not in repr(found)


@pytest.mark.parametrize("version", ["1.0", "1.2", "1.99", "1"])
def test_every_format_that_calls_itself_one_is_read(version: str) -> None:
    assert read({"a": change("x", "y")}, format_version=version).changes
