"""What the writer will not touch, and how it says so."""

from __future__ import annotations

import fcntl
import os
import resource
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.codes import build as codes
from dativo_compile.writer import WriteFault, Writer, previous_index
from tests.writing import files_of, manifest, write


def refusal(build: Path, *job_ids: str, text: str = "second", gone: tuple[str, ...] = ()) -> WriteFault:
    with pytest.raises(WriteFault) as caught:
        write(build, [manifest(job_id, text) for job_id in job_ids], gone)
    fault = caught.value
    assert fault.diagnostic.help
    return fault


def foreign(build: Path) -> None:
    (build / "a.json").write_text("mine")


def a_folder(build: Path) -> None:
    (build / "a.json").mkdir()


def a_pipe(build: Path) -> None:
    os.mkfifo(build / "a.json")


def a_link(build: Path) -> None:
    (build / "a.json").symlink_to("../elsewhere.json")


def a_linked_folder(build: Path) -> None:
    (build / "acme").symlink_to("..")


def a_file_as_folder(build: Path) -> None:
    (build / "acme").write_text("mine")


def linked_provenance(build: Path) -> None:
    (build / ".provenance").symlink_to("..")


IN_THE_WAY = [
    (foreign, codes.BUILD_FILE_FOREIGN, "a.json"),
    (a_folder, codes.BUILD_FILE_FOREIGN, "a.json"),
    (a_pipe, codes.BUILD_FILE_FOREIGN, "a.json"),
    (a_link, codes.BUILD_LINK, "a.json"),
    (a_linked_folder, codes.BUILD_LINK, "acme"),
    (a_file_as_folder, codes.BUILD_FILE_FOREIGN, "acme"),
    (linked_provenance, codes.BUILD_LINK, ".provenance"),
]


@pytest.mark.parametrize(("obstacle", "code", "named"), IN_THE_WAY)
def test_what_is_not_ours_is_in_the_way(
    tmp_path: Path, obstacle: Callable[[Path], None], code: Code, named: str
) -> None:
    build = tmp_path / "build"
    build.mkdir()
    obstacle(build)
    before = sorted(os.listdir(build)), sorted(os.listdir(tmp_path))
    fault = refusal(build, "a", "acme/b")
    assert fault.diagnostic.code == code
    assert f"`{build}/{named}`" in fault.diagnostic.message
    assert not fault.fatal
    assert (sorted(os.listdir(build)), sorted(os.listdir(tmp_path))) == before


def test_a_foreign_file_is_one_jobs_fault_alone(tmp_path: Path) -> None:
    foreign(tmp_path)
    with Writer(tmp_path) as writer:
        with pytest.raises(WriteFault):
            writer.stage(manifest("a"))
        writer.stage(manifest("b"))
        assert writer.commit(["a", "b"], []).new == 1
    assert (tmp_path / "a.json").read_text() == "mine"
    assert set(previous_index(tmp_path).jobs) == {"b"}


def test_foreign_files_elsewhere_stay(tmp_path: Path) -> None:
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "README").write_text("mine")
    write(tmp_path, [manifest("acme/a")])
    write(tmp_path, [], gone=["acme/a"])
    assert (tmp_path / "acme" / "README").read_text() == "mine"


def test_a_manifest_that_nothing_lists_is_not_removed(tmp_path: Path) -> None:
    foreign(tmp_path)
    write(tmp_path, [manifest("b")], gone=["a"])
    assert (tmp_path / "a.json").read_text() == "mine"


def test_a_lost_index_is_made_again_for_files_that_are_equal(tmp_path: Path) -> None:
    write(tmp_path, [manifest("a")])
    (tmp_path / "index.json").unlink()
    assert write(tmp_path, [manifest("a")]).unchanged == 1
    assert set(previous_index(tmp_path).jobs) == {"a"}


def test_a_removed_manifest_that_became_a_link_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "build", [manifest("a")])
    (tmp_path / "build/a.json").unlink()
    a_link(tmp_path / "build")
    assert refusal(tmp_path / "build", gone=("a",)).diagnostic.code == codes.BUILD_LINK
    assert (tmp_path / "build/a.json").is_symlink()


