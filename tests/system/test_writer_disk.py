"""The writer on real file systems that are full, read-only, or not ours; needs root to set them up."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from dativo_compile.diagnostics.codes import build as codes
from dativo_compile.writer import WriteFault
from tests.writing import files_of, manifest, times_of, write

NOBODY = 65534


@pytest.fixture(autouse=True)
def _root() -> None:
    assert os.geteuid() == 0, "only root may mount a file system: run `make test-system` as root, or in a container"


@contextmanager
def small_disk(at: Path, options: str) -> Iterator[Path]:
    at.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(at)], capture_output=True, text=True)
    assert made.returncode == 0, f"{made.stderr.strip()}: a container needs `--cap-add SYS_ADMIN` to mount a tmpfs"
    try:
        yield at
    finally:
        subprocess.run(["umount", str(at)], check=True)


@pytest.mark.parametrize("options", ["size=64k", "size=10m,nr_inodes=20"])
def test_a_full_disk_leaves_the_build_as_it_was(tmp_path: Path, options: str) -> None:
    with small_disk(tmp_path / "disk", options) as disk:
        write(disk / "build", [manifest("acme/a"), manifest("gone")])
        before, times = files_of(disk), times_of(disk)
        many = [manifest(f"acme/{number}" if number else "acme/a", "second" * 300) for number in range(100)]
        with pytest.raises(WriteFault) as caught:
            write(disk / "build", many, gone=["gone"])
        assert caught.value.diagnostic.code == codes.BUILD_FULL
        assert files_of(disk) == before
        assert times_of(disk) == times
        assert write(disk / "build", [manifest("acme/a", "x")], gone=["gone"]).removed == 1


def test_a_read_only_disk_is_refused_unless_nothing_would_change(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "size=1m") as disk:
        write(disk / "build", [manifest("a")])
        before = files_of(disk)
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        assert write(disk / "build", [manifest("a")]).unchanged == 1
        for build in (disk / "build", disk / "other"):
            with pytest.raises(WriteFault) as caught:
                write(build, [manifest("a", "second")])
            assert caught.value.diagnostic.code == codes.BUILD_NOT_WRITABLE
        assert files_of(disk) == before


def as_nobody(build: Path, *texts: str) -> int:
    """What becomes of a compile by a user without rights: its code's last digit, or 0."""
    child = os.fork()
    if not child:
        end = 99
        try:
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            write(build, [manifest("acme/a", text) for text in texts], gone=[] if texts else ["acme/a"])
            end = 0
        except WriteFault as fault:
            end = int(fault.diagnostic.code.id[-1])
        finally:
            os._exit(end)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.parametrize("locked", ["build", "build/acme", "build/.provenance/acme"])
def test_folders_of_somebody_else(tmp_path: Path, locked: str) -> None:
    for above in (tmp_path, *tmp_path.parents[:3]):
        if above != Path("/tmp"):
            above.chmod(above.stat().st_mode | 0o055)
    build = tmp_path / "build"
    write(build, [manifest("acme/a")])
    for path in (build, *build.rglob("*")):
        os.chown(path, NOBODY, NOBODY)
    os.chown(tmp_path / locked, 0, 0)
    before = files_of(build)
    assert as_nobody(build, "first") == 0
    assert as_nobody(build, "second") == 7
    assert as_nobody(build) == 7
    assert files_of(build) == before
    assert as_nobody(tmp_path / "denied" / "build", "first") == 7
