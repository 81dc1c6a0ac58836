"""Where a repository lies above a project."""

from __future__ import annotations

from pathlib import Path

import pytest

from dativo_compile.discovery.root import repository_prefix


@pytest.mark.parametrize(("git", "prefix"), [("", "data/etl/"), ("data", "etl/"), ("data/etl", ""), (None, "")])
def test_the_prefix_leads_from_the_nearest_repository(git: str | None, prefix: str, tmp_path: Path) -> None:
    (tmp_path / "data/etl").mkdir(parents=True)
    if git is not None:
        (tmp_path / git / ".git").mkdir()
    assert repository_prefix(tmp_path / "data/etl") == prefix


def test_a_worktree_has_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "etl").mkdir()
    (tmp_path / ".git").write_text("gitdir: elsewhere\n")
    assert repository_prefix(tmp_path / "etl") == "etl/"
