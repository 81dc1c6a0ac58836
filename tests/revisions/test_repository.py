"""Revisions read from a real git's objects, wherever it is called and whatever its own environment says."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dativo_compile.model.usage import UsageError
from dativo_compile.revisions.repository import Repository
from tools.history import commit, git

ODD = ["plain.txt", "sub folder/ü 物.txt", "[a]*?.txt", "q'\"uote.txt", "new\nline.txt", "-dash"]


@pytest.fixture
def work(tmp_path: Path) -> Path:
    folder = tmp_path / "work"
    for name in ODD:
        (folder / "below" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "below" / name).write_text(f"this is {name}", "utf-8")
    (folder / "below-not").write_text("beside")
    (folder / "below" / "link").symlink_to("plain.txt")
    commit(folder, "one")
    return folder


def test_the_files_of_a_revision_are_those_that_were_committed(work: Path) -> None:
    (work / "below" / "plain.txt").write_text("edited")
    (work / "below" / "later.txt").write_text("not committed")
    with Repository(work) as repository:
        files = repository.files(repository.revision("main"), "below")
        read = {name: repository.read(entry.blob) for name, entry in files.items() if entry.regular}
        assert set(repository.files(repository.revision("HEAD"), "")) == {"below-not", *(f"below/{n}" for n in files)}
    assert read == {name: f"this is {name}".encode() for name in ODD}
    assert not files["link"].regular


@pytest.mark.parametrize("size", [0, 1, 9, 10, 11, 3_000_000])
def test_what_is_too_large_is_left_and_the_next_one_read(work: Path, size: int) -> None:
    (work / "large").write_bytes(b"x" * size)
    commit(work, "two")
    with Repository(work) as repository:
        files = repository.files(repository.revision("HEAD"), "")
        assert repository.read(files["large"].blob, 10) == (b"x" * size if size <= 10 else None)
        assert repository.read(files["below-not"].blob, 10) == b"beside"


def test_a_folder_of_which_a_revision_has_nothing_is_empty(work: Path) -> None:
    with Repository(work) as repository:
        assert repository.files(repository.revision("HEAD"), "nowhere") == {}


def test_names_of_revisions(work: Path) -> None:
    one = git(work, "rev-parse", "HEAD").strip()
    git(work, "tag", "--annotate", "--message", "a tag", "v1")
    commit(work, "two")
    with Repository(work) as repository:
        for name in ("v1", "HEAD~1", "main~", one, one[:10], f"{one}^0", "HEAD@{1}"):
            assert repository.revision(name).commit == one
        assert str(repository.revision("HEAD~1")) == f"HEAD~1 ({one[:7]})"
        assert str(repository.revision(one)) == one[:7]
        for name in ("", "nothing", "--all", "-h", "HEAD:below-not", "HEAD^{tree}", "a b", "main\0", "main..v1", "~"):
            assert repository.find(name) is None


def test_where_two_branches_parted(work: Path) -> None:
    with Repository(work) as repository:
        root = repository.revision("HEAD")
    git(work, "checkout", "-q", "-b", "side")
    commit(work, "side")
    git(work, "checkout", "-q", "main")
    commit(work, "main")
    git(work, "checkout", "-q", "--orphan", "other")
    commit(work, "other")
    with Repository(work) as repository:
        main, side, other = (repository.revision(name) for name in ("main", "side", "other"))
        assert repository.fork(main, side).commit == root.commit
        with pytest.raises(UsageError, match="no commit that `main` and `other` share"):
            repository.fork(main, other)


def test_a_revision_that_a_shallow_clone_lacks_says_so(work: Path, tmp_path: Path) -> None:
    commit(work, "two")
    git(tmp_path, "clone", "--quiet", "--depth=1", work.as_uri(), "shallow")
    with Repository(tmp_path / "shallow") as repository, pytest.raises(UsageError, match="HEAD~1") as told:
        repository.revision("HEAD~1")
    assert "shallow" in (told.value.help or "")


def test_a_hook_of_another_repository_changes_nothing(
    work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git tells its hooks which repository they run in; we mean the one of the project."""
    other = tmp_path / "other"
    other.mkdir()
    commit(other, "other")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other))
    monkeypatch.setenv("GIT_INDEX_FILE", "nowhere")
    with Repository(work / "below") as repository:
        assert repository.top == work.resolve()
        assert "below-not" in repository.files(repository.revision("HEAD"), "")


def test_a_linked_worktree_is_a_repository_too(work: Path, tmp_path: Path) -> None:
    git(work, "worktree", "add", "-q", str(tmp_path / "linked"), "-b", "linked")
    with Repository(tmp_path / "linked" / "below") as repository:
        assert repository.top == (tmp_path / "linked").resolve()
        assert repository.revision("main").commit == repository.revision("linked").commit


def test_names_of_sha_256(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "--object-format=sha256", "--initial-branch=main", "--template=")
    (tmp_path / "a").write_text("text")
    commit(tmp_path, "one")
    with Repository(tmp_path) as repository:
        assert not repository.sha1
        assert repository.read(repository.files(repository.revision("main"), "")["a"].blob) == b"text"


def test_an_object_that_is_gone_is_a_fault_of_the_repository(work: Path) -> None:
    with Repository(work) as repository, pytest.raises(UsageError, match="git cannot read the object"):
        repository.read("0" * 40)


def test_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(UsageError, match="no git repository"):
        Repository(tmp_path)
    with pytest.raises(UsageError, match="git cannot read the repository"):
        Repository(tmp_path / "nowhere")


def test_no_git(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.devnull)
    with pytest.raises(UsageError, match="no program `git`"):
        Repository(work)


def test_links_are_told_with_where_they_lead(work: Path) -> None:
    (work / "link").symlink_to("below/a")
    commit(work, "a link")
    with Repository(work) as repository:
        entry = repository.files(repository.revision("HEAD"), "")["link"]
        assert (entry.regular, entry.link, repository.read(entry.blob)) == (False, True, b"below/a")


def test_what_git_ignores(work: Path) -> None:
    (work / ".gitignore").write_text("*.tfstate\n/below/own/\n")
    for name in ("a.tfstate", "below/b.tfstate", "below/own/c", "below/own/d/e", "below/new"):
        (work / name).parent.mkdir(parents=True, exist_ok=True)
        (work / name).write_text("x")
    with Repository(work) as repository:
        assert repository.ignored("") == {"a.tfstate", "below/b.tfstate", "below/own/"}
        assert repository.ignored("below") == {"b.tfstate", "own/"}
