"""Every folder below tests/cases is a test: the whole of `expected/` is compared, nothing skips."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest

from tools import golden

CURE = "if the change is meant: make golden, then read the diff"


@pytest.mark.parametrize("name", golden.names())
def test_a_case_gives_what_it_expects(name: str, tmp_path: Path) -> None:
    wanted = golden.expected(name)
    got = golden.outcome(name, tmp_path)
    assert wanted, f"{name} has no expected/; write it with: make golden CASE={name}"
    missing, extra = sorted(wanted.keys() - got.keys()), sorted(got.keys() - wanted.keys())
    assert not missing, f"{name}: not written any more: {missing}; {CURE}"
    assert not extra, f"{name}: written, but not expected: {extra}; {CURE}"
    changed = [key for key in sorted(got) if got[key] != wanted[key]]
    assert not changed, f"{name}: {CURE}\n" + "\n".join(_diff(key, wanted[key], got[key]) for key in changed)


def _diff(key: str, wanted: bytes, got: bytes) -> str:
    old, new = (content.decode("utf-8", "backslashreplace").splitlines() for content in (wanted, got))
    lines = difflib.unified_diff(old, new, f"expected/{key}", f"now/{key}", lineterm="")
    return "\n".join(lines) or f"{key}: differs in its line ends only"
