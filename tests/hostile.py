"""A command in a process of its own, bounded in time and memory, or in this one, and what it must never do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from typer.testing import CliRunner

from dativo_compile.cli.compile import app
from dativo_compile.validation.load import schema_of
from dativo_compile.writing.starter import write_starter

ROOT = Path(__file__).resolve().parents[1]
STATE = "terraform/lake/terraform.tfstate.d/acme-dev/terraform.tfstate"
JOB = "jobs/acme/orders.yaml"
ROLES = {"job": JOB, "asset": "assets/orders.yaml", "connector": "connectors/csv.yaml", "project": "dativo.yaml"}
# The peak is the process's own: `ru_maxrss` would count the parent that it was forked from.
CALL = """
import time
from dativo_compile.cli.main import main
try:
    main()
finally:
    status = open("/proc/self/status").read()
    peak = status.partition("VmHWM:")[2].split()[0]
    with open({cost!r}, "w") as cost:
        cost.write(f"{{peak}} {{time.process_time()}}")
"""
TOO_LONG = 60  # seconds, on a machine with other things to do
SHAPE = jsonschema.Draft202012Validator(schema_of("diagnostics"))


@dataclass(frozen=True)
class Outcome:
    """`peak` is in bytes, `seconds` are of the processor; both are absent for a command inside this process."""

    code: int
    out: str
    err: str
    peak: int = 0
    seconds: float = 0.0

    @property
    def codes(self) -> list[str]:
        return [json.loads(line)["code"] for line in self.out.splitlines()]


def project(folder: Path) -> Path:
    write_starter(folder)
    return folder


def place(folder: Path, name: str, data: bytes) -> Path:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data)
    return folder


def alone(folder: Path, *args: str | bytes, **options: Any) -> Outcome:
    """`dativo ARGS` as a shell would run it; the build is whole or not there."""
    cost = folder.parent / f"{folder.name}.cost"
    ran = subprocess.run(
        [sys.executable, "-c", CALL.format(cost=str(cost)), *args],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, check=False,
        **{"timeout": TOO_LONG, "stdin": subprocess.DEVNULL, **options},
    )  # fmt: skip
    peak, seconds = cost.read_text().split()
    out, err = (stream.decode("utf-8", "surrogateescape") for stream in (ran.stdout, ran.stderr))
    outcome = Outcome(ran.returncode, out, err, int(peak) * 1024, float(seconds))
    check(folder, outcome)
    return outcome


def here(folder: Path, monkeypatch: pytest.MonkeyPatch, *args: str) -> Outcome:
    """`dativo-compile ARGS --format json` in this process."""
    monkeypatch.chdir(folder)
    ran = CliRunner().invoke(app, [*args, "--format", "json"])
    assert ran.exception is None or isinstance(ran.exception, SystemExit), ran.exception
    outcome = Outcome(ran.exit_code, ran.stdout, ran.stderr)
    check(folder, outcome)
    for line in outcome.out.splitlines()[:100]:
        SHAPE.validate(json.loads(line))
    return outcome


def check(folder: Path, outcome: Outcome) -> None:
    assert outcome.code in (0, 1, 2), outcome
    assert "Traceback" not in outcome.out + outcome.err
    build = folder / "build"
    if outcome.code:
        assert not build.exists() or not list(build.rglob(".dativo-*")), "a stage was left"
    else:
        index = json.loads((build / "index.json").read_bytes()) if (build / "index.json").exists() else {"jobs": {}}
        assert all((build / f"{job}.json").exists() for job in index["jobs"])
