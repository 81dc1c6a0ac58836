"""Every reported span really holds the text it claims."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dativo_compile.model.place import Place
from dativo_compile.model.source import Document, SourceFile
from dativo_compile.yaml.reader import Marks, read
from dativo_compile.yaml.spans import place_at, place_of, tree_of
from tests.yaml.reading import value_of

WORDS = st.text(st.sampled_from("abcxyz09 _-.:#'\"é顧📦,[]{}&*!|>%@\\"), max_size=12)
NAMES = st.text(st.sampled_from("abcxyzé顧_-"), min_size=1, max_size=6)
SCALARS = st.one_of(WORDS, st.integers(), st.booleans(), st.none())
TREES = st.recursive(SCALARS, lambda t: st.lists(t, max_size=4) | st.dictionaries(NAMES, t, max_size=4), max_leaves=12)


class Writer:
    """Writes a tree as YAML, choosing styles as it goes; `styles` are drawn numbers."""

    def __init__(self, styles: list[int]) -> None:
        self.styles = styles or [0]
        self.at = 0

    def choose(self, count: int) -> int:
        self.at += 1
        return self.styles[self.at % len(self.styles)] % count

    def scalar(self, value: Any) -> str:
        if not isinstance(value, str):
            return json.dumps(value)
        if self.choose(3) == 0 and plain(value):
            return value
        if self.choose(2) == 0:
            return "'" + value.replace("'", "''") + "'"
        return json.dumps(value, ensure_ascii=False)

    def flow(self, value: Any) -> str:
        if isinstance(value, dict):
            return "{" + ", ".join(f"{self.scalar(k)}: {self.flow(v)}" for k, v in value.items()) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(self.flow(v) for v in value) + "]"
        return self.scalar(value)

    def block(self, value: Any, indent: str) -> str:
        """What stands after a key or a dash, with the end of its line."""
        if not value or not isinstance(value, dict | list) or self.choose(4) == 0:
            return f" {self.flow(value)}" + ("  # note\n" if self.choose(5) == 0 else "\n")
        comment = "  # note" if self.choose(5) == 0 else ""
        return comment + "\n" + self.lines(value, indent + "  ")

    def lines(self, value: Any, indent: str) -> str:
        if isinstance(value, dict):
            return "".join(f"{indent}{self.scalar(k)}:{self.block(v, indent)}" for k, v in value.items())
        return "".join(f"{indent}-{self.block(v, indent)}" for v in value)


def plain(text: str) -> bool:
    """Whether text may stand without quotes anywhere, and stays text."""
    return text.isalpha() and text not in ("null", "true", "false")


def leaves(value: Any, marks: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any, str]]:
    if isinstance(value, dict | list) and value:
        for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(inner, marks[step], (*path, step))
    else:
        yield path, value, marks


def cut(text: str, place: Place) -> str:
    lines = text.split("\n")
    assert place.line == place.end_line
    return lines[place.line - 1][place.column - 1 : place.end_column - 1]


def document_of(text: str) -> Document:
    file = SourceFile("jobs/x.yaml", text.encode())
    return Document(file, "job", *read(file.data, Marks("job")))


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(NAMES, TREES, min_size=1, max_size=5), st.lists(st.integers(0, 60), max_size=20))
def test_spans_hold_what_they_claim(value: dict[str, Any], styles: list[int]) -> None:
    text = Writer(styles).lines(value, "")
    document = document_of(text)
    assert document.value == value, text
    for path, leaf, mark in leaves(document.value, document.marks):
        place = place_of(document, path)
        assert value_of(cut(text, place)) == leaf, (text, path)
        assert mark == f"job:{place.line}:{place.column}", (text, path)
        assert place_at(document.file, mark) == place, (text, path)
        for depth in range(1, len(path) + 1):
            if isinstance(path[depth - 1], str):
                key = place_of(document, path[:depth], key=True)
                assert value_of(cut(text, key)) == path[depth - 1], (text, path)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(NAMES, SCALARS, min_size=1, max_size=4), st.dictionaries(NAMES, SCALARS, max_size=3))
def test_spans_through_aliases_and_merges(shared: dict[str, Any], own: dict[str, Any]) -> None:
    writer = Writer([1])
    members = "".join(f", {writer.scalar(k)}: {writer.flow(v)}" for k, v in own.items())
    text = f"=x: &x {writer.flow(shared)}\n=y: *x\n=z: {{<<: *x{members}}}\n"
    document = document_of(text)
    assert document.value == {"=x": shared, "=y": shared, "=z": {**shared, **own}}
    assert cut(text, place_of(document, ("=y",))) == "*x"
    for path, leaf, mark in leaves(document.value, document.marks):
        place = place_of(document, path)
        assert value_of(cut(text, place)) == leaf
        assert mark == f"job:{place.line}:{place.column}"
        key = place_of(document, path, key=True)
        assert value_of(cut(text, key)) == path[-1]


def test_a_block_collection_is_shown_by_a_key() -> None:
    text = "a:\n  b: 1\n  c:\n    - d: 2\n      e: 3\n    -\n      - f\n      - g\nh: |\n  x\n  y\n"
    document = document_of(text)
    for path, shown in {
        (): "a",
        ("a",): "a",
        ("a", "c"): "c",
        ("a", "c", 0): "d",
        ("a", "c", 1): "f",
        ("h",): "h",
        ("a", "missing"): "a",
        ("a", "c", 0, "missing", 3): "d",
    }.items():
        assert cut(text, place_of(document, path)) == shown, path


def test_an_alias_as_a_key_is_found() -> None:
    text = "x: &k name\ny: {*k : 1}\n"
    assert cut(text, place_of(document_of(text), ("y", "name"))) == "1"


def test_text_that_cannot_be_read_has_no_tree() -> None:
    for data in (b"a: [", b"", b"[" * 500 + b"]" * 500, b"a: \0"):
        assert tree_of(SourceFile("x.yaml", data)) is None
