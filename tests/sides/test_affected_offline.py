"""`dativo affected` asks nobody: of a state that lies elsewhere it knows what the locks say."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from dativo_compile.lock.reading import read_lock
from dativo_compile.lock.text import LOCK, render
from tests.lock.projects import JOB, STATE, compiled, make
from tools.history import commit

AUDITED = """
import os, sys

def forbid(event, arguments):
    program = arguments[0] if event == "subprocess.Popen" else "git"
    if event.startswith(("socket.", "http.", "urllib.")) or program != "git" or event in ("os.exec", "os.system"):
        os.write(2, f"FORBIDDEN {event} {arguments[:1]}".encode())
        os._exit(99)

import typing, encodings.idna  # what starting up opens is not what is looked at
sys.addaudithook(forbid)
sys.argv = ["dativo", *sys.argv[1:]]
from dativo_compile.cli.main import main
main()
"""


def audited(root: Path, *args: str) -> subprocess.CompletedProcess[str]:
    call = [sys.executable, "-c", AUDITED, *args]
    return subprocess.run(call, cwd=root, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Its state is at an address where nobody answers; the lock tells what it said."""
    root = make(tmp_path / "project")
    assert compiled(root).good
    (root / STATE).unlink()
    elsewhere = 'terraform: {states: {acme-prod: "http://127.0.0.1:9/acme-prod.tfstate"}}\n'
    with (root / "dativo.yaml").open("a", encoding="utf-8") as file:
        file.write(elsewhere)
    commit(root, "before")
    return root


def test_the_auditor_sees_a_compile_that_asks(project: Path) -> None:
    assert audited(project, "compile").returncode == 99


def test_a_job_is_compiled_from_the_locks(project: Path) -> None:
    ran = audited(project, "affected")
    assert (ran.returncode, ran.stdout) == (0, ""), ran.stderr
    job = project / JOB
    job.write_text(job.read_text("utf-8") + 'schedule: "0 4 * * *"\n', "utf-8")
    ran = audited(project, "affected")
    assert (ran.returncode, ran.stdout) == (0, "orders\n"), ran.stderr
    assert "does not compile" not in ran.stderr


@pytest.mark.parametrize(("output", "value", "told"), [("bucket", "moved", "orders\n"), ("", None, "")])
def test_a_lock_that_was_written_anew_reaches_the_jobs_whose_outputs_moved(
    project: Path, output: str, value: str, told: str
) -> None:
    """A serial that moves alone reaches none."""
    lock = read_lock(project)
    assert lock is not None
    ((key, state),) = lock.states.items()
    outputs = {name: replace(each, value=value) if name == output else each for name, each in state.outputs.items()}
    (project / LOCK).write_bytes(render({key: replace(state, serial=8, outputs=outputs)}))
    ran = audited(project, "affected", "--format", "json")
    assert ran.returncode == 0, ran.stderr
    jobs = json.loads(ran.stdout)["jobs"]
    assert "".join(f"{job['job']}\n" for job in jobs) == told
    assert [job["through"] for job in jobs] == [[{"role": "lock", "file": LOCK, "outputs": [output]}] for _ in jobs]
