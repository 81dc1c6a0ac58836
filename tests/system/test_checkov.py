"""The reference modules under checkov: no policy is missed but those that a line in the HCL waives with its reason."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

from tests.modules.reference import MODULES, ROOT

KEPT = ROOT / ".venv" / "checkov"
PINS = ROOT / "constraints" / "checkov.txt"
WAIVER = re.compile(r"^ *#checkov:skip=(\w+):.*\n", re.MULTILINE)


@pytest.fixture(scope="module")
def checkov() -> list[str]:
    """The command. Its two hundred megabytes of libraries stay out of our own environment, in a folder of their own."""
    if not KEPT.exists():
        KEPT.parent.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=KEPT.parent) as beside:
            pip = [
                sys.executable,
                "-m",
                "pip",
                "install",
                "-q",
                "--target",
                f"{beside}/made",
                "-c",
                str(PINS),
                "checkov",
            ]
            ran = subprocess.run(pip, capture_output=True, text=True, check=False, timeout=600)
            assert ran.returncode == 0, ran.stderr
            if not KEPT.exists():
                Path(beside, "made").rename(KEPT)
    return [
        sys.executable,
        "-c",
        f"import sys; sys.path.insert(0, {str(KEPT)!r}); import checkov.main as m; m.Checkov().run()",
    ]


def scanned(checkov: list[str], folder: Path) -> dict[str, list[dict[str, Any]]]:
    command = [*checkov, "-d", str(folder), "--framework", "terraform", "--skip-download", "-o", "json"]
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=300)
    assert ran.stdout.lstrip().startswith("{"), ran.stdout + ran.stderr
    results: dict[str, list[dict[str, Any]]] = json.loads(ran.stdout)["results"]
    assert not results["parsing_errors"]
    return results


def ids(checks: list[dict[str, Any]]) -> set[tuple[str, str]]:
    return {(check["resource"].rpartition("module.dativo_etl.")[2], check["check_id"]) for check in checks}


def test_no_policy_is_missed_but_those_waived(checkov: list[str]) -> None:
    results = scanned(checkov, ROOT / "terraform")
    assert ids(results["failed_checks"]) == set()
    assert {cloud for check in results["passed_checks"] for cloud in MODULES if f"/{cloud}/" in check["file_path"]} == {
        *MODULES
    }


def test_every_waiver_is_needed(checkov: list[str], tmp_path: Path) -> None:
    """A waiver that waives nothing hides what comes later."""
    copy = tmp_path / "terraform"
    shutil.copytree(ROOT / "terraform", copy)
    waived: set[str] = set()
    for path in copy.rglob("*.tf"):
        text = path.read_text("utf-8")
        waived |= set(WAIVER.findall(text))
        path.write_text(WAIVER.sub("", text), "utf-8")
    assert {check for _, check in ids(scanned(checkov, copy)["failed_checks"])} == waived
