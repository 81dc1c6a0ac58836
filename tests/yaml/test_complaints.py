"""What is no YAML is told in plain words, at the place to mend, with a cure; by libyaml and by its stand-in."""

from __future__ import annotations

import random

import pytest

from dativo_compile.yaml import reader
from dativo_compile.yaml.fault import YamlFault
from dativo_compile.yaml.reader import Marks, read
from tests.yaml.reading import fault_in

# text -> message, place as line, column and length
COMPLAINTS = {
    "a: b: c\n": ("a `: ` cannot stand here", (0, 4, 1)),
    "a: - x\n": ("a list cannot start here", (0, 3, 1)),
    "a: 1\nenvironment\nb: 2\n": ("this line is no `key: value`", (1, 0, 11)),
    "a: 'x' y\n": ("`y` cannot follow a value", (0, 7, 1)),
    "a: {b: c}}\n": ("`}` cannot follow a value", (0, 9, 1)),
    "a:\n  b: 1\n c: 2\n": ("this line does not stand in the column of the keys around it", (2, 1, 1)),
    "a:\n  - x\n  b: 1\n": ("this line is no element of the list above it", (2, 2, 1)),
    "a: {b: 1 c: 2}\n": ("a `,` or `}` was expected here", (0, 10, 1)),
    "a: [1, 2\nb: 3\n": ("a `,` or `]` was expected here", (1, 1, 1)),
    "a: [1\n": ("`[` is never closed", (0, 3, 1)),
    "a: {b: [1]\n\n": ("`{` is never closed", (0, 3, 1)),
    "a: 'x\nb: c\n": ("`'` is never closed", (0, 3, 1)),
    "a: [1,,2]\n": ("a value was expected here, not `,`", (0, 6, 1)),
    "a: @x\n": ("`@` cannot start a value", (0, 3, 1)),
    "a: `x`\n": ("a backtick cannot start a value", (0, 3, 1)),
    "%x: 1\n": ("`%` cannot start a line", (0, 0, 1)),
    "a: *.csv\n": ("`*` at the start of a value needs the name of an anchor", (0, 3, 1)),
    "a: !foo!bar x\n": ("`!` starts a tag that cannot be read", (0, 3, 1)),
    "a: | x\n  y\n": ("nothing can follow `|` or `>` on its line", (0, 5, 1)),
    "a: 1\n... x\n": ("there is more text after the end of the document", (1, 4, 1)),
    'a: "\\xZZ"\n': ("a backslash in double quotes starts an escape, and this is none", (0, 6, 1)),
}


@pytest.mark.parametrize("text", COMPLAINTS)
def test_a_complaint_in_words(text: str) -> None:
    fault = fault_in(text)
    assert (fault.message, (fault.line, fault.column, fault.length)) == COMPLAINTS[text]
    assert fault.help


def test_the_beginning_of_a_bracket_or_a_mapping_is_shown_too() -> None:
    assert (fault_in("a: {b: 1 c: 2}\n").other, fault_in("a: {b: 1 c: 2}\n").note) == ((0, 3, 1), "opened here")
    assert fault_in("a:\n  b: 1\n c: 2\n").note == "the mapping starts here"
    assert fault_in("a: [1\n").other is None


def test_the_reader_without_libyaml_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader.pyyaml, "__with_libyaml__", False)
    monkeypatch.setattr(reader, "events_of", reader._libyaml())
    for text, (message, _) in COMPLAINTS.items():
        assert fault_in(text).message == message


def test_whatever_is_broken_has_words() -> None:
    """Random slips of the hand: every fault is ours, on one line, inside the text."""
    chance = random.Random(7)
    for _ in range(2_000):
        text = list("a: {b: [1, 'x']}\nc:\n  - d: \"e\"\n    f: |\n      g\n  - &h i\nj: *h\n")
        for _ in range(chance.randint(1, 3)):
            text[chance.randrange(len(text))] = chance.choice("{}[]:,-'\"&*!|>%@`# \n\tx")
        broken = "".join(text)
        fault = fault_of(broken)
        assert fault is None or (fault.message and "\n" not in fault.message + fault.help), broken
        assert fault is None or fault.line <= broken.count("\n"), broken


def fault_of(text: str) -> YamlFault | None:
    try:
        read(text.encode(), Marks("job"))
    except YamlFault as fault:
        return fault
    return None
