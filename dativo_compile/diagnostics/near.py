"""The closest name, for a help line."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

MANY = 500  # names; of more, only those that begin alike and are about as long are compared


def closest(word: str, known: Iterable[str], count: int = 1) -> tuple[str, ...]:
    """At most `count` names of `known` that a slip of the hand would turn into `word`, best first."""
    return _closest(word, tuple(known), count)


@lru_cache(maxsize=1024)
def _closest(word: str, known: tuple[str, ...], count: int) -> tuple[str, ...]:
    import difflib

    small = word.lower()
    if len(known) > MANY:
        known = tuple(k for k in known if k[:1].lower() == small[:1] and abs(len(k) - len(word)) < 3)
    names = sorted(set(known))
    lower = {name.lower(): name for name in reversed(names)}
    if small in lower:
        return (lower[small],)
    return tuple(difflib.get_close_matches(word, names[: 2 * MANY], n=count, cutoff=0.6))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`did you mean ...?`, or empty text when nothing is near."""
    near = closest(word, known)
    return f"did you mean `{near[0]}`?" if near else ""
