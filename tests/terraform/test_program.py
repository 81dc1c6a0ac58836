"""Asking a program for outputs: what it is called with, and what happens when it misbehaves."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from dativo_compile.model.usage import UsageError
from dativo_compile.terraform.fault import StateFault
from dativo_compile.terraform.program import Program, program_of

OUTPUTS = '{"bucket": {"value": "b", "type": "string", "sensitive": false}}'
LISTS = '[ "$1" = workspace ] && { printf "* default\\n  acme-prod\\n\\n"; exit 0; }\n'


def program(root: Path, script: str, seconds: float = 20.0) -> Program:
    (root / "module").mkdir(exist_ok=True)
    path = root / "tf"
    path.write_text(f"#!/bin/sh\n{script}")
    path.chmod(0o755)
    return Program(str(path), root, "module", seconds)


def test_only_a_listed_workspace_is_asked_for(tmp_path: Path) -> None:
    asked = program(tmp_path, f"echo \"$@ ${{TF_WORKSPACE-none}}\" >> ../calls\n{LISTS}echo '{OUTPUTS}'")
    assert asked.read("acme-prod") == OUTPUTS.encode() + b"\n"
    assert asked.read("acme-prd") is None
    assert asked.workspaces() == ("acme-prod", "default")
    calls = (tmp_path / "calls").read_text().splitlines()
    assert calls == ["workspace list none", "output -json -no-color acme-prod"]


def test_what_the_callers_environment_says_of_terraform_does_not_leak_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("TF_WORKSPACE", "TF_CLI_ARGS", "TF_CLI_ARGS_output", "TF_LOG", "TF_LOG_PATH"):
        monkeypatch.setenv(name, "x")
    monkeypatch.setenv("TF_DATA_DIR", "kept")
    asked = program(
        tmp_path,
        f"{LISTS}env | grep -E '^TF_(DATA|IN|WORK|LOG|CLI_ARGS)' | sort | tr '\\n' ' '; echo $CHECKPOINT_DISABLE",
    )
    said = asked.read("default")
    assert said == b"TF_DATA_DIR=kept TF_INPUT=0 TF_IN_AUTOMATION=1 TF_WORKSPACE=default 1\n"


def test_a_program_that_will_not_end_is_killed_with_all_it_started(tmp_path: Path) -> None:
    """DC3072: it ignores SIGTERM, and so does its child, which holds the pipe."""
    script = "trap '' TERM\nsh -c 'trap \"\" TERM; echo $$ > ../child; sleep 300' &\nwhile :; do sleep 300; done"
    asked = program(tmp_path, script, seconds=1.0)
    started = time.monotonic()
    with pytest.raises(StateFault) as caught:
        asked.read("default")
    assert (caught.value.code.id, caught.value.fields["seconds"]) == ("DC3072", "1")
    assert time.monotonic() - started < 10
    child = int((tmp_path / "child").read_text())
    for _ in range(100):
        if not alive(child):
            break
        time.sleep(0.05)
    assert not alive(child)


def alive(pid: int) -> bool:
    """A zombie, which nobody in a container may reap, is dead."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_failure_is_met_once_however_many_workspaces_are_asked_for(tmp_path: Path) -> None:
    asked = program(tmp_path, "echo x >> ../calls; echo 'Error: no: secret_key = hunter2' >&2; exit 3")
    for workspace in ("a", "b"):
        with pytest.raises(StateFault) as caught:
            asked.read(workspace)
        assert caught.value.code.id == "DC3070"
        assert not any("hunter2" in note for note in caught.value.notes)
    assert (tmp_path / "calls").read_text() == "x\n"


def test_a_program_that_is_killed_says_so(tmp_path: Path) -> None:
    with pytest.raises(StateFault) as caught:
        program(tmp_path, "kill -9 $$").workspaces()
    assert caught.value.fields["how"] == "was ended by signal 9"


def test_a_child_left_behind_does_not_hold_the_answer(tmp_path: Path) -> None:
    asked = program(tmp_path, f"{LISTS}echo '{OUTPUTS}'; sleep 300 >/dev/null 2>&1 & echo $! > ../child")
    assert asked.read("default") == OUTPUTS.encode() + b"\n"
    child = int((tmp_path / "child").read_text())
    for _ in range(100):
        if not alive(child):
            break
        time.sleep(0.05)
    assert not alive(child)


def test_the_program_is_looked_for_on_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert program_of(None) is None
    with pytest.raises(UsageError, match="neither `terraform` nor `tofu`"):
        program_of("")
    for name in ("tofu", "terraform"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
        assert program_of("") == str(tmp_path / name)
    monkeypatch.chdir(tmp_path)
    assert program_of("./tofu") == str(tmp_path / "tofu")
    with pytest.raises(UsageError, match="the program `jobs` is not found"):
        program_of("jobs")


def test_the_location_is_the_same_on_every_machine(tmp_path: Path) -> None:
    asked = program(tmp_path, "")
    assert asked.location("w") == "terraform output in module (workspace w)"
    assert os.fspath(tmp_path) not in asked.location("w")
