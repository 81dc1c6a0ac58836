"""The harness itself: a net is worth what it catches."""

from __future__ import annotations

import os
import re
import resource
import shutil
from pathlib import Path

import pytest

from tests.test_cases import test_a_case_gives_what_it_expects as check
from tools import golden, replay

CASE = "keep-going-writes-the-good-jobs"


@pytest.fixture
def expected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The `expected/` of a copy of one case that passes."""
    shutil.copytree(golden.CASES / CASE, tmp_path / "cases" / CASE)
    monkeypatch.setattr(golden, "CASES", tmp_path / "cases")
    return tmp_path / "cases" / CASE / "expected"


def test_a_file_that_is_not_written_any_more_fails(expected: Path, tmp_path: Path) -> None:
    (expected / "build" / "more.json").write_text("{}\n")
    with pytest.raises(AssertionError, match=r"not written any more: \['build/more.json'\]"):
        check(CASE, tmp_path / "work")


def test_a_file_that_is_not_expected_fails(expected: Path, tmp_path: Path) -> None:
    (expected / "build" / ".provenance" / "people.json").unlink()
    with pytest.raises(AssertionError, match=r"not expected: \['build/.provenance/people.json'\]"):
        check(CASE, tmp_path / "work")


@pytest.mark.parametrize("name", ["exit", "report.txt", "diagnostics.jsonl", "build/people.json"])
def test_a_changed_byte_fails_with_a_diff(expected: Path, tmp_path: Path, name: str) -> None:
    wrong = (expected / name).read_bytes() + b" \n"
    (expected / name).write_bytes(wrong)
    with pytest.raises(AssertionError, match=f"--- expected/{name}"):
        check(CASE, tmp_path / "work")


def test_a_case_without_expectations_fails(expected: Path, tmp_path: Path) -> None:
    shutil.rmtree(expected)
    with pytest.raises(AssertionError, match="has no expected/"):
        check(CASE, tmp_path / "work")


def test_rewriting_mends_what_is_wrong_and_leaves_what_is_right(expected: Path) -> None:
    before = golden.expected(CASE)
    assert not golden.rewrite(CASE)
    (expected / "exit").write_text("0\n")
    (expected / "more").write_text("")
    assert golden.rewrite(CASE)
    assert golden.expected(CASE) == before


def test_cases_are_named_alike() -> None:
    assert [name for name in golden.names() if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)] == [], "kebab case"


def test_an_unknown_step_is_refused(expected: Path, tmp_path: Path) -> None:
    (expected.parent / "case.yaml").write_text("before:\n  - rnu: [jobs]\n")
    with pytest.raises(ValueError, match="unknown step `rnu`"):
        golden.outcome(CASE, tmp_path / "work")


def test_an_unknown_trouble_is_refused(expected: Path, tmp_path: Path) -> None:
    (expected.parent / "case.yaml").write_text("trouble: {lokced: build}\n")
    with pytest.raises(ValueError, match="unknown word `lokced`"):
        golden.outcome(CASE, tmp_path / "work")


def test_no_trouble_outlasts_its_case(tmp_path: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE), os.mkdir
    for name in ("build-in-use", "build-full", "build-not-writable", "internal-error"):
        golden.outcome(name, tmp_path / name)
    assert (resource.getrlimit(resource.RLIMIT_FSIZE), os.mkdir) == before


def test_the_replay_really_shuffles(tmp_path: Path) -> None:
    names = [f"{number:02d}" for number in range(40)]
    for name in names:
        (tmp_path / name).touch()
    with replay.shuffled_folders(1):
        walked = next(os.walk(tmp_path))[2]
        listed = os.listdir(tmp_path)
        globbed = [path.name for path in tmp_path.glob("*")]
    for order in (walked, listed, globbed):
        assert order != names
        assert sorted(order) == names
