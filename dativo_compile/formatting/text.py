"""`formatted`: the one way from the bytes of a file to its formatted bytes, and the proof that they say the same."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from yaml import YAMLError

from dativo_compile.formatting.blocks import in_order
from dativo_compile.formatting.flow import flow_edits, replaced
from dativo_compile.formatting.layout import Layout, layout_of
from dativo_compile.formatting.quoting import ids_of
from dativo_compile.formatting.tidy import ended, tidied
from dativo_compile.yaml.fault import YamlFault
from dativo_compile.yaml.reader import Marks, read

MARK = "\ufeff"  # the byte order mark that some editors write


@dataclass(frozen=True, slots=True)
class Source:
    """A file's text with what the reader made of it: a mapping, and a mark at each leaf."""

    data: bytes
    value: dict[str, Any]
    marks: dict[str, Any]


class UnsafeFormat(Exception):
    """Formatted, the file would not be what it was; `reason` completes the sentence "the text would ..."."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def formatted(kind: str, source: Source) -> bytes:
    """The same values and comments in the order and form of its kind. Raises `UnsafeFormat`."""
    text = source.data.decode("utf-8")
    start = MARK if text.startswith(MARK) else ""
    text = text.removeprefix(MARK)
    before = _layout(text)
    if before.odd:
        return source.data
    quoted = ids_of(kind, source.value, source.marks, before)
    quotes = ((begin, end, f'"{written}"') for begin, end, written in quoted.values())
    layout = _again(before, replaced(text, iter(quotes)))
    layout = _again(layout, replaced(layout.text, flow_edits(kind, layout, layout.root)))
    layout = _again(layout, ended(layout))
    layout = _again(layout, in_order(kind, layout))
    after = _again(layout, tidied(layout))
    if after.text == text:
        return source.data
    data = (start + after.text).encode("utf-8")
    _check(source, data, {mark: written for mark, (_, _, written) in quoted.items()})
    if Counter(before.comments()) != Counter(after.comments()):
        raise UnsafeFormat("lose or change a comment")
    return data


def _again(layout: Layout, text: str) -> Layout:
    """The layout of what a step made; most steps have nothing to do."""
    return layout if text == layout.text else _layout(text)


def _layout(text: str) -> Layout:
    try:
        layout = layout_of(text)
    except YAMLError:
        layout = None
    if layout is None:
        raise UnsafeFormat("no longer be YAML")
    return layout


def _check(source: Source, data: bytes, quoted: dict[str, str]) -> None:
    try:
        value, _ = read(data, Marks("new"))
    except YamlFault:
        raise UnsafeFormat("no longer be YAML") from None
    if not _same(source.value, value, source.marks, quoted):
        raise UnsafeFormat("no longer say the same")


def _same(old: Any, new: Any, marks: Any, quoted: dict[str, str]) -> bool:
    """Equal but for the order of keys, and for the numbers that are text now."""
    if type(old) is dict and old:
        known = type(new) is dict and old.keys() == new.keys()
        return known and all(_same(old[key], new[key], marks[key], quoted) for key in old)
    if type(old) is list and old:
        known = type(new) is list and len(old) == len(new)
        return known and all(_same(*both, quoted) for both in zip(old, new, marks, strict=True))
    return bool(quoted[marks] == new) if marks in quoted else type(old) is type(new) and bool(old == new)
