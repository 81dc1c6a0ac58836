"""What a compile does to the lock: fresh for its own jobs, as it was for the others, together with the manifests."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from dativo_compile.lock.text import LOCK
from dativo_compile.model.usage import UsageError
from dativo_compile.writing.locked import STAGE
from tests.lock.projects import JOB, STATE, codes, compiled, copy_job, drop_line, edit_state, locked_outputs, make, tree

KEY = "terraform/lake:acme-prod"
ROOT = Path(__file__).resolve().parents[2]
ALL = ["bucket", "environment", "login", "table_count", "tenant_id"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make(tmp_path / "project")


def test_mapped_and_guarded_outputs_are_recorded_and_no_other(root: Path) -> None:
    assert compiled(root).good
    assert locked_outputs(root) == {KEY: ALL}
    assert b"not-a-secret" not in (root / LOCK).read_bytes()


def test_a_mapping_that_goes_takes_its_output_along(root: Path) -> None:
    assert compiled(root).good
    drop_line(root, "table_count")
    assert compiled(root).good
    assert locked_outputs(root) == {KEY: [name for name in ALL if name != "table_count"]}


def test_the_last_job_that_goes_takes_the_lock_along(root: Path) -> None:
    assert compiled(root).good
    for line in ("outputs:", "bucket:", "table_count:", "login.password:"):
        drop_line(root, line)
    assert compiled(root).good
    assert not (root / LOCK).exists()


def test_nothing_changes_where_nothing_moved(root: Path) -> None:
    assert compiled(root).good
    before = (root / LOCK).stat()
    assert compiled(root).good
    after = (root / LOCK).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


@pytest.mark.parametrize("broken", ["bucket: target.connection.s3.bucket", "tenant_id: acme"])
def test_with_an_error_the_lock_stays(root: Path, broken: str) -> None:
    assert compiled(root).good
    before = (root / LOCK).read_bytes()
    edit_state(root, table_count=2, serial=9)
    text = (
        (root / JOB).read_text("utf-8").replace(broken, {"b": "bukket: target.x", "t": "tenant_id: other"}[broken[0]])
    )
    (root / JOB).write_text(text, "utf-8")
    assert not compiled(root).good
    assert (root / LOCK).read_bytes() == before


def test_a_state_of_somebody_else_reaches_no_lock(root: Path) -> None:
    edit_state(root, tenant_id="globex")
    assert codes(compiled(root)) == ["wrong-state"]
    assert not (root / LOCK).exists()


def test_a_compile_of_some_jobs_keeps_what_others_need(root: Path) -> None:
    copy_job(root, "other/one")
    drop_line(root, "table_count")
    assert compiled(root).good
    assert compiled(root, JOB).good
    assert locked_outputs(root) == {KEY: ALL}


def test_a_compile_of_some_jobs_drops_what_only_they_needed(root: Path) -> None:
    copy_job(root, "other/one", without="table_count")
    assert compiled(root).good
    drop_line(root, "table_count")
    assert compiled(root, JOB).good
    assert locked_outputs(root) == {KEY: [name for name in ALL if name != "table_count"]}


def test_a_job_that_is_gone_below_the_paths_leaves_the_lock(root: Path) -> None:
    copy_job(root, "other/one", without="table_count")
    copy_job(root, "other/two")
    drop_line(root, "table_count")
    assert compiled(root).good
    (root / "jobs/other/two.yaml").unlink()
    assert compiled(root, JOB).good
    assert locked_outputs(root) == {KEY: ALL}, "it is gone, but not below the paths of this compile"
    assert compiled(root, "jobs/other").good
    assert locked_outputs(root) == {KEY: [name for name in ALL if name != "table_count"]}


def test_jobs_that_no_index_knows_lose_nothing(root: Path) -> None:
    """The build folder of a fresh clone is empty: what the other jobs need is only in the lock."""
    copy_job(root, "other/one")
    assert compiled(root).good
    drop_line(root, "table_count")
    assert compiled(root, JOB, output="fresh").good
    assert locked_outputs(root) == {KEY: ALL}


def test_keep_going_keeps_what_the_broken_job_needs(root: Path) -> None:
    copy_job(root, "broken")
    drop_line(root, "table_count")
    assert compiled(root).good
    text = (root / "jobs/broken.yaml").read_text("utf-8")
    (root / "jobs/broken.yaml").write_text(text.replace("  bucket:", "  bukket:"), "utf-8")
    done = compiled(root, keep_going=True)
    assert codes(done) == ["output-unknown"] or "output-unknown" in codes(done)
    assert locked_outputs(root) == {KEY: ALL}


def test_locked_after_a_compile_gives_the_same_bytes_without_states(root: Path) -> None:
    copy_job(root, "other/one")
    assert compiled(root).good
    wanted = tree(root)
    (root / STATE).unlink()
    assert not compiled(root, output="plain").good
    assert compiled(root, locked=True).written.unchanged == 2  # type: ignore[union-attr]  # it is good
    assert tree(root) == wanted


def test_refresh_reads_one_workspace_and_no_other(root: Path) -> None:
    copy_job(root, "staging")
    text = (root / "jobs/staging.yaml").read_text("utf-8").replace("acme-prod", "acme-staging")
    text = text.replace("environment: prod", "environment: staging")  # one secret has one name
    (root / "jobs/staging.yaml").write_text(text, "utf-8")
    other = root / STATE.replace("acme-prod", "acme-staging")
    other.parent.mkdir()
    other.write_bytes((root / STATE).read_bytes().replace(b'"prod"', b'"staging"'))
    assert compiled(root).good
    other.unlink()
    edit_state(root, bucket="moved", serial=9)
    assert compiled(root, locked=True, refresh=("acme-prod",)).good
    states = json.loads((root / LOCK).read_text("utf-8"))["states"]
    assert states[KEY]["outputs"]["bucket"]["value"] == "moved"
    assert states["terraform/lake:acme-staging"]["outputs"]["bucket"]["value"] == "acme-lake"


def test_calls_that_mean_nothing(root: Path) -> None:
    assert compiled(root).good
    for asked in ({"refresh": ("a",)}, {"locked": True, "states": (STATE,)}, {"locked": True, "refresh": ("a",)}):
        with pytest.raises(UsageError):
            compiled(root, **asked)


def test_a_backend_of_the_jobs_own_is_in_the_key_without_its_secrets(root: Path) -> None:
    text = (root / JOB).read_text("utf-8")
    own = "    backend: {type: local, path: other.tfstate, password: hunter2, token: t0ken}\n    workspace: default\n"
    (root / JOB).write_text(text.replace("    workspace: acme-prod\n", own), "utf-8")
    (root / "terraform/lake/other.tfstate").write_bytes((root / STATE).read_bytes())
    assert codes(compiled(root)) == []
    assert list(locked_outputs(root)) == ["terraform/lake local path=other.tfstate:default"]
    assert b"hunter2" not in (root / LOCK).read_bytes()
    assert b"t0ken" not in (root / LOCK).read_bytes()


def test_what_fails_after_the_lock_puts_it_back(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert compiled(root).good
    before = (root / LOCK).read_bytes(), tree(root)
    edit_state(root, bucket="moved", serial=9)
    replace, seen = os.replace, []

    def refusing(source: str, target: str) -> None:
        seen.append(str(target))
        if str(target).endswith("build/orders.json") and len(seen) < 8:
            raise OSError(5, "input/output error")
        replace(source, target)

    monkeypatch.setattr(os, "replace", refusing)
    assert codes(compiled(root)) == ["build-write-failed"]
    assert seen[0].endswith(LOCK), "the lock goes first"
    assert ((root / LOCK).read_bytes(), tree(root)) == before
    assert not (root / STAGE).exists()


KILLED = """
import os, sys
sys.path.insert(0, {source!r})
step, left = {step!r}, {left}
real = getattr(os, step)
def dying(*a, **k):
    global left
    if left == 0:
        os._exit(9)
    left -= 1
    return real(*a, **k)
