"""Outputs from their JSON text: numbers exact, sensitive values forgotten at once."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from math import isfinite
from typing import Any

from dativo_compile.diagnostics.codes.state import NUMBER_REFUSED, OUTPUT_MALFORMED, STATE_ENCODING
from dativo_compile.model.output import Output, Sensitive
from dativo_compile.terraform.fault import StateFault

SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")
AGAIN = "make the file again: `terraform output -json -no-color > FILE`"
LONGEST_NUMBER = 4_000  # characters; Python refuses to read integers beyond 4,300 digits


class NumberRefusedError(Exception):
    """Says how long the number is, never which it is."""


def read_output(name: str, members: Mapping[str, Any]) -> Output:
    """`members` maps names to raw JSON. Raises `StateFault`."""
    if "value" not in members:
        raise StateFault(OUTPUT_MALFORMED, name=name, found="it has no `value`", help=AGAIN)
    flag = bytes(members.get("sensitive", b"false"))
    if flag not in (b"true", b"false", b"null"):
        raise StateFault(OUTPUT_MALFORMED, name=name, found="`sensitive` is neither true nor false", help=AGAIN)
    raw = bytes(members["value"])
    kind = _type(bytes(members["type"])) if "type" in members else None
    inexact: list[str] = []
    try:
        if flag == b"true":
            return Output(name, Sensitive.of(_decode(raw, inexact)), kind)
        return Output(name, _decode(raw, inexact), kind, tuple(inexact))
    except NumberRefusedError as error:
        fault = StateFault(NUMBER_REFUSED, name=name, found=str(error), help="an identifier belongs into a string")
    except UnicodeDecodeError:
        found = f"output `{name}` has bytes of another encoding"
        fault = StateFault(STATE_ENCODING, found=found, help="save it as UTF-8 without a byte order mark")
    except UnicodeEncodeError:
        found = f"output `{name}` has half of a surrogate pair, which UTF-8 cannot hold"
        fault = StateFault(STATE_ENCODING, found=found, help="correct the value where it is made")
    except RecursionError:
        fault = StateFault(OUTPUT_MALFORMED, name=name, found="it is nested too deeply", help=AGAIN)
    raise fault


def _type(raw: bytes) -> Any:
    """Terraform's type, a name or nested lists; absent if it is something else."""
    try:
        return json.loads(raw, parse_int=_no_type, parse_float=_no_type)
    except (ValueError, RecursionError):
        return None


def _no_type(_: str) -> None:
    return None


def _decode(raw: bytes, inexact: list[str]) -> Any:
    def floating(text: str) -> float:
        number = float(text) if len(text) <= LONGEST_NUMBER else float("inf")
        if not isfinite(number) or not _exact(number, text):
            inexact.append(text if len(text) <= 60 else text[:57] + "...")
        return number

    value = json.loads(raw.decode("utf-8"), parse_float=floating, parse_int=_integer)
    if SURROGATE.search(raw):
        check_writable(value)
    return value


def _exact(number: float, text: str) -> bool:
    try:
        return Decimal(repr(number)) == Decimal(text)
    except InvalidOperation:  # an exponent beyond what even a decimal can hold
        return False


def check_writable(value: Any) -> None:
    """Raises `UnicodeError` for a lone surrogate; proper pairs, which look the same in JSON, pass."""
    json.dumps(value, ensure_ascii=False).encode("utf-8")


def _integer(text: str) -> int:
    if len(text) > LONGEST_NUMBER:
        raise NumberRefusedError(f"a number of {len(text):,} digits")
    return int(text)
