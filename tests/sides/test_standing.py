"""`dativo check`: it agrees with a compile that writes, tells what `dativo diff` tells, and leaves everything alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dativo_compile.build import build
from dativo_compile.checking import check
from dativo_compile.model.project import Request
from dativo_compile.report.diff.json import shape_of
from dativo_compile.review.standing import Standing
from dativo_compile.sides.asked import compared
from dativo_compile.sides.standing import standing
from tests.sides.test_sides import BUILD, JOBS, compile_now, diff_of, edit, project

__all__ = ["project"]  # a fixture
NOW = Request(())
LOCKED = Request((), locked=True)


def found() -> Standing:
    return standing(NOW, BUILD).standing


def codes() -> list[str]:
    return [finding.code.name for finding in found().findings]


def a_manifest(number: int = 0) -> Path:
    return sorted(path for path in BUILD.rglob("*.json") if ".provenance" not in path.parts and path.parent != BUILD)[
        number
    ]


@pytest.mark.parametrize("seed", range(4))
def test_a_compile_brings_the_build_up_to_date_and_only_that_does(project: Path, seed: int) -> None:
    assert found().verdict == "up to date" and found().jobs == JOBS
    edit(project, seed)
    told = found()
    assert told.verdict == "out of date"
    assert told.changes == check(NOW, BUILD).changes
    wanted = shape_of(diff_of(compared(NOW, BUILD, "HEAD", None)))
    assert told.diff is not None
    assert {key: wanted[key] for key in ("jobs", "groups", "summary")} == {
        key: value for key, value in shape_of(told.diff).items() if key in ("jobs", "groups", "summary")
    }, "the build on disk is what is committed, so that both commands compare the same"
    compile_now()
    assert found().verdict == "up to date" and not found().diff
    assert standing(LOCKED, BUILD).standing.verdict == "up to date"


def test_nothing_is_written(project: Path) -> None:
    edit(project, 5)
    a_manifest().write_bytes(b"{}")
    a_manifest(1).unlink()
    before = {path: path.lstat().st_mtime_ns for path in project.rglob("*") if ".git" not in path.parts}
    assert found().verdict == "out of date"
    assert {path: path.lstat().st_mtime_ns for path in project.rglob("*") if ".git" not in path.parts} == before


def test_any_byte_of_a_manifest_that_is_edited_is_seen(project: Path) -> None:
    file = a_manifest()
    data = file.read_bytes()
    for at in range(0, len(data), len(data) // 40):
        file.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        assert codes() == ["manifest-edited"], at
    for edited in (b"", data[:-1], data + b"\n", data.replace(b'"digest"', b'"digests"')):
        file.write_bytes(edited)
        assert codes() == ["manifest-edited"], edited[-40:]
    file.write_bytes(data)
    assert codes() == []


def test_a_manifest_of_another_compile_is_told_from_an_edited_one(project: Path) -> None:
    then = a_manifest().read_bytes()
    index = (BUILD / "index.json").read_bytes()
    job = project / json.loads(index)["jobs"][a_manifest().relative_to(BUILD).with_suffix("").as_posix()]["file"]
    job.write_text(
        job.read_text("utf-8").replace("  level: INFO", "  level: DEBUG").replace("INFO}", "DEBUG}"), "utf-8"
    )
    compile_now()
    assert a_manifest().read_bytes() != then
    a_manifest().write_bytes(then)
    assert codes() == ["manifest-exchanged"]
    (BUILD / "index.json").write_bytes(index)
    assert codes() == [], "manifest and index are of one compile, which is merely old"
    assert found().verdict == "out of date"


def test_what_is_no_manifest_is_nobodys_business(project: Path) -> None:
    """A build folder may hold other files, and a link is not followed."""
    manifest = a_manifest().read_bytes()
    for name, data in {
        "README.md": b"hello", "notes.json": b"{}", "broken.json": b"{", "empty.json": b"", ".hidden.json": manifest,
        ".provenance/gone.json": manifest, "list.json": b"[1]", "binary.json": b"\xff\x00",
    }.items():  # fmt: skip
        (BUILD / name).write_bytes(data)
    (BUILD / "link.json").symlink_to(a_manifest().absolute())
    (BUILD / "folder.json").mkdir()
    (BUILD / "elsewhere").symlink_to(project / "build")
    assert found().verdict == "up to date"
    (BUILD / "folder.json" / "deep.json").write_bytes(manifest.replace(b'"job": {', b'"job": ['))
    assert codes() == ["manifest-stray"], "broken as it is, it says that it is a manifest"


def test_a_stray_is_no_stray_once_its_job_is_there(project: Path) -> None:
    job = next(path for path in sorted(project.glob("jobs/**/*.yaml")))
    text = job.read_text("utf-8")
    table = text.partition("  table: ")[2].partition("\n")[0]
    job.with_name("twin.yaml").write_text(text.replace(table, "twin"), "utf-8")
    assert build(Request((job.with_name("twin.yaml"),)), Path("elsewhere")).good
    made = next(Path("elsewhere").glob("*/twin.json"))
    (BUILD / made.relative_to("elsewhere")).write_bytes(made.read_bytes())
    assert found().verdict == "out of date" and codes() == [], "a compile would list it in the index, and no more"
    job.with_name("twin.yaml").unlink()
    assert codes() == ["manifest-stray"]


def test_the_project_decides_how_much_a_stray_weighs(project: Path) -> None:
    (BUILD / "stray.json").write_bytes(a_manifest().read_bytes())
    settings = project / "dativo.yaml"
    text = settings.read_text("utf-8")
    for severity, verdict in (("error", "errors"), ("warning", "out of date"), ("note", "up to date")):
        settings.write_text(f"{text}severity: {{DC8360: {severity}}}\n", "utf-8")
        assert found().verdict == verdict
        assert [finding.severity for finding in found().findings] == [severity]