setattr(os, step, dying)
from dativo_compile.cli.compile import main
sys.argv = ["x", "jobs", "-o", "build"]
main()
"""


@pytest.mark.parametrize("step", ["replace", "rename", "mkdir", "fsync", "link"])
@pytest.mark.parametrize("left", [0, 1, 2, 3])
def test_after_a_kill_a_locked_compile_only_goes_forward(root: Path, step: str, left: int) -> None:
    assert compiled(root).good
    old = (root / LOCK).read_bytes(), (root / "build/orders.json").read_bytes()
    edit_state(root, bucket="moved", serial=9)
    call = [sys.executable, "-c", KILLED.format(source=str(ROOT), step=step, left=left)]
    subprocess.run(call, cwd=root, capture_output=True, check=False, timeout=60)
    lock, manifest = (root / LOCK).read_bytes(), (root / "build/orders.json").read_bytes()
    assert lock == old[0] or b'"moved"' in lock
    assert manifest == old[1] or (b'"moved"' in manifest and lock != old[0]), "no manifest is ahead of the lock"
    assert compiled(root, locked=True).good
    assert (b'"moved"' in (root / "build/orders.json").read_bytes()) == (lock != old[0])
    assert compiled(root).good
    assert b'"moved"' in (root / LOCK).read_bytes()
    assert not (root / STAGE).exists()


def test_two_compiles_into_two_folders_lose_nothing_of_each_other(root: Path) -> None:
    copy_job(root, "other/one")
    drop_line(root, "table_count")
    starts = threading.Barrier(2)

    def work(path: str, output: str) -> None:
        starts.wait()
        subprocess.run(
            [sys.executable, "-c", "from dativo_compile.cli.compile import main; main()", path, "-o", output],
            cwd=root, check=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, timeout=60,
        )  # fmt: skip

    both = [threading.Thread(target=work, args=args) for args in ((JOB, "a"), ("jobs/other", "b"))]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert locked_outputs(root) == {KEY: ALL}