STRANGE = [
    b"", b"{", b"[]", b"\xff\xfe", b"<<<<<<< HEAD\n", b'{"jobs": {}}', b'{"index_version": 2, "jobs": {}}',
    b'{"index_version": 1, "jobs": []}', b'{"index_version": 1, "jobs": {"a": 1}}',
    b'{"index_version": 1, "jobs": {"../a": {}}}', b'{"index_version": 1, "jobs": {"/etc/a": {}}}',
    b'{"index_version": 1, "jobs": {".provenance/a": {}}}',
]  # fmt: skip


@pytest.mark.parametrize("data", STRANGE)
@pytest.mark.parametrize("name", ["index.json", ".dativo-journal"])
def test_an_index_that_is_not_ours_stops_the_compile(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    fault = refusal(tmp_path, "a")
    assert fault.diagnostic.code == codes.INDEX_UNREADABLE
    assert f"`{tmp_path}/{name}`" in fault.diagnostic.message
    assert files_of(tmp_path) == {name: data}


def test_an_index_of_ours_that_leads_out_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "build", [manifest("a")])
    index = tmp_path / "build/index.json"
    index.write_bytes(index.read_bytes().replace(b'"a": {', b'"../a": {'))
    assert refusal(tmp_path / "build", gone=("../a",)).diagnostic.code == codes.INDEX_UNREADABLE


def test_a_build_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "build").write_text("mine")
    assert refusal(tmp_path / "build", "a").diagnostic.code == codes.BUILD_NOT_FOLDER
    assert refusal(tmp_path / "build" / "below", "a").diagnostic.code == codes.BUILD_NOT_FOLDER
    assert files_of(tmp_path) == {"build": b"mine"}


def test_a_build_that_is_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "build").symlink_to("real")
    assert refusal(tmp_path / "build", "a").diagnostic.code == codes.BUILD_LINK
    (tmp_path / "loop").symlink_to("loop")
    assert refusal(tmp_path / "loop", "a").diagnostic.code == codes.BUILD_LINK


def test_two_compiles_exclude_each_other(tmp_path: Path) -> None:
    with Writer(tmp_path / "build") as writer:
        assert refusal(tmp_path / "build", "a").diagnostic.code == codes.BUILD_IN_USE
        writer.stage(manifest("b"))
        writer.commit(["b"], [])
    assert write(tmp_path / "build", [manifest("a")]).new == 1


def test_two_compiles_exclude_each_other_where_folders_cannot_be_locked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = fcntl.flock

    def flock(opened: int, how: int) -> None:
        if os.path.isdir(f"/proc/self/fd/{opened}"):
            raise OSError(9, "as network file systems say")
        real(opened, how)

    monkeypatch.setattr(fcntl, "flock", flock)
    with Writer(tmp_path / "build"):
        assert refusal(tmp_path / "build", "a").diagnostic.code == codes.BUILD_IN_USE
    assert files_of(tmp_path) == {}


def test_a_killed_compile_holds_no_lock(tmp_path: Path) -> None:
    child = os.fork()
    if not child:
        Writer(tmp_path).__enter__()
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    assert write(tmp_path, [manifest("a")]).new == 1


def test_a_name_that_is_too_long(tmp_path: Path) -> None:
    fault = refusal(tmp_path, "a" * 300)
    assert fault.diagnostic.code == codes.BUILD_WRITE_FAILED
    assert files_of(tmp_path) == {}


@pytest.mark.parametrize("limit", [0, 10, 100])
def test_no_space_changes_nothing(tmp_path: Path, limit: int) -> None:
    """A limit on the size of files stops a write in its middle, as a full disk does."""
    write(tmp_path, [manifest("a"), manifest("gone")])
    before = files_of(tmp_path)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        fault = refusal(tmp_path, "a", "b", gone=("gone",))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert fault.diagnostic.code == codes.BUILD_FULL
    assert fault.fatal
    assert files_of(tmp_path) == before
