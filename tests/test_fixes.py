"""A fix mends what it says: made in a copy of its case, the diagnostic is gone and nothing is harder to read."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from dativo_compile.model.place import Place
from tests.cli.project import command, edit, make
from tests.edits import applied
from tools import golden

UNREADABLE = "DC11"  # codes of text that is no YAML, or has a key twice


def lines_of(tree: golden.Tree) -> list[dict[str, Any]]:
    return [json.loads(line) for line in tree.get("diagnostics.jsonl", b"").splitlines()]


def fixes() -> list[tuple[str, int]]:
    """A case, and the number of a diagnostic with a fix."""
    told = ((name, lines_of(golden.expected(name))) for name in golden.names())
    return [(name, number) for name, lines in told for number, line in enumerate(lines) if "fix" in line]


def test_many_codes_have_fixes() -> None:
    codes = {lines_of(golden.expected(name))[number]["code"] for name, number in fixes()}
    assert codes >= {
        "DC1108", "DC1202", "DC1204", "DC1205", "DC1209", "DC1211", "DC1901", "DC1903", "DC2001", "DC2010", "DC2104",
        "DC3102", "DC3103", "DC4001", "DC4002", "DC4007", "DC5004", "DC6001", "DC6009", "DC8102", "DC8206",
    }  # fmt: skip


@pytest.mark.parametrize(("name", "number"), fixes())
def test_a_fix_mends_its_case(name: str, number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    line = lines_of(golden.expected(name))[number]
    copy = tmp_path / "cases" / name
    shutil.copytree(golden.CASES / name, copy, symlinks=True)
    (file,) = {edit["file"] for edit in line["fix"]["edits"]}
    edits = [(place_of(edit), edit["text"]) for edit in line["fix"]["edits"]]
    text = (copy / file).read_bytes().decode()
    (copy / file).write_bytes(applied(text, edits).encode())
    monkeypatch.setattr(golden, "CASES", tmp_path / "cases")
    after = lines_of(golden.outcome(name, tmp_path / "work"))
    assert identity(line) not in [identity(d) for d in after]
    broken = [d for d in after if d["code"].startswith(UNREADABLE) and d["file"] == file]
    assert [d for d in broken if d["code"] not in {b["code"] for b in lines_of(golden.expected(name))}] == []


def place_of(edit: dict[str, Any]) -> Place:
    return Place(edit["file"], edit["line"], edit["column"], edit["end_line"], edit["end_column"])


def identity(line: dict[str, Any]) -> tuple[Any, ...]:
    return line["code"], line["file"], line["line"], line["message"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("environment: dev\n", "environment: dev\nenvironmnt: dev\n"),
        ("  write_mode: append\n", "  write_mode: append\n  write_mod: append\n"),
        ("      bucket_name:", "      bucket_nam: source.connection.x\n      bucket_name:"),
    ],
)
def test_of_two_keys_alike_either_may_be_wrong(old: str, new: str, tmp_path: Path) -> None:
    project = make(tmp_path)
    edit(project, old, new)
    said = [json.loads(line) for line in command(project, "compile", "--format", "json").stdout.splitlines()]
    assert [line["help"].partition("`")[0] for line in said] == ["did you mean "]
    assert [line for line in said if "fix" in line] == []
