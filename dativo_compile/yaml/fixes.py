"""Fixes of a scalar: its text is looked at again, and where it is not as plain as was thought there is no fix."""

from __future__ import annotations

import re
import string

from dativo_compile.diagnostics.diagnostic import Edit, Fix
from dativo_compile.model.place import Place
from dativo_compile.model.source import SourceFile
from dativo_compile.yaml.spans import tree_of

BREAKS = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # as libyaml counts lines
SAFE = frozenset(string.ascii_letters + string.digits + "_-./")  # they mean nothing to YAML inside a name
SPECIAL = frozenset(" :#")  # they do, beside one another
NO_PLAIN = frozenset("'\"\\&*!|>[]{}")  # quotes, properties, aliases, blocks, collections
WORDS = frozenset({"null", "true", "false"})  # text only in quotes


def lines_of(file: SourceFile) -> list[str]:
    return BREAKS.split(file.data.decode("utf-8", "replace"))


def written_at(file: SourceFile, place: Place) -> str:
    """The text at a place on one line; empty for any other place."""
    lines = lines_of(file)
    if place.end_line != place.line or place.line > len(lines):
        return ""
    return lines[place.line - 1][place.column - 1 : place.end_column - 1]


def swapped(file: SourceFile | None, place: Place, old: str, new: str) -> Fix | None:
    """The scalar or key `old` becomes `new`. Absent for no `new`, and where `old` is not what is written there."""
    if file is None or file.name != place.file or not new:
        return None
    text = written_at(file, place)
    quote = text[:1] if text[:1] in ("'", '"') else ""
    if not old or text != f"{quote}{old}{quote}":
        return None  # an alias, an escape, a text of several lines
    scalar = _scalar(new, old, quote)
    return Fix(f"write `{new}`", (Edit(place, scalar),)) if scalar else None


def _scalar(text: str, old: str, quote: str) -> str:
    """The text written as the old one was, or in quotes; empty text if that is not so simple."""
    plain = (text[0] == "_" or text[0].isalpha() or text.startswith("./")) and text.lower() not in WORDS
    if not quote and plain and set(text) <= SAFE | (set(old) - SPECIAL):
        return text
    quote = quote or '"'
    simple = text.isprintable() and quote not in text and (quote == "'" or "\\" not in text)
    return f"{quote}{text}{quote}" if simple else ""


def quoted(file: SourceFile, place: Place, pattern: str) -> Fix | None:
    """Quotes around a plain scalar that matches as a whole; what is between them is not shown."""
    text = written_at(file, place)
    if re.fullmatch(pattern, text) is None or not set(text).isdisjoint(NO_PLAIN):
        return None
    start = Place(place.file, place.line, place.column, place.line, place.column)
    end = Place(place.file, place.line, place.end_column, place.line, place.end_column)
    return Fix("put it in quotes", (Edit(start, '"'), Edit(end, '"')))


def without_line(file: SourceFile, path: tuple[str, str]) -> Fix | None:
    """Remove a key with its value, if both stand on a line of their own and other keys stay beside them."""
    top = tree_of(file)
    parent = top.child(path[0]) if top else None
    child = parent.children.get(path[1]) if parent else None
    if parent is None or child is None or child.key_place is None or len(parent.children) < 2:
        return None
    line = child.key_place.line
    before = lines_of(file)[line - 1][: child.key_place.column - 1]
    if before.strip() or child.place.end_line != line or line >= len(lines_of(file)):
        return None
    return Fix("remove the line", (Edit(Place(file.name, line, 1, line + 1, 1), ""),))
