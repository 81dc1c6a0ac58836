"""How the keys of tags are written on a cloud: the step before a projection, since each bill has a habit of its own."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Literal

Style = Literal["camel", "snake", "dotted", "plain"]
STYLES: tuple[Style, ...] = ("camel", "snake", "dotted", "plain")

CUSTOM = "custom."
BETWEEN = re.compile(r"[_\-. ]+")
HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


@lru_cache(maxsize=4096)
def styled(key: str, style: Style) -> str:
    """`cost_center` is `CostCenter` (camel), `cost_center` (snake), `infrastructure.cost_center` (dotted) or as it is.

    Camel and snake leave out the `custom.` of custom tags; words are parted at `_`, `-`, `.` and spaces.
    """
    return WAYS[style](key)


def _words(key: str) -> list[str]:
    """None if the key has nothing but separators."""
    return [word for word in BETWEEN.split(key.removeprefix(CUSTOM)) if word]


def _camel(key: str) -> str:
    return "".join(word[0].upper() + word[1:] for word in _words(key)) or key


def _snake(key: str) -> str:
    return "_".join(HUMP.sub("_", word).lower() for word in _words(key)) or key


def _dotted(key: str) -> str:
    return f"infrastructure.{key}"


def _plain(key: str) -> str:
    return key


WAYS: dict[Style, Callable[[str], str]] = {"camel": _camel, "snake": _snake, "dotted": _dotted, "plain": _plain}
