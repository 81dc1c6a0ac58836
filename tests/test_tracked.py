"""Tracked files speak of no single machine: a clone anywhere must mean the same."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# A path of somebody's machine at the start of a word. A URL's path, `/tmpl` or `a/work/b` is none.
MACHINE = re.compile(r"(?<![\w.)}\]/-])/(?:work|root|home|farm|tmp|Users|private)/\w")
HOST = re.compile(
    r"\b(?:pypi\.org|pythonhosted\.org|registry\.npmjs\.org|registry\.terraform\.io|registry\.opentofu\.org"
    r"|proxy\.golang\.org|artifactory|nexus\.|crates\.io|rubygems\.org)",
    re.IGNORECASE,
)
THIS = "tests/test_tracked.py"


def tracked() -> list[tuple[str, str]]:
    """Name and text of each file that is in git, or would be after `git add`."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=True,
    ).stdout.decode()  # fmt: skip
    files = [ROOT / name for name in listed.split("\0") if name and name != THIS]
    return [(path.relative_to(ROOT).as_posix(), path.read_text("utf-8", "replace")) for path in files if path.is_file()]


def found(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{name}:{number}: {line.strip()[:120]}"
        for name, text in tracked()
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_file_names_a_path_of_one_machine() -> None:
    wrong = found(MACHINE)
    assert not wrong, "\n".join(["a path of one machine is wrong on every other; make it relative:", *wrong])


def test_no_file_names_a_registry() -> None:
    wrong = found(HOST)
    assert not wrong, "\n".join(
        ["where packages come from is the user's setting (a mirror, a proxy), not ours:", *wrong]
    )
