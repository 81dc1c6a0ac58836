"""A project may take an error lightly, never lose a job by it: what is no error any more leaves a manifest."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from dativo_compile.registry import BY_ID
from tools import golden


def errors_of(name: str) -> set[str]:
    lines = golden.expected(name).get("diagnostics.jsonl", b"").splitlines()
    return {line["code"] for line in map(json.loads, lines) if line["severity"] == "error"}


def says_severity(name: str) -> bool:
    file = golden.CASES / name / "dativo.yaml"
    return file.exists() and "severity" in file.read_text("utf-8")


def demotable() -> list[str]:
    """Cases whose every error may be demoted, and that do not do so themselves."""
    names = [name for name in golden.names() if not says_severity(name)]
    return [name for name in names if (codes := errors_of(name)) and not any(BY_ID[code].guarded for code in codes)]


@pytest.mark.parametrize("severity", ["warning", "off"])
@pytest.mark.parametrize("name", demotable())
def test_what_is_no_error_leaves_a_manifest(
    name: str, severity: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "cases" / name
    shutil.copytree(golden.CASES / name, copy, symlinks=True)
    said = ", ".join(f"{code}: {severity}" for code in sorted(errors_of(name)))
    with (copy / "dativo.yaml").open("a", encoding="utf-8") as file:
        file.write(f"\nseverity: {{{said}}}\n")
    monkeypatch.setattr(golden, "CASES", tmp_path / "cases")
    tree = golden.outcome(name, tmp_path / "work")
    jobs = {path.relative_to(copy / "jobs").with_suffix("").as_posix() for path in (copy / "jobs").rglob("*.yaml")}
    manifests = {job for job in jobs if f"build/{job}.json" in tree}
    # Of these the next guard in line, the screen, has something to say.
    expected = set() if b'"DC8108"' in tree["diagnostics.jsonl"] else jobs
    assert manifests == expected, f"no error and no manifest:\n{tree['report.txt'].decode()}"
    assert tree["exit"] == (b"0\n" if expected else b"1\n")
