"""The reader refuses what it cannot trust, at its place, within bounds of time and memory."""

from __future__ import annotations

import time
import tracemalloc

import pytest

from dativo_compile.yaml import reader
from dativo_compile.yaml.reader import DEEPEST, LARGEST_FILE
from tests.yaml.reading import fault_in, marks_of, value_of


def test_marks_mirror_values() -> None:
    assert marks_of("a: 1\nb:\n  - x\n  - {c: ''}\nd: []\n") == {
        "a": "job:1:4",
        "b": ["job:3:5", {"c": "job:4:9"}],
        "d": "job:5:4",
    }


def test_columns_count_characters() -> None:
    assert marks_of('{"ü顧📦": x, b: y}')["b"] == "job:1:15"


def test_a_byte_order_mark_is_no_column() -> None:
    assert marks_of("\ufeffa: 1\n") == {"a": "job:1:4"}


def test_windows_line_ends() -> None:
    assert value_of("a: 1\r\nb: |\r\n  x\r\n  y\r\n") == {"a": 1, "b": "x\ny\n"}


def test_marks_hold_beyond_a_million_columns() -> None:
    text = '{"a": "' + "x" * 1_200_000 + '", b: 1}'
    assert marks_of(text)["b"] == f"job:1:{text.rindex('1') + 1}"


@pytest.mark.parametrize("text", ["", "# only a comment\n", "---\n", "---\n...\n", "\n\n"])
def test_nothing_is_null(text: str) -> None:
    assert value_of(text) is None


DUPLICATES = {
    "a: 1\nb: 2\na: 3\n": ((2, 0, 1), (0, 0, 1)),
    "x:\n  key: {deep: 1}\n  b: 2\n  'key': 3\n": ((3, 2, 5), (1, 2, 3)),
    "{a: 1, a: 2}": ((0, 7, 1), (0, 1, 1)),
    "- a: 1\n- b: 1\n  c: [a, a]\n  b: 2\n": ((3, 2, 1), (1, 2, 1)),
    "x: &n a\nm: {a: 1, *n : 2}\n": ((1, 10, 2), (1, 4, 1)),
    "<<: {}\n<<: {}\n": ((1, 0, 2), (0, 0, 2)),
}


@pytest.mark.parametrize("text", DUPLICATES)
def test_both_places_of_a_duplicate_key_are_exact(text: str) -> None:
    fault = fault_in(text)
    assert (fault.kind, (fault.line, fault.column, fault.length), fault.other) == ("duplicate", *DUPLICATES[text])


@pytest.mark.parametrize("key", ["1", "true", "null", "~", "1.5", "[a]", "{a: b}", "0o7"])
def test_keys_are_text(key: str) -> None:
    assert fault_in(f"? {key}\n: 1\n").kind == "key"


def test_a_quoted_key_stays_text_and_the_plain_one_is_still_refused() -> None:
    assert value_of("'1': a\n\"true\": b\n!!str 2: c\n") == {"1": "a", "true": "b", "2": "c"}
    assert fault_in("1: a\n").kind == "key"
    assert fault_in("?\n: a\n").kind == "key"


def test_anchors_and_merge_keys() -> None:
    text = "x: &x {a: 1, b: 2}\ny: &y {b: 3, c: 4}\none: {<<: *x, b: 5}\ntwo: {<<: [*x, *y]}\nlist: [*x]\n"
    value = value_of(text)
    assert value["one"] == {"a": 1, "b": 5}
    assert value["two"] == {"a": 1, "b": 2, "c": 4}
    assert value["list"] == [{"a": 1, "b": 2}]
    assert marks_of(text)["one"] == {"b": "job:3:18", "a": "job:1:11"}
    assert value_of("a: {<<: []}\n") == {"a": {}}


@pytest.mark.parametrize("text", ["a: {<<: 1}", "a: {<<: [1]}", "a: {<<: x}", "a: {<<: null}"])
def test_a_merge_of_no_mapping_is_refused(text: str) -> None:
    assert fault_in(text).kind == "syntax"


@pytest.mark.parametrize("text", ["a: *x\n", "a: &x [*x]\n", "*x : 1\n"])
def test_an_alias_needs_an_anchor_before_it(text: str) -> None:
    fault = fault_in(text)
    assert fault.kind == "syntax"
    assert "no anchor `&x`" in fault.message


