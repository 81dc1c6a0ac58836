"""The bytes of a state, told apart by content and never by name, to its root outputs.

Resources are stepped over, not built: a state of 50 MB costs little more than its bytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from dativo_compile.diagnostics.codes.state import (
    OUTPUT_MALFORMED,
    STATE_ENCRYPTED,
    STATE_IS_PLAN,
    STATE_IS_POINTER,
    STATE_NO_OUTPUTS,
    STATE_UNKNOWN,
    STATE_VERSION,
)
from dativo_compile.model.output import State
from dativo_compile.terraform.fault import StateFault
from dativo_compile.terraform.near_misses import PLAN_HELP, refuse_bytes, refuse_json
from dativo_compile.terraform.outputs import AGAIN, read_output
from dativo_compile.terraform.raw import Members, items_of, kind_of, members_of, names_of, plain

Opener = Callable[[Mapping[str, Any]], bytes | None]  # members of an encrypted state -> the plain one
Parse = Callable[[bytes, str, Opener | None], State]

NO_OUTPUTS_HELP = "check the workspace with `terraform workspace list`, and apply the module"
ENCRYPTED_HELP = "set `TF_ENCRYPTION` as for OpenTofu, or where the key is at hand: `tofu output -json > FILE`"
PLAIN_NUMBER = re.compile(rb"-?[0-9]{1,9}(\.[0-9]{1,9})?")
BACKEND_NAME = re.compile(r"[a-z0-9_-]{1,20}")
OUTPUT_JSON_HELP = "give what `terraform output -json` prints"


def read(data: bytes, location: str, opener: Opener | None = None) -> State:
    """The state in one of its formats. Raises `StateFault`; never keeps a sensitive value.

    `opener` gives the plain state inside of an encrypted one, or nothing if it has no key.
    """
    state = state_of(opened(data, opener), location)
    if not state.outputs:
        raise StateFault(STATE_NO_OUTPUTS, help=NO_OUTPUTS_HELP)
    return state


def opened(data: bytes, opener: Opener | None = None) -> Members:
    """The members of a plain state, or of what looks like one. Raises `StateFault`."""
    refuse_bytes(data)
    top = _members(data)
    if top is None:
        raise StateFault(STATE_UNKNOWN, found=f"it is {kind_of(data)}", help=OUTPUT_JSON_HELP)
    if "encrypted_data" in top and "encryption_version" in top:
        inner = opener(_whole(top)) if opener else None
        if inner is None:
            raise _encrypted(top)
        return opened(inner)
    return top


def state_of(top: Members, location: str) -> State:
    """The root outputs, if any. Raises `StateFault` for what is no state."""
    outputs, serial, lineage = _outputs(top)
    read_ones = {name: read_output(name, _output_members(name, raw)) for name, raw in sorted(outputs.items())}
    return State(location, read_ones, serial, lineage)


def _outputs(top: Members) -> tuple[Members, int | None, str | None]:
    if all(kind_of(raw) == "an object" for raw in top.values()) and _all_have_values(top):
        return top, None, None  # `terraform output -json`; also `{}`
    if "format_version" in top:
        return _shown(top), None, None
    if "version" in top and kind_of(top.get("backend", b"null")) == "an object":
        raise _pointer(top)
    if "version" not in top:
        raise StateFault(STATE_UNKNOWN, found="it has no `version`", help=OUTPUT_JSON_HELP)
    version = bytes(top["version"]).strip()
    if version == b"4":
        outputs = object_in(top.get("outputs"), "outputs")
    elif version == b"3":
        outputs = _root_module(top)
    else:
        shown = version.decode() if PLAIN_NUMBER.fullmatch(version) else "of unknown kind"  # never a text of a state
        raise StateFault(STATE_VERSION, version=shown, help=OUTPUT_JSON_HELP)
    return outputs, plain(top.get("serial"), int), plain(top.get("lineage"), str)


def _shown(top: Members) -> Members:
    """`terraform show -json`: of a state; an empty one has no `values`."""
    if "planned_values" in top or "resource_changes" in top:
        raise StateFault(STATE_IS_PLAN, help=PLAN_HELP)
    if "values" not in top and set(top) - {"format_version", "terraform_version", "checks"}:
        raise StateFault(STATE_UNKNOWN, found="it has a `format_version` but no `values`", help=OUTPUT_JSON_HELP)
    return object_in(object_in(top.get("values"), "values").get("outputs"), "outputs")


def _root_module(top: Members) -> Members:
    """Version 3 keeps outputs per module; the root's path is `["root"]`."""
    for raw in items_of(top.get("modules")) or ():
        module = object_in(raw, "modules")
        if names_of(module.get("path")) == ["root"]:
            return object_in(module.get("outputs"), "outputs")
    return {}


def _encrypted(top: Members) -> StateFault:
    providers = sorted(".".join(name.split(".")[1:2]) or name for name in object_in(top.get("meta"), "meta"))
    notes = (f"key provider: {', '.join(f'`{p}`' for p in providers)}",) if providers else ()
    return StateFault(STATE_ENCRYPTED, notes=notes, help=ENCRYPTED_HELP)


def _whole(top: Members) -> dict[str, Any]:
    """The few members of an encrypted state; what they hold is not trusted."""
    return {
        "encryption_version": plain(top["encryption_version"], str),
        "encrypted_data": plain(top["encrypted_data"], str),
        "serial": plain(top.get("serial"), int),
        "lineage": plain(top.get("lineage"), str),
        "meta": {name: _provider(raw) for name, raw in object_in(top.get("meta"), "meta").items()},
    }


def _provider(raw: Any) -> Any:
    members = members_of(raw)
    if members is None:
        return plain(raw, str)
    kinds = {"salt": str, "iterations": int, "key_length": int, "hash_function": str}
    return {name: plain(members.get(name), kind) for name, kind in kinds.items()}


def _pointer(top: Members) -> StateFault:
    kind = plain(object_in(top["backend"], "backend").get("type"), str) or ""
    kind = kind if BACKEND_NAME.fullmatch(kind) else "unknown"
    return StateFault(STATE_IS_POINTER, backend=kind, help="give the state: `terraform output -json > FILE`")


def _all_have_values(top: Members) -> bool:
    for raw in top.values():
        members = members_of(raw)
        if members is None or "value" not in members or not ({"type", "sensitive"} & set(members)):
            return False
    return True


def _output_members(name: str, raw: Any) -> Members:
    members = members_of(raw)
    if members is None:
        raise StateFault(OUTPUT_MALFORMED, name=name, found=f"it is {kind_of(raw)}", help=AGAIN)
    return members


def _members(data: bytes) -> Members | None:
    """The members of the top-level object, each still raw; absent if the JSON is something else."""
    import msgspec

    decoded: Members | None = None
    try:
        decoded = msgspec.json.decode(data, type=dict[str, msgspec.Raw])
        good = True
    except msgspec.ValidationError:
        good = True
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        good = False
    if not good:
        refuse_json(data)
    return decoded


def object_in(raw: Any, name: str) -> Members:
    """The members of a raw object; none for null and absence."""
    if raw is None or bytes(raw) == b"null":
        return {}
    members = members_of(raw)
    if members is None:
        raise StateFault(STATE_UNKNOWN, found=f"`{name}` is {kind_of(raw)}", help=OUTPUT_JSON_HELP)
    return members
