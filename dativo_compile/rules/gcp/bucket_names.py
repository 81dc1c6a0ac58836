"""What Cloud Storage takes as the name of a bucket, and as its URI.

https://cloud.google.com/storage/docs/buckets#naming
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from dativo_compile.rules.provider.grammar import Grammar
from dativo_compile.rules.provider.id_fault import IdFault, brief, edge_fault
from dativo_compile.rules.published import published

SCHEME = "gs://"
LONGEST_PART = 63
ADDRESS = re.compile(r"(?:[0-9]{1,3}\.){3}[0-9]{1,3}")
OTHER_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:/+")
ENDS = "a lower-case letter or digit"
GRAMMAR = Grammar(
    "a-z0-9._-", "lower-case letters, digits, `-`, `_` and `.`", "a-z0-9", ENDS, "a-z0-9", ENDS, 3, LONGEST_PART
)  # fmt: skip
DOTTED = replace(GRAMMAR, longest=222)


@lru_cache(maxsize=1024)
def bucket_name_fault(name: str) -> IdFault | None:
    """The first thing wrong with a name, with its span in it."""
    fault = (DOTTED if "." in name else GRAMMAR).fault(name)
    if fault is None and "." in name:
        fault = _dots_fault(name)
    return fault or _reserved(name)


def _dots_fault(name: str) -> IdFault | None:
    if ADDRESS.fullmatch(name):
        return IdFault("it has the form of an IP address", 0, len(name))
    if ".." in name:
        at = name.index("..")
        return IdFault("it has two dots in a row", at, at + 2)
    at = 0
    for part in name.split("."):
        if len(part) > LONGEST_PART:
            reason = f"a part of it between dots has {len(part)} characters, and {LONGEST_PART} is the most"
            return IdFault(reason, at, at + len(part))
        at += len(part) + 1
    return None


def _reserved(name: str) -> IdFault | None:
    kept = published("gcp")["gcs_bucket"]
    for prefix in kept["reserved_prefixes"]:
        if name.startswith(prefix):
            return IdFault(f"it begins with `{prefix}`, which Google keeps for itself", 0, len(prefix))
    for word in kept["reserved_words"]:
        at = name.find(word)
        if at >= 0:
            return IdFault(f"it has `{word}` in it, which Google keeps for itself", at, at + len(word))
    return None


@lru_cache(maxsize=1024)
def uri_fault(text: str) -> IdFault | None:
    """Why the text is not of the form `gs://NAME`; the name itself has not been looked at."""
    fault = edge_fault(text)
    if fault is not None:
        return fault
    if not text.startswith(SCHEME):
        return _without_scheme(text)
    name, slash, below = text.removeprefix(SCHEME).partition("/")
    if not name:
        return IdFault("it has no name", 0, len(text), f"write `{SCHEME}NAME`")
    if not slash:
        return None
    reason = f"`/{brief(below)}` names objects in the bucket" if below else "it ends with `/`"
    return IdFault(reason, len(SCHEME) + len(name), len(text), f"write `{SCHEME}{name}`")


def _without_scheme(text: str) -> IdFault:
    other = OTHER_SCHEME.match(text)
    name = text[other.end() :].strip("/") if other else text
    help = f"write `{SCHEME}{'NAME' if bucket_name_fault(name) else name}`"
    if other is None:
        return IdFault(f"it does not begin with `{SCHEME}`", 0, len(text), help)
    return IdFault(f"it begins with `{other[0]}`, not with `{SCHEME}`", 0, other.end(), help)
