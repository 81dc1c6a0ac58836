"""`dativo fmt` on whole projects: manifests stay as they are, byte for byte, and files are replaced with care."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

import pytest
import yaml

from dativo_compile.fmt import format_files
from dativo_compile.model.project import Request
from dativo_compile.writing.sources import replace_source
from dativo_compile.writing.starter import starter_files
from tests.test_docs import PROJECT
from tools import golden

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = sorted(path.parent for path in ROOT.glob("fixtures/*/dativo.yaml"))
GOOD = [
    name
    for name in golden.names()
    if golden.load(name).program == "dativo-compile" and golden.expected(name)["exit"] == b"0\n"
]


@pytest.mark.parametrize("name", GOOD)
def test_a_formatted_project_compiles_to_the_same_bytes(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every good case again, with its files formatted first."""
    case = tmp_path / "cases" / name
    shutil.copytree(golden.CASES / name, case, symlinks=True)
    file = case / "case.yaml"
    said = yaml.safe_load(file.read_text("utf-8")) if file.exists() else {}
    file.write_text(yaml.safe_dump(said | {"before": [{"dativo": ["fmt"]}, *said.get("before", ())]}), "utf-8")
    monkeypatch.setattr(golden, "CASES", tmp_path / "cases")
    assert manifests(golden.outcome(name, tmp_path / "work")) == manifests(golden.expected(name))


@pytest.mark.parametrize("project", FIXTURES, ids=lambda path: path.name)
def test_a_fixture_stays_up_to_date(project: Path, tmp_path: Path) -> None:
    from dativo_compile.checking import check

    copy = Path(shutil.copytree(project, tmp_path / project.name))
    assert format_files(Request((), copy), write=True).good
    again = format_files(Request((), copy), write=True)
    assert again.changed == ()
    assert len(again.files) >= 4
    checked = check(Request((), copy), copy / "build", strict=True)
    assert checked.good
    assert not checked.changes


def test_what_we_show_people_is_formatted(tmp_path: Path) -> None:
    """The project of the guide, and the one that `dativo init` writes."""
    files = starter_files() | {f"guide/{name}": text.encode() for name, text in PROJECT.items()}
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    for folder in (tmp_path, tmp_path / "guide"):
        result = format_files(Request((), folder), write=False)
        assert (result.changed, result.diagnostics) == ((), ())
        assert len(result.files) > 4


def manifests(tree: golden.Tree) -> golden.Tree:
    """What a compile made, without the places of values, which move."""
    return {key: data for key, data in tree.items() if key.startswith("build/") and "/.provenance/" not in key}


@pytest.fixture
def job(tmp_path: Path) -> Path:
    path = tmp_path / "jobs" / "orders.yaml"
    path.parent.mkdir()
    path.write_text("asset_path: a.yaml\ntenant_id: acme\n")
    return path


def formatted(job: Path) -> None:
    assert format_files(Request((job,), job.parents[1]), write=True).good


def test_the_mode_of_a_file_is_kept(job: Path) -> None:
    job.chmod(0o640)
    formatted(job)
    assert stat.S_IMODE(job.stat().st_mode) == 0o640
    assert job.read_text() == "tenant_id: acme\nasset_path: a.yaml\n"


def test_nothing_is_left_beside_a_file(job: Path) -> None:
    formatted(job)
    assert [path.name for path in job.parent.iterdir()] == ["orders.yaml"]


def test_a_file_in_order_is_not_touched(job: Path) -> None:
    formatted(job)
    before = job.stat()
    formatted(job)
    assert (job.stat().st_ino, job.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_file_that_an_editor_has_just_saved_is_left_to_it(job: Path) -> None:
    fault = replace_source(str(job.parent), job.name, b"what was read", b"new")
    assert fault is not None
    assert fault.message == "`orders.yaml` was not written: it has changed since it was read"
    assert job.read_text() == "asset_path: a.yaml\ntenant_id: acme\n"


def test_a_full_disk_leaves_the_old_file(job: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(28, os.strerror(28))

    before = job.read_bytes()
    monkeypatch.setattr(os, "fsync", full)
    fault = replace_source(str(job.parent), job.name, before, b"new")
    assert fault is not None
    assert fault.help == "make space"
    assert job.read_bytes() == before
    assert [path.name for path in job.parent.iterdir()] == ["orders.yaml"]


def test_files_of_other_programs_and_hidden_ones_are_passed_over(job: Path) -> None:
    root = job.parents[1]
    (root / ".venv").mkdir()
    for name in (".venv/x.yaml", "chart.yaml"):
        (root / name).write_text("z: 1\nname: {{ .Values.x }}\n")
    (root / "ci.yml").write_text("on: push\nname: ci\n")
    result = format_files(Request((root,), root), write=False)
    assert [file.name for file in result.files] == ["jobs/orders.yaml"]
    assert result.diagnostics == ()
