"""Which parts of a source file must not be shown: secrets that someone wrote into it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from dativo_compile.discovery.root import PROJECT_FILE
from dativo_compile.model.place import Place
from dativo_compile.model.source import SourceFile
from dativo_compile.report.cells import BREAKS
from dativo_compile.yaml.spans import Node, tree_of

WORDS = (
    r"pass[-_]?(?:word|wd|phrase)|pwd|secret|token|(?:api|private|access|account|shared|sas|encryption|signing)[-_]?key"
    r"|connection[-_]?string|credential[-_]?value|bearer"
)
SIGNED = r"x-(?:amz|goog)-(?:signature|credential)|signature|googleaccessid|awsaccesskeyid|\bsig\b"
SECRET_KEY = re.compile(WORDS, re.IGNORECASE)
# These say where a secret stands, or how it is named; so do the whole branches below.
NAMES_ONLY = frozenset({"from_env", "file_template", "name_template", "store", "type", "path", "reason"})
BRANCHES = frozenset({"outputs", "severity", "classification_overrides"})
OF_PROJECT = frozenset({"sharing"})  # of dativo.yaml itself: it names secrets that tenants share
REFERENCE = re.compile(r"""["']?\$(?:\{[A-Za-z_][A-Za-z0-9_]*\}|[A-Z_][A-Z0-9_]*)["']?""")
INLINE = (
    re.compile(r"(?<=://)[^\s\"'<>]+(?=@)"),  # scheme://user:pass@
    re.compile(rf"(?i)(?:{WORDS}|{SIGNED})\w*[\"']?\s*=\s*[\"']?([^\s;&\"',}}\])]+)"),  # password=...; ?token=...
    re.compile(rf"(?i)\$\{{\w*(?:{WORDS})\w*:-([^}}]+)"),  # ${DB_PASSWORD:-default}
    re.compile(rf"(?i)#.*?(?:{WORDS})\w*[\"']?\s*:\s*(\S.*)"),  # what a comment gives away
)
KEY_LINE = re.compile(rf"(?i)^(\s*(?:-\s+)*)([\"']?[\w.-]*(?:{WORDS})[\w.-]*[\"']?\s*:)(\s*)(.*)$")
INSIDE_LINE = re.compile(rf"(?i)[\"']?[\w.-]*(?:{WORDS})[\w.-]*[\"']?\s*:\s+(.*)$")
ALIAS = re.compile(r"\*([^\s,\]}]+)")
NEAR = 2_000  # characters either side of a span that an excerpt can show


@dataclass(slots=True)
class Masked:
    """The lines of a file and, by line number from 0, the ranges in them that are hidden."""

    lines: list[str]
    ranges: dict[int, list[tuple[int, int]]] = field(default_factory=dict)

    def hidden(self, line: int, low: int, high: int) -> list[tuple[int, int]]:
        """The hidden ranges of a line between the characters `low` and `high`."""
        text = self.lines[line]
        found = list(self.ranges.get(line, ()))
        for pattern in INLINE:
            for match in pattern.finditer(text, low, high):
                found.append(match.span(pattern.groups))
        return found


def masked(file: SourceFile) -> Masked:
    out = Masked(BREAKS.split(file.data.decode("utf-8-sig", "replace")))
    try:
        top = tree_of(file)
    except RecursionError:  # refused by the reader too, for its depth
        top = None
    if top is None:
        _mask_by_key(out)
    else:
        _mask_below(out, top, OF_PROJECT if file.name == PROJECT_FILE else frozenset())
    return out


def unsecret(value: Any) -> Any:
    """A value without the secrets that stand inside its texts, such as the user of a URL."""
    if isinstance(value, dict):
        return {key: unsecret(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [unsecret(inner) for inner in value]
    if not isinstance(value, str):
        return value
    for pattern in INLINE[:2]:
        for match in reversed(list(pattern.finditer(value))):
            low, high = match.span(pattern.groups)
            value = value[:low] + "***" + value[high:]
    return value


def _mask_below(out: Masked, top: Node, named: frozenset[str]) -> None:
    """Hide the leaves under secret keys, but not those below the keys `named` at the top.

    `seen` keeps shared parts (aliases) from being walked twice; merges of merges may be thousands deep.
    """
    waiting = [(top, False)]
    seen: set[tuple[int, bool]] = set()
    while waiting:
        node, secret = waiting.pop()
        for name, child in node.children.items():
            if not secret and (name in BRANCHES or (node is top and name in named)):
                continue
            below = name not in NAMES_ONLY and (secret or (type(name) is str and SECRET_KEY.search(name) is not None))
            known = (id(child.children) if child.children else id(child), below)
            if known in seen:
                continue
            seen.add(known)
            if child.children or child.merges:
                waiting.append((child, below))
            elif below:
                _hide(out, child.place)
        for other in node.merges:
            if (id(other), secret) not in seen:
                seen.add((id(other), secret))
                waiting.append((other, secret))


def _hide(out: Masked, place: Place) -> None:
    first, last = place.line - 1, min(place.end_line - 1, len(out.lines) - 1)
    for line in range(first, last + 1):
        text = out.lines[line]
        low = place.column - 1 if line == first else len(text) - len(text.lstrip())
        high = place.end_column - 1 if line == place.end_line - 1 else len(text)
        shown = text[low:high]
        if REFERENCE.fullmatch(shown) or shown in ("{}", "[]", "null", "~"):
            continue
        out.ranges.setdefault(line, []).append((low, high))
        alias = ALIAS.fullmatch(shown)
        if alias:
            _hide_anchor(out, alias[1])


def _hide_anchor(out: Masked, name: str) -> None:
    anchor = re.compile(rf"&{re.escape(name)}\s+(\S.*)$")
    for number, text in enumerate(out.lines):
        found = anchor.search(text)
        if found:
            out.ranges.setdefault(number, []).append(found.span(1))


def _mask_by_key(out: Masked) -> None:
    """For text without a tree: everything after the colon of such a key, and what is indented below it.

    A line too long to be looked through is hidden as a whole.
    """
    deeper: int | None = None
    for number, text in enumerate(out.lines):
        indent = len(text) - len(text.lstrip())
        if len(text) > NEAR:
            out.ranges.setdefault(number, []).append((indent, len(text)))
            continue
        if deeper is not None and (not text.strip() or indent > deeper):
            out.ranges.setdefault(number, []).append((indent, len(text)))
            continue
        deeper = None
        found = KEY_LINE.match(text) or INSIDE_LINE.search(text)
        if found is None:
            continue
        out.ranges.setdefault(number, []).append(found.span(found.re.groups))
        if found.re is KEY_LINE:
            deeper = len(found[1])
