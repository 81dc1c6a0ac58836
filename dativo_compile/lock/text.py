"""The lock as bytes: canonical, one output a line, so that a diff says what moved and branches merge."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from dativo_compile.lock.shape import type_of
from dativo_compile.model.output import Output, State

LOCK = "dativo.lock.json"
VERSION = 1
SUM_DIGITS = 16

States = Mapping[str, State]


def render(states: States) -> bytes:
    """The file that records these states with all of their outputs."""
    if not states:
        return f'{{\n  "lock_version": {VERSION},\n  "states": {{}}\n}}\n'.encode()
    blocks = ",\n".join(_state(key, states[key]) for key in sorted(states))
    return f'{{\n  "lock_version": {VERSION},\n  "states": {{\n{blocks}\n  }}\n}}\n'.encode()


def _state(key: str, state: State) -> str:
    about = about_of(state)
    lines = {name: f"      {dump(name)}: {dump(value)}" for name, value in about.items()}
    lines["outputs"] = "\n".join(_outputs(key, state))
    lines["sum"] = f'      "sum": "{sum_of(key, "", about)}"'
    return f"    {dump(key)}: {{\n" + ",\n".join(lines[name] for name in sorted(lines)) + "\n    }"


def _outputs(key: str, state: State) -> Iterator[str]:
    if not state.outputs:
        yield '      "outputs": {}'
        return
    yield '      "outputs": {'
    last = max(state.outputs)
    for name in sorted(state.outputs):  # sorted: neither the state's order nor the jobs' may reach the lock
        record = record_of(state.outputs[name])
        if "sensitive" not in record:
            record["sum"] = sum_of(key, name, record)
        yield f"        {dump(name)}: {dump(record)}{',' if name != last else ''}"
    yield "      }"


def about_of(state: State) -> dict[str, Any]:
    """What the lock says of a state besides its outputs; what is unknown is left out."""
    about = {"lineage": state.lineage, "location": state.location, "serial": state.serial}
    return {name: value for name, value in about.items() if value is not None}


def record_of(output: Output) -> dict[str, Any]:
    """What the lock says of an output: of a sensitive one the type, and nothing that its value went into."""
    kind = type_of(output)
    if output.sensitive:
        return {"sensitive": True, "type": kind}
    record = {} if kind is None else {"type": kind}
    if output.inexact:
        record["inexact"] = list(output.inexact)
    if not output.inexact or _finite(output.value):
        record["value"] = output.value
    return record


def sum_of(key: str, name: str, record: Mapping[str, Any]) -> str:
    """Tells a line that a compile wrote from one that a person changed; it guards against accident, not malice."""
    return hashlib.sha256(dump([key, name, record]).encode()).hexdigest()[:SUM_DIGITS]


def dump(value: Any) -> str:
    """On one line; integers exact at any size, floats in the shortest form that reads back as the same."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, allow_nan=False)


def _finite(value: Any) -> bool:
    try:
        dump(value)
    except ValueError:
        return False
    return True


def line_of(data: bytes, key: str, name: str = "") -> int:
    """The line of a state or of one of its outputs; 1 if it cannot be found."""
    at = data.find(f"\n    {dump(key)}: {{".encode())
    if at >= 0 and name:
        at = data.find(f"\n        {dump(name)}: ".encode(), at + 1)
    return data.count(b"\n", 0, at + 1) + 1 if at >= 0 else 1
