"""The writer stopped at every single step: killed, or refused by the system."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from dativo_compile.model.job import Manifest
from dativo_compile.writer import WriteFault, Writer, previous_index
from tests.writing import files_of, manifest, times_of, write

STEPS = ("mkdir", "write", "fsync", "link", "replace", "rename", "unlink", "rmdir")
OLD = [manifest("acme/changed"), manifest("acme/same"), manifest("gone/only"), manifest("other/kept")]
NEW = [manifest("acme/changed", "second"), manifest("acme/same"), manifest("new/job", "second")]
LAST = 200  # more steps than there are


def prepare(build: Path) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """A build folder before a compile of NEW, and what it must be after it."""
    after = build.with_name("after")
    for folder in (build, after):
        write(folder, OLD)
        (folder / "README").write_text("mine")
    write(after, NEW, gone=["gone/only"])
    return files_of(build), files_of(after)


@contextmanager
def stopped_at(step: int, stop: Callable[[], None], taken: list[int]) -> Iterator[None]:
    """Calls `stop` in place of the step that has this number, and counts; half of what it writes is written."""

    def wrapped(real: Callable[..., Any], name: str) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            taken[0] += 1
            if taken[0] == step:
                if name == "write":
                    real(args[0], args[1][: len(args[1]) // 2])
                stop()
            return real(*args, **options)

        return call

    with pytest.MonkeyPatch.context() as patch:
        for name in STEPS:
            patch.setattr(os, name, wrapped(getattr(os, name), name))
        yield


def killed_at(step: int, build: Path, jobs: list[Manifest], gone: list[str]) -> bool:
    """Whether a compile in a process of its own got as far as this step."""
    child = os.fork()
    if not child:
        try:
            with stopped_at(step, lambda: os._exit(9), [0]):
                write(build, jobs, gone)
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


def visible(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: data for name, data in files.items() if not name.startswith(".dativo-") and not name.endswith("/")}


def test_killed_at_any_step_every_file_is_old_or_new_and_the_next_compile_repairs(tmp_path: Path) -> None:
    for step in range(1, LAST):
        build = tmp_path / str(step) / "build"
        before, after = prepare(build)
        if not killed_at(step, build, NEW, ["gone/only"]):
            break
        now = visible(files_of(build))
        for name in visible(before | after | now):
            assert now.get(name) in (before.get(name), after.get(name)), (step, name)
        for each in previous_index(build).jobs:
            assert each in {job.job_id for job in OLD + NEW}
        write(build, NEW, gone=["gone/only"])
        assert files_of(build) == after, step
    assert 20 < step < LAST - 1


def test_killed_twice_the_manifests_are_still_ours(tmp_path: Path) -> None:
    """Each compile writes other manifests, and each is killed before it could write an index."""
    third = [manifest("acme/changed", "third"), manifest("third/job")]
    for step in range(1, LAST):
        build = tmp_path / str(step) / "build"
        prepare(build)
        first = killed_at(step, build, NEW, ["gone/only"])
        for next_step in range(max(1, step - 2), step + 3):
            killed_at(next_step, build, third, [])
        final = [manifest(job.job_id, "final") for job in NEW + third]
        write(build, final, gone=["gone/only"])
        names = {name for name in visible(files_of(build)) if not name.startswith(".")}
        assert names == {
            "README", "index.json", "acme/changed.json", "acme/same.json", "new/job.json", "other/kept.json",
            "third/job.json",
        }, step  # fmt: skip
        if not first:
            break
    assert step < LAST - 1


def test_a_job_that_went_after_the_kill_is_removed(tmp_path: Path) -> None:
    """A manifest that only the journal lists is known, so that its end can be noticed."""
    seen = set()
    for step in range(1, LAST):
        build = tmp_path / str(step) / "build"
        prepare(build)
        if not killed_at(step, build, NEW, ["gone/only"]):
            break
        known = set(previous_index(build).jobs)
        assert ((build / "new/job.json").exists()) <= ("new/job" in known)
        write(build, [], gone=sorted(known))
        assert set(visible(files_of(build))) <= {"README", "index.json", ".provenance/new/job.json"}
        seen.add("new/job" in known)
    assert seen == {False, True}


def test_a_foreign_file_in_place_of_a_journaled_manifest_stays_foreign(tmp_path: Path) -> None:
    for step in range(1, LAST):
        build = tmp_path / str(step) / "build"
        prepare(build)
        if not killed_at(step, build, NEW, ["gone/only"]):
            break
        if (build / ".dativo-journal").exists() and not (build / "new/job.json").exists():
            break
    (build / "new").mkdir(exist_ok=True)
    (build / "new/job.json").write_text("mine")
    with pytest.raises(WriteFault):
        write(build, NEW, gone=["gone/only"])
    assert (build / "new/job.json").read_text() == "mine"


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EIO])
def test_refused_at_any_step_nothing_changes(tmp_path: Path, number: int) -> None:
    def refuse() -> None:
        raise OSError(number, os.strerror(number))

    for step in range(1, LAST):
        build = tmp_path / str(step) / "build"
        before, after = prepare(build)
        times = times_of(build)
        taken = [0]
        fault = None
        with stopped_at(step, refuse, taken):
            try:
                write(build, NEW, gone=["gone/only"])
            except WriteFault as caught:
                fault = caught
        now = {name: data for name, data in files_of(build).items() if not name.startswith(".dativo-stage")}
        if fault:
            assert now == before, step
            assert times_of(build).items() >= times.items()
        else:
            assert visible(now) == visible(after), step
        write(build, NEW, gone=["gone/only"])
        assert visible(files_of(build)) == visible(after)
        if taken[0] < step:
            break
    assert 20 < step < LAST - 1


def test_an_interrupt_in_the_middle_changes_nothing(tmp_path: Path) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    for step in range(1, LAST):
        build = tmp_path / str(step) / "build"
        before, after = prepare(build)
        try:
            with stopped_at(step, interrupt, [0]):
                write(build, NEW, gone=["gone/only"])
        except KeyboardInterrupt:
            now = visible(files_of(build))
            assert now in (visible(before), visible(after)), step
        else:
            break
    assert step < LAST - 1


def test_what_a_killed_compile_left_is_cleared_only_under_the_lock(tmp_path: Path) -> None:
    with Writer(tmp_path) as writer:
        writer.stage(manifest("a"))
        with pytest.raises(WriteFault):
            write(tmp_path, [manifest("b")])
        writer.commit(["a"], [])
    assert sorted(visible(files_of(tmp_path))) == [".provenance/a.json", "a.json", "index.json"]
