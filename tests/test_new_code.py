"""The scaffolder, run on a scratch copy: what nobody runs rots."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    for folder in ("dativo_compile", "tools", "schemas"):
        shutil.copytree(ROOT / folder, tmp_path / folder, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "codes.txt").write_text("DC4001 output-unknown\nDC4002 gone-long-ago\n")
    return tmp_path


def run(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", *args]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_it_writes_a_declaration_that_is_listed_and_a_case(scratch: Path) -> None:
    ran = run(scratch, "tools.new_code", "DC4998", "made-for-a-test")
    assert ran.returncode == 0, ran.stderr
    declared = (scratch / "dativo_compile/diagnostics/codes/mapping.py").read_text()
    assert 'MADE_FOR_A_TEST = Code(\n    "DC4998", "made-for-a-test", "error",' in declared
    assert "DC4998 made-for-a-test" in (scratch / "tests/cases/made-for-a-test/case.yaml").read_text()
    assert "DC4998 made-for-a-test\n" in (scratch / "tests/codes.txt").read_text()
    listed = subprocess.run(
        [sys.executable, "-c", "from dativo_compile.registry import BY_ID; print(BY_ID['DC4998'].name)"],
        cwd=scratch, capture_output=True, text=True, check=True, env={"PYTHONPATH": str(scratch)},
    )  # fmt: skip
    assert listed.stdout == "made-for-a-test\n"
    for check in ("check", "format --check"):
        clean = run(scratch, "ruff", *check.split(), "dativo_compile/diagnostics/codes/mapping.py")
        assert clean.returncode == 0, clean.stdout


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["DC4001", "another"], "DC4001 is `output-unknown` and stays so"),
        (["DC4002", "another"], "Free: DC4003"),
        (["DC4998", "gone-long-ago"], "`gone-long-ago` is the name of another code"),
        (["4998", "another"], "usage: make new-code"),
        (["DC4998", "Another_One"], "usage: make new-code"),
        (["DC7998", "another", "dativo_compile/rules/nowhere.py"], "is not there"),
    ],
)
def test_it_refuses_what_would_break_a_promise(scratch: Path, args: list[str], says: str) -> None:
    ran = run(scratch, "tools.new_code", *args)
    assert ran.returncode == 1
    assert says in ran.stderr
    assert not (scratch / "tests/cases").exists()
