"""Fixes change what they say they change, and nothing where the text is not as plain as was thought."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dativo_compile.diagnostics.diagnostic import Fix
from dativo_compile.model.place import Place
from dativo_compile.model.source import Document, SourceFile
from dativo_compile.yaml.fixes import quoted, swapped, without_line, written_at
from dativo_compile.yaml.reader import Marks, read
from dativo_compile.yaml.spans import place_of
from tests.edits import applied


def document(text: str) -> Document:
    value, marks = read(text.encode(), Marks("job"))
    return Document(SourceFile("a.yaml", text.encode()), "job", value, marks)


def after(text: str, fix: Fix | None) -> str | None:
    return None if fix is None else applied(text, [(edit.place, edit.text) for edit in fix.edits])


@pytest.mark.parametrize(
    ("text", "new", "wanted"),
    [
        ("k: odl # c\n", "new", "k: new # c\n"),
        ("k: 'odl'\n", "new", "k: 'new'\n"),
        ('k: "odl"\n', "new", 'k: "new"\n'),
        ("{k: odl, z: 1}\n", "new", "{k: new, z: 1}\n"),
        ("k: odl\n", "a b", 'k: "a b"\n'),
        ("k: odl\n", "a: b", 'k: "a: b"\n'),
        ("k: odl\n", "12", 'k: "12"\n'),
        ("k: odl\n", "true", 'k: "true"\n'),
        ("k: odl\n", "Null", 'k: "Null"\n'),
        ("k: odl\n", "*", 'k: "*"\n'),
        ("k: odl\n", "./x", "k: ./x\n"),
        ("k: odl\n", "it's", 'k: "it\'s"\n'),
        ("k: 'odl'\n", "a\\b", "k: 'a\\b'\n"),
        ("k: 'odl'\n", "it's", None),
        ("k: odl\n", 'say "x"', None),
        ("k: odl\n", "a\\b", None),
        ("k: odl\n", "a\nb", None),
        ("k: odl\n", "", None),
        ("k: &x odl\n", "new", None),
        ("x: &x odl\nk: *x\n", "new", None),
        ("k: !!str odl\n", "new", None),
        ('k: "o\\x64l"\n', "new", None),
        ("k: |-\n  odl\n", "new", None),
        ("k: >-\n  odl\n", "new", None),
    ],
)
def test_a_value_is_swapped(text: str, new: str, wanted: str | None) -> None:
    its = document(text)
    assert its.value["k"] == "odl"
    fix = swapped(its.file, place_of(its, ("k",)), "odl", new)
    assert after(text, fix) == wanted
    if wanted is not None:
        assert document(wanted).value["k"] == new


@pytest.mark.parametrize(
    ("text", "old", "new", "wanted"),
    [
        ("odl: 1\n", "odl", "new", "new: 1\n"),
        ("'odl' : 1\n", "odl", "new", "'new' : 1\n"),
        ("? odl\n: 1\n", "odl", "new", "? new\n: 1\n"),
        ("a.b[0]: 1\n", "a.b[0]", "c.b[0]", "c.b[0]: 1\n"),
        ("odl: 1\n", "odl", "c.b[0]", '"c.b[0]": 1\n'),
        ("{odl: 1}\n", "odl", "c[0]", '{"c[0]": 1}\n'),
    ],
)
def test_a_key_is_swapped(text: str, old: str, new: str, wanted: str) -> None:
    its = document(text)
    fix = swapped(its.file, place_of(its, (old,), key=True), old, new)
    assert after(text, fix) == wanted
    assert list(document(wanted).value) == [new]


def test_only_what_stands_there_is_swapped() -> None:
    its = document("k: odl\n")
    place = place_of(its, ("k",))
    assert swapped(its.file, place, "old", "new") is None
    assert swapped(SourceFile("b.yaml", its.file.data), place, "odl", "new") is None
    assert swapped(None, place, "odl", "new") is None
    assert swapped(its.file, Place("a.yaml", 9, 1, 9, 4), "odl", "new") is None
    assert swapped(its.file, Place.whole("a.yaml"), "", "new") is None


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)


@given(NAMES, st.sampled_from(["k: odl\n", "k: 'odl'\n", 'k: "odl"\n', "{k: odl}\n", "[{k: odl, z: 1}]\n"]))
def test_what_is_swapped_in_is_what_is_read(name: str, text: str) -> None:
    text = f"a: {text}" if text[0] in "[{" else text
    path: tuple[str | int, ...] = ("a",) if text.startswith("a: ") else ()
    path += (0,) if text.startswith("a: [") else ()
    its = document(text)
    fix = swapped(its.file, place_of(its, (*path, "k")), "odl", name)
    assume(fix is not None)
    found = document(after(text, fix) or "").value
    for step in path:
        found = found[step]
    assert found["k"] == name


@pytest.mark.parametrize(
    ("text", "pattern", "wanted"),
    [
        ("k: 012345678901\n", "[0-9]{12}", 'k: "012345678901"\n'),
        ("k: 12345678901 # c\n", "[0-9]{12}", None),
        ("k: 1.10\n", ".+", 'k: "1.10"\n'),
        ("[1.10]\n", ".+", None),
        ("k: true\n", ".+", 'k: "true"\n'),
        ("k: '1'\n", ".+", None),
        ("k: &a 1\n", ".+", None),
        ("x: &a 1\nk: *a\n", ".+", None),
        ("k: !!int 1\n", ".+", None),
    ],
)
def test_quotes_go_around_a_plain_scalar(text: str, pattern: str, wanted: str | None) -> None:
    file = SourceFile("a.yaml", text.encode())
    place = place_of(Document(file, "job", {}, {}), ("k",))
    assert after(text, quoted(file, place, pattern)) == wanted


def test_quotes_repeat_no_value() -> None:
    its = document("password: 123456\n")
    fix = quoted(its.file, place_of(its, ("password",)), ".+")
    assert fix is not None
    assert "123456" not in repr(fix)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("severity:\n  A: off # why\n  B: off\n", "severity:\n  B: off\n"),
        ("severity:\n  B: off\n  A: off\nx: 1\n", "severity:\n  B: off\nx: 1\n"),
        ("severity:\n  A: off\n", None),
        ("severity:\n  B: off\n  A: off", None),
        ("severity: {A: off, B: off}\n", None),
        ("severity:\n  B: off\n  A:\n    off\nx: 1\n", None),
        ("severity: []\n", None),
        ("x: [\n", None),
    ],
)
def test_a_line_is_removed_if_others_stay(text: str, wanted: str | None) -> None:
    assert after(text, without_line(SourceFile("a.yaml", text.encode()), ("severity", "A"))) == wanted


def test_a_text_of_several_lines_is_not_looked_at() -> None:
    assert written_at(SourceFile("a.yaml", b"a\nb\n"), Place("a.yaml", 1, 1, 2, 2)) == ""
