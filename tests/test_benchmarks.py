"""What is measured must be what is used: the made-up project compiles without a word, and is the same every time."""

from __future__ import annotations

import contextlib
import io
import sys
from pathlib import Path

import pytest

from benchmarks import floor, run, shares, workload


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_workload_is_a_function_of_its_size_and_seed(tmp_path: Path) -> None:
    for name, seed in (("one", 1), ("same", 1), ("other", 2)):
        workload.make(tmp_path / name, 30, seed)
    assert files(tmp_path / "one") == files(tmp_path / "same")
    assert files(tmp_path / "one") != files(tmp_path / "other")


def test_the_workload_compiles_and_the_floor_reads_as_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dativo_compile.cli.compile import main

    workload.make(tmp_path / "project", 30)
    monkeypatch.chdir(tmp_path / "project")
    monkeypatch.setattr(sys, "argv", ["dativo-compile", "jobs", "-o", "../build", "--strict", "--quiet"])
    told = io.StringIO()
    with contextlib.redirect_stderr(told), pytest.raises(SystemExit) as stop:
        main()
    assert (stop.value.code, told.getvalue()) == (0, "")
    manifests = [path for path in (tmp_path / "build").glob("*/*.json") if path.parent.name != ".provenance"]
    assert floor.compile_all(tmp_path / "project", tmp_path / "floor") == len(manifests) == 30


def test_the_table_tells_the_ratio_of_each_pair() -> None:
    ours = [run.Cost(2.0, 1.0, 60), run.Cost(4.0, 1.0, 62), run.Cost(3.0, 1.0, 61)]
    base = [run.Cost(1.0, 1.0, 20), run.Cost(4.0, 1.0, 20), run.Cost(2.0, 1.0, 20)]
    large = [run.Cost(20.0, 10.0, 80)]
    head, small, big = run.table([run.Series(10, ours, base, ours), run.Series(100, large, large, large)])
    assert head.split()[:3] == ["jobs", "wall", "s"]
    assert "1.50 (1.00-2.00)" in small
    assert "61 (60-62)" in small
    assert big.split()[0] == "100"
    assert run.growth([run.Series(10, ours, base, ours), run.Series(100, large, large, large)]) == pytest.approx(1.0)


def test_the_shares_of_the_passes_are_parts_of_the_whole(tmp_path: Path) -> None:
    from dativo_compile.pipeline import PASSES

    workload.make(tmp_path / "project", 30)
    seconds = shares.of(tmp_path / "project")
    assert list(seconds) == [*(each.__name__ for each in PASSES), shares.REST, "whole"]
    assert sum(seconds.values()) == pytest.approx(2 * seconds["whole"])
    assert all(spent > 0 for spent in seconds.values()), "a pass that takes no time was not timed"
    assert shares.table(seconds)[-1].startswith("of it rules")
