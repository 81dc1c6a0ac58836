"""Files that are no plan but were taken for one: named, with what to run."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from dativo_compile.diagnostics.codes.plan import NOT_A_PLAN, PLAN_IS_BINARY, PLAN_IS_STATE
from dativo_compile.diagnostics.codes.state import STATE_EMPTY, STATE_IS_PAGE, STATE_IS_PLAN, STATE_TRUNCATED
from dativo_compile.terraform.fault import StateFault
from dativo_compile.terraform.near_misses import refuse_bytes, refuse_json
from dativo_compile.terraform.raw import kind_of

SHOW = "run `terraform plan -out=tfplan`, then `terraform show -json tfplan > plan.json`"
BINARY_HELP = "run `terraform show -json PLAN > plan.json` where the plan was made, and give plan.json"
LOG = re.compile(rb'\s*\{[^\n]{0,500}"@(?:level|message|module)"')
FOR_PEOPLE = re.compile(
    rb"(?:Terraform|OpenTofu) (?:will perform|used the selected|planned)|No changes\.|Changes to Outputs:"
    rb"|: Refreshing state"
)
BEGINNING = 4_000  # bytes in which a text for people says what it is
WORDS = {
    STATE_EMPTY: "it is empty",
    STATE_IS_PAGE: "it is an HTML or XML page",
    STATE_TRUNCATED: "it ends in the middle of its JSON",
}


def refuse_text(data: bytes) -> None:
    """Raises `StateFault` for what is no JSON text, or more than one."""
    fault = _of_bytes(data)
    if fault is not None:
        raise fault


def refuse_no_json(data: bytes) -> None:
    """Raises `StateFault` for a text that a JSON decoder refused."""
    fault = _caught(refuse_json, data)
    if fault is not None:
        raise in_words(fault)


def refuse_others(top: Mapping[str, Any]) -> None:
    """Raises `StateFault` for JSON of another kind; the members of `top` are still raw."""
    if "encrypted_data" in top and "encryption_version" in top:
        help = "where its key is at hand: `tofu show -json PLAN > plan.json`"
        raise StateFault(NOT_A_PLAN, found="it is encrypted by OpenTofu", help=help)
    if "format_version" in top:
        if "values" in top or not top.keys() - {"format_version", "terraform_version", "checks"}:
            raise StateFault(PLAN_IS_STATE, found="`terraform show -json` without a plan's name prints it", help=SHOW)
        if not top.keys() & {"planned_values", "resource_changes", "output_changes"}:
            raise StateFault(NOT_A_PLAN, found="it has a `format_version` and plans nothing", help=SHOW)
        return
    if "version" in top and top.keys() & {"serial", "lineage", "outputs", "modules"}:
        raise StateFault(PLAN_IS_STATE, found="it has a `version` and a `serial`", help=SHOW)
    if top and all(kind_of(raw) == "an object" and b'"value"' in bytes(raw) for raw in top.values()):
        raise StateFault(PLAN_IS_STATE, found="`terraform output -json` prints such outputs", help=SHOW)
    raise StateFault(NOT_A_PLAN, found="it has no `format_version`", help=SHOW)


def _of_bytes(data: bytes) -> StateFault | None:
    if LOG.match(data):
        return StateFault(NOT_A_PLAN, found="it is the log that `terraform plan -json` prints", help=SHOW)
    beginning = data[:BEGINNING].lstrip()
    if not beginning.startswith((b"{", b"[")) and FOR_PEOPLE.search(beginning):
        return StateFault(NOT_A_PLAN, found="it is what `terraform plan` prints for people", help=SHOW)
    fault = _caught(refuse_bytes, data)
    return in_words(fault) if fault is not None else None


def _caught(refuse: Any, data: bytes) -> StateFault | None:
    """What it raises is never raised on: a decoder's error, which it may stem from, keeps the whole text."""
    try:
        refuse(data)
    except StateFault as fault:
        return fault
    return None


def in_words(fault: StateFault) -> StateFault:
    """What is said of a state, said of a plan."""
    if fault.code is STATE_IS_PLAN:
        return StateFault(PLAN_IS_BINARY, help=BINARY_HELP)
    found = WORDS.get(fault.code) or str(fault.fields.get("found"))
    return StateFault(NOT_A_PLAN, found=found, notes=fault.notes, help=SHOW)
