"""The closest name, for a help line."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

MANY = 200  # names; of more, only those that begin alike and are about as long are compared


def closest(word: str, known: Iterable[str], count: int = 1) -> tuple[str, ...]:
    """At most `count` names of `known` that a slip of the hand would turn into `word`, best first."""
    names = tuple(known)
    if len(names) > MANY:
        groups = _grouped(names)
        near = (groups.get((word[:1].lower(), size), ())[:MANY] for size in range(len(word) - 2, len(word) + 3))
        names = tuple(name for group in near for name in group)
    return _closest(word, names, count)


@lru_cache(maxsize=1024)
def _closest(word: str, known: tuple[str, ...], count: int) -> tuple[str, ...]:
    import difflib

    small = word.lower()
    names = sorted(set(known))
    lower = {name.lower(): name for name in reversed(names)}
    if small in lower:
        return (lower[small],)
    return tuple(difflib.get_close_matches(word, names, n=count, cutoff=0.6))


@lru_cache(maxsize=8)
def _grouped(known: tuple[str, ...]) -> dict[tuple[str, int], list[str]]:
    """Names by their first letter and length."""
    groups: dict[tuple[str, int], list[str]] = {}
    for name in known:
        groups.setdefault((name[:1].lower(), len(name)), []).append(name)
    return groups


def nearest(word: str, known: Iterable[str]) -> str:
    """The closest name; empty text when nothing is near."""
    return "".join(closest(word, known))


def asked(name: str) -> str:
    """`did you mean ...?`; empty text for no name."""
    return f"did you mean `{name}`?" if name else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`did you mean ...?`, or empty text when nothing is near."""
    return asked(nearest(word, known))
