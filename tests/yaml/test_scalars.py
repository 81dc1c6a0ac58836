"""Plain scalars by the YAML 1.2 core schema, against a second YAML 1.2 parser."""

from __future__ import annotations

from typing import Any

import pytest
import yaml12

from tests.yaml.reading import fault_in, value_of

# https://yaml.org/spec/1.2.2/#103-core-schema, and what YAML 1.1 reads otherwise
SCALARS: dict[str, Any] = {
    "null": None, "Null": None, "NULL": None, "~": None, "nUll": "nUll",
    "true": True, "True": True, "TRUE": True, "false": False, "tRue": "tRue",
    "on": "on", "off": "off", "yes": "yes", "no": "no", "NO": "NO", "Off": "Off", "y": "y", "n": "n",
    "0": 0, "7": 7, "-3": -3, "+12": 12, "012": 12, "017": 17, "0o17": 15, "0o8": "0o8", "0x1F": 31, "0xg": "0xg",
    "1_000": "1_000", "0b11": "0b11", "1:30": "1:30", "190:20:30": "190:20:30",
    "1.5": 1.5, "-0.5": -0.5, ".5": 0.5, "5.": 5.0, "1e3": 1000.0, "1E-2": 0.01, "+1.0e+2": 100.0, "1.10": 1.1,
    ".": ".", "-": "-", "+": "+", "e3": "e3", "1e": "1e", "1.2.3": "1.2.3", "--1": "--1", "0x": "0x", "-0o7": "-0o7",
    "2025-01-26": "2025-01-26", "2025-01-26T10:00:00Z": "2025-01-26T10:00:00Z", "12:30:45": "12:30:45",
    "=": "=", "<": "<", "'1'": "1", '"true"': "true", "''": "", "9223372036854775807": 2**63 - 1, "٣": "٣",
}  # fmt: skip
# The other parser differs from the core schema here.
DEVIATIONS: dict[str, Any] = {}


@pytest.mark.parametrize("text", SCALARS)
def test_a_scalar_has_the_type_of_the_core_schema(text: str) -> None:
    got = value_of(f"k: {text}\n")["k"] if text != "-" else value_of("- '-'\n")[0]
    assert (type(got), got) == (type(SCALARS[text]), SCALARS[text])


@pytest.mark.parametrize("text", [t for t in SCALARS if t != "-"])
def test_a_second_parser_agrees(text: str) -> None:
    other = yaml12.parse_yaml(f"k: {text}\n")["k"]
    expected = DEVIATIONS.get(text, SCALARS[text])
    assert (type(other), other) == (type(expected), expected)


@pytest.mark.parametrize("text", ["1e400", "-1e400", ".inf", "-.INF", "+.inf", ".nan", ".NaN", "1" * 4001])
def test_what_json_cannot_hold_is_refused_and_not_shown(text: str) -> None:
    fault = fault_in(f"k: {text}\n")
    assert (fault.kind, fault.line, fault.column, fault.length) == ("number", 0, 3, len(text))
    assert text not in fault.message


def test_integers_are_exact_at_any_size() -> None:
    digits = "9" * 400
    assert value_of(f"k: {digits}\n")["k"] == int(digits)


def test_core_tags_decide_the_type() -> None:
    text = "{s: !!str 1, i: !!int '2', f: !!float 3, b: !!bool 'true', n: !!null '', m: !!map {}, q: !!seq [], x: ! 4}"
    expected = {"s": "1", "i": 2, "f": 3.0, "b": True, "n": None, "m": {}, "q": [], "x": "4"}
    assert value_of(text) == expected
    assert type(value_of(text)["f"]) is float


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("k: !foo 1", 3),
        ("k: !!python/object:os.system x", 3),
        ("k: !!timestamp 2025-01-26", 3),
        ("k: !!binary YQ==", 3),
        ("k: !!set {}", 3),
        ("!foo k: 1", 0),
        ("k: !!int x", 3),
        ("k: !!int true", 3),
        ("k: !!float true", 3),
    ],
)
def test_other_tags_are_refused(text: str, column: int) -> None:
    fault = fault_in(text)
    assert (fault.kind, fault.line, fault.column) == ("tag", 0, column)
