"""Files that are no state but were taken for one: named, with what to do."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

from dativo_compile.diagnostics.codes.state import (
    STATE_EMPTY,
    STATE_ENCODING,
    STATE_IS_PAGE,
    STATE_IS_PLAN,
    STATE_NOT_JSON,
    STATE_TRUNCATED,
)
from dativo_compile.terraform.fault import StateFault
from dativo_compile.terraform.outputs import AGAIN

ESCAPES = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?P<lone>\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\.",
    re.DOTALL,
)
OUTPUT_LINES = re.compile(rb"\s*[A-Za-z_][\w-]* = ")
PLAN_HELP = "apply it, then `terraform output -json > FILE`; `dativo plan` tells what it would change"
UTF8_HELP = "save it as UTF-8 without a byte order mark"


def refuse_bytes(data: bytes) -> None:
    """Raises `StateFault` for what no JSON text can begin with."""
    start = data[:512].lstrip()
    if not start and not data.strip():
        raise StateFault(STATE_EMPTY, help=AGAIN)
    if data.startswith(b"\xef\xbb\xbf"):
        raise StateFault(STATE_ENCODING, found="it begins with a byte order mark", help=UTF8_HELP)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise StateFault(STATE_ENCODING, found="it is UTF-16", help=UTF8_HELP)
    if data.startswith(b"PK\x03\x04"):
        raise StateFault(STATE_IS_PLAN, help=PLAN_HELP)
    if data.startswith(b"\x1f\x8b"):
        raise StateFault(STATE_NOT_JSON, found="it is compressed by gzip", help="unpack it first")
    if start.startswith(b"<"):
        raise StateFault(STATE_IS_PAGE, help="open the page to see what the server says")
    if OUTPUT_LINES.match(start):
        raise StateFault(STATE_NOT_JSON, found="it looks like `terraform output` without `-json`", help=AGAIN)


def refuse_json(data: bytes) -> NoReturn:
    """Raises the `StateFault` for a text that a JSON decoder refused, with line and column."""
    raise _fault_of(data)


def _fault_of(data: bytes) -> StateFault:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = f"the byte 0x{data[error.start]:02x} in line {line} is not UTF-8"
        return StateFault(STATE_ENCODING, found=found, help=UTF8_HELP)
    try:
        json.loads(text, parse_constant=_refuse_constant, parse_int=len, parse_float=len, object_pairs_hook=_forget)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        if error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string"):
            return StateFault(STATE_TRUNCATED, notes=(f"{len(data):,} bytes were read",), help="fetch the file again")
        return StateFault(STATE_NOT_JSON, found=f"{_plain(error.msg)} at {where}", help=AGAIN)
    except _ConstantFoundError as constant:
        return StateFault(STATE_NOT_JSON, found=f"`{constant}` is no JSON number", help=AGAIN)
    except RecursionError:
        return StateFault(STATE_NOT_JSON, found="it is nested too deeply", help=AGAIN)
    if _has_lone_surrogate(data):
        found = "it has half of a surrogate pair, which UTF-8 cannot hold"
        return StateFault(STATE_ENCODING, found=found, help="correct the value where it is made")
    return StateFault(STATE_NOT_JSON, found="a JSON decoder refuses it", help=AGAIN)


def _forget(_: list[tuple[str, Any]]) -> None:
    """Only the place of the fault is wanted: a broken state of 50 MB must not be built to find it."""


def _has_lone_surrogate(data: bytes) -> bool:
    return any(escape["lone"] for escape in ESCAPES.finditer(data))


class _ConstantFoundError(Exception):
    """`NaN`, `Infinity` or `-Infinity`, the only texts this can hold."""


def _refuse_constant(text: str) -> NoReturn:
    raise _ConstantFoundError(text)


def _plain(message: str) -> str:
    return message[:1].lower() + message[1:].rstrip(":")
