"""Files that may not be read and folders that may not be written; as root, by a child that gives up its rights."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dativo_compile.cli.compile import app
from tests.hostile import JOB, ROLES, STATE, project

NOBODY = 65534
Change = Callable[[Path], object]


def without_rights(folder: Path) -> tuple[int, str]:
    """Exit code and report of a compile by somebody who owns the project but is not root."""
    os.chdir(folder)
    CliRunner().invoke(app, ["-o", "warm"])  # what is imported late may lie where the child cannot read
    CliRunner().invoke(app, ["nothing", "-o", "warm"])
    b"x".decode("utf-8-sig")
    said = folder.parent / "said"
    said.touch()
    if os.geteuid() == 0:
        for path in (folder.parent, *folder.parent.rglob("*")):
            os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
    child = os.fork()
    if not child:
        code = 99
        try:
            if os.geteuid() == 0:
                os.setgid(NOBODY)
                os.setuid(NOBODY)
            ran = CliRunner().invoke(app, [])
            said.write_text(ran.stderr)
            code = ran.exit_code
        finally:
            if code == 99:
                said.write_text(traceback.format_exc())
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), said.read_text()


LOCKED = {
    JOB: "DC1006",
    ROLES["asset"]: "DC1006",
    ROLES["connector"]: "DC1006",
    ROLES["project"]: "DC1006",
    STATE: "DC3008",
    "jobs/acme": "DC1006",
    "terraform/lake/terraform.tfstate.d/acme-dev": "DC300",
    "terraform/lake/terraform.tfstate.d": "DC300",
    "terraform/lake": "DC300",
    "assets": "DC200",
}


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    if os.geteuid() == 0:
        for above in (tmp_path, *tmp_path.parents[:3]):
            if above != Path("/tmp"):
                above.chmod(above.stat().st_mode | 0o055)
    return project(tmp_path / "shop")


@pytest.mark.parametrize("name", LOCKED)
def test_what_may_not_be_read_is_an_error(shop: Path, name: str) -> None:
    os.chmod(shop / name, 0)
    try:
        code, said = without_rights(shop)
    finally:
        os.chmod(shop / name, 0o755)
    assert code == 1, said
    assert f"error[{LOCKED[name]}" in said
    assert not (shop / "build").exists()


@pytest.mark.parametrize("name", ["build", "build/acme", "build/.provenance/acme"])
def test_a_build_that_may_not_be_written_stays_whole(shop: Path, name: str) -> None:
    os.chdir(shop)
    assert CliRunner().invoke(app, []).exit_code == 0
    before = {p: p.read_bytes() for p in (shop / "build").rglob("*") if p.is_file()}
    text = (shop / JOB).read_text()
    (shop / JOB).write_text("# moved\n" + text.replace("DATA-001", "DATA-002"))
    os.chmod(shop / name, 0o555)
    try:
        code, said = without_rights(shop)
    finally:
        os.chmod(shop / name, 0o755)
    assert code == 1, said
    assert "error[DC8007]" in said
    assert {p: p.read_bytes() for p in (shop / "build").rglob("*") if p.is_file()} == before
