"""Repositories to try hooks in: this one as it would be published, and a user's with a project in it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools.history import commit, git

ROOT = Path(__file__).resolve().parents[2]
PROJECT = ROOT / "fixtures" / "quickstart"
IGNORED = ".provenance/\n"
ABSENT = ("tests/", "fixtures/", "benchmarks/")  # nobody's environment is built of these
USER = "[user]\nname = Ada\nemail = ada@acme.example\n[init]\ndefaultBranch = main\n[core]\nautocrlf = false\n"


def published(folder: Path) -> Path:
    """A repository with the files of this one as they are now; made once for all who ask at the same time."""
    if folder.exists():
        return folder
    making = folder.with_name(f"{folder.name}-{os.getpid()}")
    making.mkdir(parents=True)
    for name in tracked():
        target = making / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, target, follow_symlinks=False)
    commit(making, "As it is now", ignored=True)
    try:
        making.rename(folder)
    except OSError:  # another process was faster
        shutil.rmtree(making)
    return folder


def tracked() -> list[str]:
    words = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(words, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    return [name for name in listed if name and os.path.lexists(ROOT / name) and not name.startswith(ABSENT)]


def user(folder: Path, project: str = ".") -> Path:
    """A repository whose one commit has the project, with its build."""
    shutil.copytree(PROJECT, folder / project, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".provenance"))
    (folder / ".gitignore").write_text(IGNORED, "utf-8")
    commit(folder, "Start")
    return folder


def environment(home: Path) -> dict[str, str]:
    """As a user's shell has it: the index that the machine is configured for, and nobody's git configuration."""
    home.mkdir(parents=True, exist_ok=True)
    (home / ".gitconfig").write_text(USER, "utf-8")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "PRE_COMMIT", "PYTHON"))}
    path = os.pathsep.join([str(Path(sys.executable).parent), kept.get("PATH", os.defpath)])
    return kept | {"HOME": str(home), "PATH": path, "GIT_CONFIG_NOSYSTEM": "1", "NO_COLOR": "1"}


def run(folder: Path, words: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        words, cwd=folder, env=environment, capture_output=True, text=True, check=False, encoding="utf-8"
    )


def revision(folder: Path) -> str:
    return git(folder, "rev-parse", "HEAD").strip()
