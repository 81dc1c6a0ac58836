"""`dativo watch` as a person uses it: a real process, real edits, and what it says of them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.project import CALL, JOB, ROOT, edit, make

PATIENCE = 60  # seconds, of a machine that has much else to do
COMPILED = "compiled 1 job: "
MODULE = Path("terraform/lake")
STATE = MODULE / "terraform.tfstate.d/acme-dev/terraform.tfstate"


class Watching:
    """A running `dativo watch`; `until` waits for a text that has not been seen yet."""

    def __init__(self, folder: Path, *args: str) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, "-c", CALL.format(root=str(ROOT)), "watch", *args],
            cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, encoding="utf-8",
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )  # fmt: skip
        self.said = ""
        self.more = threading.Condition()
        self.listener = threading.Thread(target=self.listen, daemon=True)
        self.listener.start()

    def listen(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            with self.more:
                self.said += line
                self.more.notify()

    def until(self, text: str) -> str:
        """What was said up to the end of the line with the text; it is not looked at again."""
        with self.more:
            assert self.more.wait_for(lambda: text in self.said, PATIENCE), f"no `{text}` in:\n{self.said}"
            end = self.said.index("\n", self.said.index(text)) + 1
            before, self.said = self.said[:end], self.said[end:]
        return before

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        self.listener.join()
        assert self.process.stderr is not None
        self.process.stderr.close()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make(tmp_path / "shop")


@pytest.fixture
def watching(project: Path) -> Iterator[Watching]:
    started = Watching(project, "jobs", "-o", "build")
    try:
        started.until(COMPILED)
        started.until("watching ")
        yield started
    finally:
        started.end()


def test_an_edit_is_compiled_an_error_survived_and_ctrl_c_is_no_failure(project: Path, watching: Watching) -> None:
    manifest = project / "build/acme/orders.json"
    before = manifest.read_bytes()
    edit(project, "bucket_name:", "bukket_name:")
    said = watching.until("nothing was written")
    assert "changed: jobs/acme/orders.yaml\n" in said
    assert "error[DC4001]: the state has no output named `bukket_name`\n  --> jobs/acme/orders.yaml:22:7\n" in said
    assert manifest.read_bytes() == before
    edit(project, "bukket_name:", "bucket_name:")
    edit(project, "prefix: raw/orders", "prefix: raw/other")
    watching.until("0 new, 1 changed")
    assert b"raw/other" in manifest.read_bytes()
    assert watching.stop() == 0
    assert watching.said == ""


CHANGES = {
    "connectors/iceberg.yaml": ("file_format: parquet", "file_format: orc"),
    "assets/orders.yaml": ("retention_days: 365", "retention_days: 366"),
    str(STATE): ("acme-lake-dev", "acme-lake-new"),
    "dativo.yaml": ("default_catalog: sql", "default_catalog: {type: rest, uri: http://c}"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_of_whatever_a_job_reads_is_seen(name: str, project: Path, watching: Watching) -> None:
    edit(project, *CHANGES[name], Path(name))
    assert f"changed: {name}\n" in watching.until("0 new, 1 changed")


def test_files_come_and_go(project: Path, watching: Watching) -> None:
    (project / "jobs/globex/eu").mkdir(parents=True)
    text = (project / JOB).read_text().replace("tenant_id: acme", "tenant_id: globex")
    (project / "jobs/globex/eu/orders.yaml").write_text(text)
    watching.until("[DC3022]: the state belongs to another tenant")
    watching.until("nothing was written")
    (project / "jobs/globex/eu/orders.yaml").unlink()
    assert "changed: jobs/globex/eu/orders.yaml\n" in watching.until("1 unchanged, 0 removed")
    os.rename(project / "connectors/csv.yaml", project / "connectors/files.yaml")
    watching.until("[DC2001]")
    watching.until("nothing was written")
    os.rename(project / "connectors/files.yaml", project / "connectors/csv.yaml")
    watching.until("1 unchanged, 0 removed")


def test_what_no_job_reads_is_not_compiled_for(project: Path, watching: Watching) -> None:
    """What has changed is named with the edit that comes after it."""
    for name in ("README.md", "build/x.yaml", ".dativo/x.yaml", "jobs/acme/notes.txt", "terraform/lake/README.md"):
        (project / name).parent.mkdir(exist_ok=True)
        (project / name).write_text("x")
    (project / "dativo.lock.json").touch()
    edit(project, "prefix: raw/orders", "prefix: raw/other")
    said = watching.until("0 new, 1 changed")
    assert [line for line in said.splitlines() if line.startswith("changed")] == ["changed: jobs/acme/orders.yaml"]


def test_without_the_package_the_extra_is_named(project: Path) -> None:
    absent = "import sys; sys.modules['watchfiles'] = None\n" + CALL.format(root=str(ROOT))
    ran = subprocess.run(
        [sys.executable, "-c", absent, "watch"], cwd=project, capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == (
        "error: `dativo watch` needs the package `watchfiles`, which is not installed\n"
        "  = help: run `pip install 'dativo-compile[watch]'`\n"
    )


@pytest.mark.parametrize("args", [["--state", "acme-dev=none.json"], ["--project", "none"]])
def test_a_wrong_call_ends_at_once(args: list[str], project: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", CALL.format(root=str(ROOT)), "watch", *args],
        cwd=project, capture_output=True, text=True, check=False, timeout=PATIENCE,
    )  # fmt: skip
    assert ran.returncode == 2
    assert ran.stderr.startswith("error: ")