def test_the_last_of_two_anchors_of_one_name_counts() -> None:
    assert value_of("a: &x 1\nb: &x 2\nc: *x\n")["c"] == 2


BROKEN = {
    b"a:\n\tb: 1\n": ("tab", 1, 0),
    b"a:\n  - x\n\t- y\n": ("tab", 2, 0),
    b"a: 1\n---\nb: 2\n": ("documents", 1, 0),
    b"a: \0\n": ("encoding", 0, 3),
    b"a: b\nc: \xff\n": ("encoding", 1, 3),
    b"\xc3\xbc: \xc3\n": ("encoding", 0, 3),
    b"a: \x1b[31m\n": ("encoding", 0, 3),
    b"a: \xed\xa0\x80\n": ("encoding", 0, 3),
    "a: 1\n".encode("utf-16"): ("encoding", 0, 0),
    "a: 1\n".encode("utf-16-le"): ("encoding", 0, 0),
    "a: 1\n".encode("utf-32"): ("encoding", 0, 0),
    b"a: [1, 2\nb: 3\n": ("syntax", 1, 1),
    b'a: "x\n': ("syntax", 0, 3),
    b"a: b: c\n": ("syntax", 0, 4),
    b"a: 1\n b: 2\n": ("syntax", 1, 2),
    b"a: @x\n": ("syntax", 0, 3),
    b"%TAG ! x\n": ("syntax", 1, 0),
    b"a: 1\n... x\n": ("syntax", 1, 4),
}


@pytest.mark.parametrize("data", BROKEN)
def test_broken_text_is_refused_at_its_place(data: bytes) -> None:
    fault = fault_in(data)
    assert (fault.kind, fault.line, fault.column) == BROKEN[data]
    assert "\n" not in fault.message


def test_the_reader_without_libyaml_refuses_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader.pyyaml, "__with_libyaml__", False)
    monkeypatch.setattr(reader, "events_of", reader._libyaml())
    for data, (kind, _, _) in BROKEN.items():
        assert fault_in(data).kind == kind, data
    for text, (place, first) in DUPLICATES.items():
        fault = fault_in(text)
        assert ((fault.line, fault.column, fault.length), fault.other) == (place, first), text


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_deep_nesting_is_refused(opening: str) -> None:
    fault = fault_in(opening * 100_000)
    assert (fault.kind, fault.line) == ("bounds", 0)


def test_the_deepest_nesting_is_read() -> None:
    value_of("[" * DEEPEST + "]" * DEEPEST)
    assert fault_in("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1)).kind == "bounds"


def test_aliases_cannot_nest_deeper_than_text() -> None:
    lines = ["a0: &a0 [x]"] + [f"a{n}: &a{n} [[[*a{n - 1}]]]" for n in range(1, 60)]
    assert fault_in("\n".join(lines)).kind == "bounds"


def bomb(width: int, levels: int) -> str:
    lines = ["l0: &l0 [" + ", ".join("x" * width) + "]"]
    lines += [f"l{n}: &l{n} [" + ", ".join([f"*l{n - 1}"] * width) + "]" for n in range(1, levels)]
    return "\n".join(lines)


def merges(count: int) -> str:
    members = ", ".join(f"k{n}: 1" for n in range(count))
    return f"x: &x {{{members}}}\n" + "".join(f"m{n}: {{<<: *x}}\n" for n in range(count))


@pytest.mark.parametrize("text", [bomb(10, 10), bomb(90, 90), merges(1000)], ids=["laughs", "wide", "merges"])
def test_an_alias_bomb_is_refused_at_once(text: str) -> None:
    started = time.monotonic()
    tracemalloc.start()
    fault = fault_in(text)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert fault.kind == "bounds"
    assert time.monotonic() - started < 1
    assert peak < 50_000_000


def test_a_file_too_large_is_refused_unread() -> None:
    fault = fault_in(b"a: '" + b"x" * LARGEST_FILE + b"'\n")
    assert fault.kind == "bounds"


def test_a_scalar_of_ten_megabytes_is_read_and_forgotten() -> None:
    text = "x" * (LARGEST_FILE - 100)
    assert value_of(f"a: {text}\n")["a"] == text
    assert text not in reader._scalars
