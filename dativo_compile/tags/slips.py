"""Whether one tag's key is another's with a slip of the hand: stricter than near names, for it decides on warnings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

SHORTEST = 5  # letters; of shorter words, one letter makes another word
DIGITS = re.compile(r"[0-9]+")
PARTING = str.maketrans("", "", "_-. ")


def folded(key: str) -> str:
    """Without case and separators: `CostCenter` and `cost-center` are `cost_center` in another dress."""
    return key.translate(PARTING).lower()


def slipped(key: str, other: str, shortest: int = SHORTEST) -> bool:
    """Whether the keys differ in dress only, or by one letter: left out, put in, replaced, or two turned round.

    Keys that differ in a number, such as `line_1` and `line_2`, are two keys.
    """
    if key == other:
        return False
    if folded(key) == folded(other):
        return True
    head = key.rpartition(".")[0]
    alike = head == other.rpartition(".")[0]  # then the last part is the word, as in `custom.team`
    one, two = (folded(text[len(head) :] if alike else text) for text in (key, other))
    if min(len(one), len(two)) < shortest or DIGITS.sub("0", one) == DIGITS.sub("0", two):
        return False
    return _one_apart(one, two)


def nearest_slip(key: str, others: Iterable[str], shortest: int = SHORTEST) -> str:
    """The first, in order of the alphabet, of which the key is a slip; empty text for none."""
    return next((other for other in sorted(others) if slipped(key, other, shortest)), "")


def _one_apart(one: str, two: str) -> bool:
    if abs(len(one) - len(two)) > 1:
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    a, b = one[start:], two[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


def shapes(key: str) -> Iterator[str]:
    """Texts that two keys share if one is a slip of the other: each without one letter, and whole."""
    text = folded(key)
    yield text
    for at in range(len(text)):
        yield text[:at] + text[at + 1 :]
