"""Plain scalars by the YAML 1.2 core schema: https://yaml.org/spec/1.2.2/#103-core-schema"""

from __future__ import annotations

import re
from math import isfinite
from typing import Any

KEYWORDS: dict[str, Any] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
INTEGER = re.compile(r"[-+]?[0-9]+")
FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
OCTAL = re.compile(r"0o[0-7]+")
HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+")
INFINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
NUMERIC_START = frozenset("0123456789+-.")
REMEMBERED = 8_000
LONGEST_REMEMBERED = 80
LONGEST_NUMBER = 4_000  # Python refuses to read or write integers beyond 4,300 digits
LONGEST_HEXADECIMAL = 3_000  # of which this makes 3,600


class Refused:
    """A scalar that has no value in JSON; `reason` says why."""

    __slots__ = ("reason",)

    def __init__(self, reason: str) -> None:
        self.reason = reason


class Scalars(dict[str, Any]):
    """Text of a plain scalar -> value, remembered up to a bound.

    The value is str, int, float, bool, None, or `Refused`.
    """

    def __missing__(self, text: str) -> Any:
        value = resolve(text)
        if len(self) < REMEMBERED and len(text) <= LONGEST_REMEMBERED:
            self[text] = value
        return value


def resolve(text: str) -> Any:
    if text in KEYWORDS:
        return KEYWORDS[text]
    if text[0] not in NUMERIC_START:
        return text
    if len(text) > LONGEST_NUMBER and (INTEGER.fullmatch(text) or FLOAT.fullmatch(text)):
        return Refused(f"a number of {len(text):,} digits is too long")
    if INTEGER.fullmatch(text):
        return int(text)
    if FLOAT.fullmatch(text):
        number = float(text)
        return number if isfinite(number) else Refused("the number is too large")
    if len(text) > LONGEST_HEXADECIMAL and (OCTAL.fullmatch(text) or HEXADECIMAL.fullmatch(text)):
        return Refused(f"a number of {len(text):,} digits is too long")
    if OCTAL.fullmatch(text):
        return int(text[2:], 8)
    if HEXADECIMAL.fullmatch(text):
        return int(text[2:], 16)
    if INFINITE.fullmatch(text):
        return Refused("a manifest can hold neither infinity nor what is not a number")
    return text
