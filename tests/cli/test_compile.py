"""`dativo compile` as a shell sees it: exit codes, the two streams, what is written."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.project import CALL, JOB, ROOT, command, edit, make

CLOSING = "compiled 1 job: 1 new, 0 changed, 0 unchanged, 0 removed, in "


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make(tmp_path / "shop")


def broken(folder: Path, name: str = "broken") -> Path:
    """A second job, whose mapped output does not exist."""
    job = folder / "jobs" / "acme" / f"{name}.yaml"
    shutil.copy(folder / JOB, job)
    edit(folder, "bucket_name:", "bukket_name:", job.relative_to(folder))
    return job


def test_a_good_compile_says_one_line_and_exits_0(project: Path) -> None:
    ran = command(project, "compile")
    assert (ran.returncode, ran.stdout) == (0, "")
    assert ran.stderr.startswith(CLOSING)
    assert ran.stderr.count("\n") == 1


def test_quiet_says_nothing(project: Path) -> None:
    ran = command(project, "compile", "--quiet")
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")


def test_with_an_error_nothing_is_written(project: Path) -> None:
    broken(project)
    ran = command(project, "compile")
    assert ran.returncode == 1
    assert (
        "error[DC4001]: the state has no output named `bukket_name`\n  --> jobs/acme/broken.yaml:22:7\n" in ran.stderr
    )
    assert ran.stderr.endswith("error: 1 error; nothing was written\n")
    assert not (project / "build").exists()


def test_keep_going_writes_the_good_jobs_and_exits_1(project: Path) -> None:
    broken(project)
    ran = command(project, "compile", "--keep-going")
    assert ran.returncode == 1
    assert ran.stderr.splitlines()[-1].startswith("error: 1 error; " + CLOSING)
    assert sorted(p.name for p in (project / "build" / "acme").iterdir()) == ["orders.json"]


def test_keep_going_writes_none_that_a_project_rule_blames(project: Path) -> None:
    shutil.copy(project / JOB, project / "jobs" / "acme" / "twin.yaml")
    edit(project, "write_mode: append", "write_mode: overwrite")
    ran = command(project, "compile", "--keep-going")
    assert ran.returncode == 1
    assert "[DC7" in ran.stderr
    assert not (project / "build" / "acme").exists()


def test_strict_fails_on_a_warning_and_writes_nothing(project: Path) -> None:
    edit(project, "default_catalog: sql\n", "", Path("dativo.yaml"))
    assert command(project, "compile", "-o", "one").returncode == 0
    ran = command(project, "compile", "--strict", "-o", "two")
    assert ran.returncode == 1
    assert ran.stderr.endswith("error: 1 warning, and `--strict` allows none; nothing was written\n")
    assert not (project / "two").exists()


def test_json_stands_alone_on_standard_output(project: Path) -> None:
    broken(project)
    ran = command(project, "compile", "--format", "json")
    assert [json.loads(line)["code"] for line in ran.stdout.splitlines()] == ["DC4001"]
    assert ran.stderr == "error: 1 error; nothing was written\n"


@pytest.mark.parametrize("option", ["--state", "--outputs"])
def test_a_state_may_come_from_standard_input(project: Path, option: str) -> None:
    outputs = {"bucket_name": {"value": "piped", "type": "string"}, "bucket_region": {"value": "r", "type": "string"}}
    ran = command(project, "compile", option, "acme-dev=-", input=json.dumps(outputs))
    assert ran.returncode == 0, ran.stderr
    manifest = json.loads((project / "build/acme/orders.json").read_bytes())
    assert manifest["target"]["connection"]["s3"]["bucket"] == "piped"


@pytest.mark.parametrize("args", [["--nope"], ["--format", "xml"], ["--state", "=x"]])
def test_a_wrong_call_exits_2(project: Path, args: list[str]) -> None:
    ran = command(project, "compile", *args)
    assert ran.returncode == 2
    assert ran.stdout == ""
    assert "Traceback" not in ran.stderr
    assert not (project / "build").exists()


def test_a_job_may_be_compiled_from_elsewhere(project: Path, tmp_path: Path) -> None:
    ran = command(tmp_path, "compile", str(project / JOB), "-o", "out")
    assert ran.returncode == 0, ran.stderr
    assert (tmp_path / "out/acme/orders.json").exists()


@pytest.mark.parametrize("closed", ["stdout", "stderr"])
def test_a_closed_stream_harms_nothing(project: Path, closed: str) -> None:
    broken(project)
    ran = command(project, "compile", "--format", "json", preexec_fn=lambda: os.close(1 if closed == "stdout" else 2))
    assert ran.returncode == 1


def test_a_closed_pipe_is_quiet(project: Path) -> None:
    for number in range(60):
        broken(project, f"broken_{number}")
    running = subprocess.Popen(
        [sys.executable, "-c", CALL.format(root=str(ROOT)), "compile", "--format", "json"],
        cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert running.stdout is not None
    running.stdout.close()
    assert running.stderr is not None
    err = running.stderr.read().decode()
    running.stderr.close()
    assert running.wait() == 1
    assert err == "error: 60 errors; nothing was written\n"


def test_ctrl_c_exits_130_and_leaves_nothing(project: Path) -> None:
    """The compile waits for its state, so that the signal meets it at work."""
    running = subprocess.Popen(
        [sys.executable, "-c", CALL.format(root=str(ROOT)), "compile", "--state", "acme-dev=-"],
        cwd=project, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip
    time.sleep(1.5)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate()
    assert (running.returncode, out, err) == (130, b"", b"")
    assert not (project / "build").exists()


def test_the_version_is_told(project: Path) -> None:
    ran = command(project, "--version")
    assert (ran.returncode, ran.stdout.split()[0]) == (0, "dativo-compile")
