"""Values that a Terraform plan does not tell: texts that stand for them on their way through the passes.

A stand-in is lower-case letters and digits, so that it fits where names do. The same part of the same output has the
same one wherever it goes; nobody but `dativo plan` ever sees it.
"""

from __future__ import annotations

import hashlib
import re
from typing import Any, Literal

Kind = Literal["knownafterapply", "nolongersensitive"]
WORDS: dict[str, str] = {"knownafterapply": "(known after apply)", "nolongersensitive": "(no longer sensitive)"}
STAND_IN = re.compile(r"(knownafterapply|nolongersensitive)([0-9a-f]{12})[0-9a-f]{8}")
HINT = re.compile("knownafterapply|nolongersensitive")  # also of one that was cut short
PART = 8  # digits that tell the parts of an output apart


class Unknown(str):
    """A stand-in; to whatever does not ask it is a text."""

    __slots__ = ()

    @classmethod
    def of(cls, kind: Kind, origin: str) -> Unknown:
        """`origin` says which output of which plan."""
        return cls(kind + _digits(origin, 12) + "0" * PART)

    def below(self, steps: object) -> Unknown:
        """What stands for a part of it."""
        return Unknown(self[:-PART] + _digits(self + repr(steps), PART))

    @property
    def output(self) -> str:
        """The same for all parts of an output."""
        return self[:-PART]


def is_unknown(value: object) -> bool:
    """Also of one that has become plain text, or a part of one."""
    return isinstance(value, str) and HINT.search(value) is not None


def holds_unknown(value: Any) -> bool:
    """Whether anything in a value is unknown, also as plain text."""
    inner = value.values() if type(value) is dict else value if type(value) is list else ()
    return is_unknown(value) or any(holds_unknown(part) for part in inner)


def first_unknown(value: Any) -> Unknown | None:
    """The first stand-in in a value, as it was read."""
    if type(value) is Unknown:
        return value
    inner = value.values() if type(value) is dict else value if type(value) is list else ()
    return next((found for part in inner if (found := first_unknown(part)) is not None), None)


def worded(text: str) -> str:
    """The text with words for people in the place of stand-ins."""
    return STAND_IN.sub(lambda found: WORDS[found[1]], text)


def _digits(text: str, count: int) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:count]
