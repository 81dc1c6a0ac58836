"""A git history for golden cases and fixtures: the same files give the same commits, anywhere and at any time."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

WHEN = "2025-01-26T09:00:00+00:00"
WHO = {"NAME": "Ada", "EMAIL": "ada@acme.example"}
ROLES = ("AUTHOR", "COMMITTER")
ENVIRONMENT = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    **{f"GIT_{role}_{name}": value for role in ROLES for name, value in WHO.items()},
}
FORGOTTEN = ":(exclude,glob)**/.provenance/**"  # as a project's .gitignore has it


def git(folder: Path, *args: str, when: str = WHEN) -> str:
    """Raises `CalledProcessError` with what git said."""
    path = {"PATH": os.environ.get("PATH", os.defpath)} | {f"GIT_{role}_DATE": when for role in ROLES}
    words = ["git", "-C", str(folder), "-c", "core.autocrlf=false", "-c", "gc.auto=0", *args]
    ran = subprocess.run(words, env=ENVIRONMENT | path, capture_output=True, text=True, check=True, encoding="utf-8")
    return ran.stdout


def commit(folder: Path, message: str, *, ignored: bool = False, when: str = WHEN) -> None:
    """Everything below the folder; a repository is made if there is none, with a branch `main`."""
    if not (folder / ".git").exists():
        git(folder, "init", "--quiet", "--initial-branch=main", "--template=")
    git(folder, "add", "--all", "--", ".", *([] if ignored else [FORGOTTEN]))
    git(folder, "commit", "--quiet", "--allow-empty", "--message", message, when=when)
