"""The closest name, for a help line."""

from __future__ import annotations

from collections.abc import Iterable


def closest(word: str, known: Iterable[str], count: int = 1) -> tuple[str, ...]:
    """At most `count` names of `known` that a slip of the hand would turn into `word`, best first."""
    import difflib

    names = sorted(set(known))
    lower = {name.lower(): name for name in reversed(names)}
    if word.lower() in lower:
        return (lower[word.lower()],)
    return tuple(difflib.get_close_matches(word, names, n=count, cutoff=0.6))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`did you mean ...?`, or empty text when nothing is near."""
    near = closest(word, known)
    return f"did you mean `{near[0]}`?" if near else ""
