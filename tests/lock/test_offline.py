"""A locked compile under an auditor that ends the process at the first socket, program or state file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.lock.projects import STATE, compiled, make, tree

ROOT = Path(__file__).resolve().parents[2]
AUDITED = """
import os, sys

PROJECT, SOURCES = sys.argv[1:3]
INSIDE = (PROJECT, SOURCES, *{os.path.realpath(p) for p in (sys.prefix, sys.base_prefix, sys.exec_prefix)}, sys.prefix)
SYSTEM = ("/usr/lib", "/usr/share", "/lib", "/proc/", "/dev/null", "/etc/localtime")

def forbid(event, arguments):
    word = event.partition(".")[0]
    denied = word in ("socket", "subprocess", "http", "urllib") or event in ("os.exec", "os.fork", "os.system")
    if event == "open" and isinstance(arguments[0], (str, bytes)):
        path = os.path.abspath(os.fsdecode(arguments[0]))
        state = ".tfstate" in path or "/.terraform" in path or "/states/" in path
        denied = denied or state or not path.startswith((*INSIDE, *SYSTEM))
    if denied:
        os.write(2, f"FORBIDDEN {event} {arguments[:1]}".encode())
        os._exit(99)

import typing, encodings.idna  # what starting up opens is not what is looked at
sys.path.insert(0, SOURCES)
sys.dont_write_bytecode = True
sys.addaudithook(forbid)
os.chdir(PROJECT)
program, *sys.argv = sys.argv[3:]
from importlib import import_module
import_module(f"dativo_compile.cli.{program}").main()
"""


def audited(root: Path, *args: str, program: str = "compile") -> subprocess.CompletedProcess[str]:
    """`program` is the module of the command line: `compile` is `dativo-compile`, `main` is `dativo`."""
    call = [sys.executable, "-c", AUDITED, str(root), str(ROOT), program, "dativo", *args]
    return subprocess.run(call, capture_output=True, text=True, check=False, timeout=120)


def test_a_locked_compile_opens_no_socket_and_no_state(tmp_path: Path) -> None:
    """The states stay where they are: not that they are gone, but that nobody asks for them."""
    root = make(tmp_path / "project")
    assert compiled(root).good
    wanted = tree(root)
    ran = audited(root, "jobs", "-o", "again", "--locked")
    assert ran.returncode == 0, ran.stderr
    again = {
        f"build/{p.relative_to(root / 'again').as_posix()}": p.read_bytes() for p in (root / "again").rglob("*.json")
    }
    assert again == wanted, "manifests, index and provenance are those of the compile that read the state"


@pytest.mark.parametrize("args", [("jobs", "--locked", "--check"), ("--locked", "jobs/orders.yaml")])
def test_nor_does_a_check_or_a_compile_of_one_job(args: tuple[str, ...], tmp_path: Path) -> None:
    root = make(tmp_path / "project")
    assert compiled(root).good
    ran = audited(root, *args)
    assert ran.returncode == 0, ran.stderr


def test_nor_does_dativo_check(tmp_path: Path) -> None:
    root = make(tmp_path / "project")
    assert compiled(root).good
    ran = audited(root, "check", "--locked", program="main")
    assert ran.returncode == 0, ran.stderr
    assert ran.stderr.startswith("up to date: 1 job")


@pytest.mark.parametrize("args", [("jobs",), ("jobs", "--locked", "--refresh", "acme-prod")])
def test_the_auditor_sees_a_state_being_read(args: tuple[str, ...], tmp_path: Path) -> None:
    root = make(tmp_path / "project")
    assert compiled(root).good
    ran = audited(root, *args)
    assert ran.returncode == 99
    assert Path(STATE).name in ran.stderr


def test_a_locked_compile_leaves_the_lock_as_it_is(tmp_path: Path) -> None:
    root = make(tmp_path / "project")
    assert compiled(root).good
    before = (root / "dativo.lock.json").stat()
    ran = audited(root, "jobs", "--locked")
    assert ran.returncode == 0, ran.stderr
    after = (root / "dativo.lock.json").stat()
    assert (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino)
