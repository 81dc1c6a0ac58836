"""Same values in, same bytes out: every case again on a machine that differs in all that must not matter."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tools import golden

ROOT = Path(__file__).resolve().parent.parent
SOMEWHERE = {
    "auckland": ("a b/Über ﬁ", 1, {"PYTHONHASHSEED": "1", "TZ": "Pacific/Auckland", "LC_ALL": "C.UTF-8"}),
    "plain-c": ("x", 2, {"PYTHONHASHSEED": "4242", "TZ": "UTC", "LC_ALL": "C", "PYTHONUTF8": "0"}),
    "turkish": ("deep/er/still", 3, {"PYTHONHASHSEED": "77", "TZ": "America/St_Johns", "LC_ALL": "tr_TR.UTF-8"}),
}


@pytest.mark.parametrize("place", SOMEWHERE)
def test_every_case_gives_the_same_bytes_elsewhere(place: str, tmp_path: Path) -> None:
    folder, seed, settings = SOMEWHERE[place]
    names = golden.names()
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)} | settings
    ran = subprocess.run(
        [sys.executable, "-m", "tools.replay", str(tmp_path / folder), str(seed), *names],
        cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, encoding="utf-8",
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)
    changed = [f"{name}: {key}" for name in names for key in differing(golden.expected(name), told[name])]
    assert not changed, "\n".join(["folder, order, hash seed, locale or time zone reached the output:", *changed])


def differing(wanted: golden.Tree, got: dict[str, str]) -> list[str]:
    sums = {key: hashlib.sha256(content).hexdigest() for key, content in wanted.items()}
    return sorted(key for key in sums.keys() | got.keys() if sums.get(key) != got.get(key))
