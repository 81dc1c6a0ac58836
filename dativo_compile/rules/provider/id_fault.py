"""Why a provider would refuse an id, and where in its text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from dativo_compile.rules.provider.characters import shown

LONGEST = 80  # characters of an id that a message shows
SIGNED = re.compile(r"(?<=://)[^/@]*@|[?].*", re.DOTALL)  # of a URL: a password, and what stands for one


@dataclass(frozen=True, slots=True)
class IdFault:
    """`start` and `end` span the part at fault; `help` says what to write, if that is known."""

    reason: str
    start: int
    end: int
    help: str = ""


def brief(text: str) -> str:
    """An id as a message shows it: what cannot be seen as `\\n`, `\\u200b`, and of a long one both ends.

    Somebody may have put a URL there, with a password or a signature.
    """
    text = SIGNED.sub("...", text) if "://" in text else text
    seen = "".join(c if c.isprintable() else _escaped(c) for c in text)
    return seen if len(seen) <= LONGEST else f"{seen[: LONGEST // 2 - 2]}...{seen[-LONGEST // 2 + 2 :]}"


def edge_fault(text: str) -> IdFault | None:
    """White space around an id, or a control character in it: of no provider, and seldom seen."""
    if text.isprintable() and not text.startswith(" ") and not text.endswith(" "):
        return None  # nearly every id; what is white space or a control character beside the space is not printable
    end = len(text.rstrip())
    if end < len(text):
        broken = text[-1] in "\r\n"
        help = "write it on the line of its key, without `|` or `>`" if broken else "remove it"
        return IdFault(f"it ends with {shown(text[-1])}", end, len(text), help)
    start = len(text) - len(text.lstrip())
    if start:
        return IdFault(f"it begins with {shown(text[0])}", 0, start, "remove it")
    at = next((at for at, char in enumerate(text) if unicodedata.category(char) == "Cc"), -1)
    return IdFault(f"it has {shown(text[at])}", at, at + 1, "remove it") if at >= 0 else None


def _escaped(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")
