"""The lock from its bytes: whatever no compile wrote is refused, with the line where it stands."""

from __future__ import annotations

import json
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.codes.lock import LOCK_CONFLICTED, LOCK_EDITED, LOCK_UNREADABLE
from dativo_compile.diagnostics.diagnostic import Diagnostic, diagnose
from dativo_compile.lock.shape import is_type, shape_of
from dativo_compile.lock.text import LOCK, VERSION, about_of, line_of, sum_of
from dativo_compile.model.output import Output, State
from dativo_compile.model.place import Place

MARKER = re.compile(rb"^(?:<{7}|>{7}|\|{7}|={7})(?: .*)?\r?$", re.MULTILINE)
LARGEST = 256_000_000  # bytes
CURE = "restore the file from git, or compile without `--locked`: `dativo-compile` writes it anew"


class LockFault(Exception):
    """Why the lock cannot be used."""

    def __init__(self, code: Code, line: int = 1, **fields: Any) -> None:
        super().__init__(code.name)
        self.diagnostic: Diagnostic = diagnose(code, lock_place(line), help=CURE, **fields)


@dataclass(frozen=True, slots=True)
class Lock:
    """The states by key, and the bytes that they were read from."""

    states: dict[str, State]
    data: bytes


def lock_place(line: int = 1) -> Place:
    return Place(LOCK, line, 1, line, 1) if line > 1 else Place.whole(LOCK)


def read_lock(root: Path) -> Lock | None:
    """Absent if the project has none. Raises `LockFault`."""
    path = root / LOCK
    try:
        about = os.lstat(path)
        if not stat.S_ISREG(about.st_mode):
            raise LockFault(LOCK_UNREADABLE, reason="it is not a regular file")
        if about.st_size > LARGEST:
            raise LockFault(LOCK_UNREADABLE, reason=f"it has more than {LARGEST:,} bytes")
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise LockFault(LOCK_UNREADABLE, reason=(error.strerror or "input/output error").lower()) from None
    return Lock(parse(data), data)


def parse(data: bytes) -> dict[str, State]:
    """Raises `LockFault`."""
    marker = MARKER.search(data)
    if marker:
        raise LockFault(LOCK_CONFLICTED, data.count(b"\n", 0, marker.start()) + 1)
    value = _decoded(data)
    states = value.get("states") if type(value) is dict else None
    if type(value) is not dict or type(states) is not dict:
        raise LockFault(LOCK_UNREADABLE, reason="it has no `states`")
    version = value.get("lock_version")
    if version != VERSION or type(version) is not int:
        raise LockFault(LOCK_UNREADABLE, reason=f"it does not have `lock_version` {VERSION}, which this compiler reads")
    return {key: _state(data, key, entry) for key, entry in states.items()}


def _decoded(data: bytes) -> Any:
    try:
        return json.loads(data.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        cut = error.pos >= len(error.doc.rstrip())
        reason = "it ends too early" if cut else f"it is not JSON from line {error.lineno} on"
        line = error.lineno
    except UnicodeDecodeError as error:
        reason, line = "it is not UTF-8", data.count(b"\n", 0, error.start) + 1
    except _TwiceError as error:
        reason, line = f"it has {error} twice", 1
    except (ValueError, RecursionError):
        reason, line = "it has a value that no compile writes", 1
    raise LockFault(LOCK_UNREADABLE, line, reason=reason)


class _TwiceError(Exception):
    """A name that stands twice: a merge that went wrong."""


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        raise _TwiceError(next(f"`{name}`" for name in names if names.count(name) > 1))
    return made


def _no_constant(_: str) -> None:
    raise ValueError


def _state(data: bytes, key: str, entry: Any) -> State:
    if not _is_state(entry):
        raise LockFault(LOCK_UNREADABLE, line_of(data, key), reason=f"`{key}` is not the record of a state")
    outputs = {name: _output(data, key, name, record) for name, record in entry["outputs"].items()}
    state = State(entry["location"], outputs, entry.get("serial"), entry.get("lineage"))
    if entry.get("sum") != sum_of(key, "", about_of(state)):
        raise LockFault(LOCK_EDITED, line_of(data, key), name=key)
    return state


def _is_state(entry: Any) -> bool:
    return (
        type(entry) is dict
        and entry.keys() <= {"lineage", "location", "outputs", "serial", "sum"}
        and type(entry.get("location")) is str
        and type(entry.get("outputs")) is dict
        and type(entry.get("serial")) in (int, type(None))
        and type(entry.get("lineage")) in (str, type(None))
    )


def _output(data: bytes, key: str, name: str, record: Any) -> Output:
    if not _is_output(record):
        reason = f"`{name}` of `{key}` is not the record of an output"
        raise LockFault(LOCK_UNREADABLE, line_of(data, key, name), reason=reason)
    kind = record.get("type")
    if "sensitive" in record:
        return Output(name, shape_of(kind), kind)
    if record.get("sum") != sum_of(key, name, {part: value for part, value in record.items() if part != "sum"}):
        raise LockFault(LOCK_EDITED, line_of(data, key, name), name=name)
    return Output(name, record.get("value"), kind, tuple(record.get("inexact", ())))


def _is_output(record: Any) -> bool:
    if type(record) is not dict:
        return False
    if "sensitive" in record:  # by name and type only: a value beside it must not be carried on
        return record.keys() == {"sensitive", "type"} and record["sensitive"] is True and is_type(record["type"])
    known = record.keys() <= {"inexact", "sum", "type", "value"} and record.keys() & {"inexact", "value"}
    inexact = record.get("inexact", [])
    texts = type(inexact) is list and all(type(text) is str for text in inexact)
    return bool(known) and texts and ("type" not in record or is_type(record["type"]))
