"""`--terraform` takes a value, or none: what stands after it decides."""

from __future__ import annotations

from pathlib import Path

import pytest

from dativo_compile.cli.asking import spelled_out

READ = {
    "jobs --terraform": "jobs --terraform=",
    "--terraform jobs -o build": "--terraform= jobs -o build",
    "--terraform -o build": "--terraform= -o build",
    "--terraform sh jobs": "--terraform=sh jobs",
    "--terraform=tofu jobs": "--terraform=tofu jobs",
    "jobs -- --terraform": "jobs -- --terraform",
    "jobs": "jobs",
}


@pytest.mark.parametrize("line", READ)
def test_the_next_word_is_the_program_only_if_it_is_one(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "jobs").mkdir()
    assert " ".join(spelled_out(line.split())) == READ[line]
