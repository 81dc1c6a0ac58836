"""The demo, on a machine without terraform: what a stranger sees first must work."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def demo(**environment: str) -> str:
    command = [sys.executable, "-m", "tools.demo"]
    settings = {"PATH": os.defpath, "PYTHONPATH": str(ROOT)} | environment
    ran = subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def test_the_demo_tells_the_whole_story(tmp_path: Path) -> None:
    told = demo(PATH=str(tmp_path), HOME=str(tmp_path))
    for part in (
        "1 new, 0 changed",
        "  cost_center = FIN-012",
        "from the output `s3_bucket_name` of",
        '    "DATA-001"',
        "0 new, 0 changed, 1 unchanged",
        "the state was edited",
        '-        "bucket": "acme-dativo-data-lake-prod",\n+        "bucket": "acme-dativo-data-lake-prod-v2",',
        "did you mean `s3_bucket_name`?",
        "build/ is as it was",
    ):
        assert part in told, told
