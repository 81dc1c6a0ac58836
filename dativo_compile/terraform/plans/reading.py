"""The bytes of a plan to what it does to outputs. Sensitive values are forgotten here; all else is stepped over.

A plan also holds variables, resources and the prior state, with secrets in clear text: none of them is ever built, but
for the outputs of the prior state in a plan that does not speak of all.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from dativo_compile.diagnostics.codes.plan import NOT_A_PLAN, PLAN_ERRORED, PLAN_NO_OUTPUTS, PLAN_VERSION
from dativo_compile.diagnostics.codes.state import STATE_ENCODING
from dativo_compile.model.output import Output, State
from dativo_compile.model.unknown import Unknown, first_unknown
from dativo_compile.terraform.fault import StateFault
from dativo_compile.terraform.outputs import read_output
from dativo_compile.terraform.plans.plan import How, OutputChange, Plan
from dativo_compile.terraform.plans.refusals import SHOW, in_words, refuse_no_json, refuse_others, refuse_text
from dativo_compile.terraform.plans.values import holds_true, overlaid, shape_of, withheld
from dativo_compile.terraform.raw import kind_of

Members = Mapping[str, Any]  # name -> raw JSON
VERSION = re.compile(rb'"([0-9]{1,4}(?:\.[0-9]{1,4}){0,2})"')
DELETED = "its `output` block is gone, or the plan destroys it"
NULLED = "its value becomes null, and Terraform keeps no null outputs"
LIMITED = "it was limited with `-target`, or Terraform left out what it cannot plan yet"


def read_plan(data: bytes, location: str) -> Plan:
    """Raises `StateFault`."""
    refuse_text(data)
    top = _top(data)
    refuse_others(top)
    _check_version(bytes(top.get("format_version", b"null")).strip())
    if _is_true(top, "errored"):
        raise StateFault(PLAN_ERRORED, help="mend what `terraform plan` reports, and plan again")
    prior = _members(_members(_members(top.get("prior_state")).get("values")).get("outputs"))
    told = _object(top, "output_changes")
    declared = _members(_members(_members(top.get("configuration")).get("root_module")).get("outputs"))
    untold = dict(_untold(prior, told))
    changes = [_change(name, told[name], prior.get(name), declared.get(name), location) for name in sorted(told)]
    if not changes and not untold:
        raise StateFault(PLAN_NO_OUTPUTS, help="plan in the folder of the module whose outputs the jobs map")
    before = {c.name: c.before for c, _ in changes if c.before is not None}
    after = {c.name: c.after for c, _ in changes if c.after is not None}
    removed = {c.name: DELETED if deleted else NULLED for c, deleted in changes if c.how == "removed" and c.before}
    unknown = frozenset(name for name, output in after.items() if first_unknown(output.value) is not None)
    return Plan(
        location,
        State(location, {**untold, **before}, past=True),
        State(location, {**untold, **after}, removed=removed, unknown=unknown),
        tuple(change for change, _ in changes if _moves(change)),
        _incomplete(top),
    )


def _untold(prior: Members, told: Members) -> Iterator[tuple[str, Output]]:
    """Outputs of the prior state that a limited plan does not speak of: they stay."""
    for name in sorted(prior):
        if name not in told:
            output = _read(name, _members(prior[name]))
            if output.value is not None:
                yield name, Output(name, output.value, None, output.inexact)


def _change(name: str, raw: Any, prior: Any, declared: Any, location: str) -> tuple[OutputChange, bool]:
    """The change, also one that changes nothing; and whether the output is deleted.

    Of the prior state only the type counts: the rest of it may be as the new configuration has it.
    """
    members = _members(raw)
    if "actions" not in members:
        raise StateFault(NOT_A_PLAN, found=f"the change of the output `{name}` has no `actions`", help=SHOW)
    old = _plain(name, members.get("before"))
    new = _plain(name, members.get("after"))
    stand_in = Unknown.of("knownafterapply", f"{location}\0{name}")
    kind = _json(_members(prior).get("type"))
    value = overlaid(new.value, _json(members.get("after_unknown")), kind, stand_in)
    same = first_unknown(value) is None and _dump(old.value) == _dump(value)
    hidden = _hidden(members, declared, flipped=same and b"no-op" not in bytes(members["actions"]))
    before = None if old.value is None else _output(old, old.value, hidden[0])
    if hidden[0] and not hidden[1]:
        value = withheld(value, Unknown.of("nolongersensitive", f"{location}\0{name}"))
    after = None if value is None else _output(new, value, hidden[1])
    how = _how(before, after, hidden, same)
    return OutputChange(name, how, before, after), b"delete" in bytes(members["actions"])


def _hidden(members: Members, declared: Any, *, flipped: bool) -> tuple[bool, bool]:
    """Whether the output is sensitive before and after the plan.

    Terraform marks both sides if one of them is: then the module says how it will be. How it was, nobody says, but for
    an update that leaves the value as it is (`flipped`).
    """
    before, after = _marked(members, "before_sensitive"), _marked(members, "after_sensitive")
    if not (before and after) or declared is None:
        return before, after
    after = _is_true(_members(declared), "sensitive")
    return not (after and flipped), after


def _how(before: Output | None, after: Output | None, hidden: tuple[bool, bool], same: bool) -> How:
    if before is None or after is None:
        return "removed" if after is None else "added"
    if hidden[0] != hidden[1]:
        return "now sensitive" if hidden[1] else "no longer sensitive"
    return "unchanged" if same else "changed"


def _moves(change: OutputChange) -> bool:
    return change.how != "unchanged" and not change.before is change.after is None


def _output(read: Output, value: Any, hidden: bool) -> Output:
    """Types are left out: a plan has them on one side only where the other is unknown."""
    return Output(read.name, shape_of(value)) if hidden else Output(read.name, value, None, read.inexact)


def _plain(name: str, raw: Any) -> Output:
    """A value as it was written, exact; it must not leave this module before it is known not to be sensitive."""
    return _read(name, {"value": raw if raw is not None else b"null"})


def _read(name: str, members: Members) -> Output:
    try:
        return read_output(name, members)
    except StateFault as fault:
        caught = fault
    raise in_words(caught) if caught.code is STATE_ENCODING else caught


def _incomplete(top: Members) -> str:
    deferred = _count(top.get("deferred_changes"))
    if deferred:
        return f"{deferred} {'change is' if deferred == 1 else 'changes are'} deferred to a later plan"
    return LIMITED if bytes(top.get("complete", b"true")).strip() == b"false" else ""


def _check_version(raw: bytes) -> None:
    said = VERSION.fullmatch(raw)
    if said is None or said[1].split(b".")[0] != b"1":
        version = said[1].decode() if said else "of unknown kind"  # never a text of a plan
        raise StateFault(PLAN_VERSION, version=version, help="show the plan with Terraform 1.x or OpenTofu 1.x")


def _top(data: bytes) -> Members:
    import msgspec

    top: Members | None = None
    refused = False
    try:
        top = msgspec.json.decode(data, type=dict[str, msgspec.Raw])
    except msgspec.ValidationError:
        pass
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        refused = True
    if refused:
        refuse_no_json(data)
    if top is None:
        found = "a JSON decoder refuses it" if refused else f"it is {kind_of(data)}"
        raise StateFault(NOT_A_PLAN, found=found, help=SHOW)
    return top


def _object(top: Members, name: str) -> Members:
    raw = top.get(name)
    if raw is not None and kind_of(raw) not in ("an object", "null"):
        raise StateFault(NOT_A_PLAN, found=f"`{name}` is {kind_of(raw)}", help=SHOW)
    return _members(raw)


def _members(raw: Any) -> Members:
    """The members of a raw object; none of anything else."""
    import msgspec

    try:
        members: Members = msgspec.json.decode(bytes(raw), type=dict[str, msgspec.Raw]) if raw is not None else {}
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        members = {}
    return members


def _count(raw: Any) -> int:
    import msgspec

    try:
        return len(msgspec.json.decode(bytes(raw), type=list[msgspec.Raw])) if raw is not None else 0
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return 0


def _is_true(top: Members, name: str) -> bool:
    return bytes(top.get(name, b"")).strip() == b"true"


def _marked(members: Members, name: str) -> bool:
    """Whether the whole or a part is sensitive: an output is so as a whole."""
    return holds_true(_json(members.get(name)))


def _json(raw: Any) -> Any:
    """A mirror of marks: booleans, lists and objects."""
    try:
        return json.loads(bytes(raw)) if raw is not None else False
    except (ValueError, RecursionError):
        return True  # what cannot be read is taken to be unknown, or sensitive


def _dump(value: Any) -> str:
    return json.dumps(value, sort_keys=True)
