"""To which key a comment belongs, from how it is indented and what it touches."""

from __future__ import annotations

import re
from collections.abc import Sequence

WORD = re.compile(r"[a-z]{4,}")
FOR_PROGRAMS = ("yaml-language-server:", "$schema", "SPDX-", "Copyright", "vim:", "-*-", "#!")


def deeper(lines: Sequence[str], column: int) -> int:
    """How many lines reach to the last comment that is indented beyond a column: they are inside what comes before."""
    found = 0
    for number, line in enumerate(lines, 1):
        text = line.lstrip(" \t")
        if text.strip() and len(line) - len(text) > column:
            found = number
    return found


def touching_before(lines: Sequence[str]) -> int:
    """How many lines stand right before a key, without a blank one between."""
    count = 0
    for line in reversed(lines):
        if not line.strip():
            break
        count += 1
    return count


def touching_after(lines: Sequence[str], *, ends_there: bool) -> int:
    """How many comments stand right behind a value, without touching the next key too."""
    count = next((number for number, line in enumerate(lines) if not line.strip()), len(lines))
    return count if count < len(lines) or ends_there else 0


def belongs_to_file(above: Sequence[str], touching: Sequence[str], key: str) -> bool:
    """Whether the comment on the first key speaks of the file.

    What an editor or a lawyer reads does; so does the very first comment, unless it has a word of the key.
    """
    text = "".join(touching)
    if any(mark in text for mark in FOR_PROGRAMS):
        return True
    words = set(WORD.findall(key.lower()))
    return not "".join(above).strip() and words.isdisjoint(WORD.findall(text.lower()))
