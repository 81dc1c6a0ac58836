"""Where a project begins, and where a path lies in it."""

from __future__ import annotations

import os
from pathlib import Path

PROJECT_FILE = "dativo.yaml"
MARKERS = (PROJECT_FILE, ".git")


def find_root(first: Path, working: Path) -> Path:
    """The nearest folder upwards with a marker; else the working folder if it holds `first`; else the parent."""
    start = first if first.is_absolute() else working / first
    start = Path(os.path.normpath(start))
    folder = start if os.path.isdir(start) else start.parent  # `Path.is_dir` raises for a name that is too long
    for candidate in (folder, *folder.parents):
        if any(os.path.lexists(candidate / marker) for marker in MARKERS):
            return candidate
    if start == working or working in start.parents:
        return working
    return start.parent


def relative_name(path: Path, root: Path, working: Path) -> str | None:
    """The project-relative POSIX name of a path; absent if it lies outside the root."""
    full = Path(os.path.normpath(path if path.is_absolute() else working / path))
    for base in (root, Path(os.path.realpath(root))):
        if full == base:
            return "."
        if base in full.parents:
            return full.relative_to(base).as_posix()
    return None


def repository_prefix(root: Path) -> str:
    """The way from the repository that holds a project down to it, such as `etl/`; empty where there is none."""
    for folder in (root, *root.parents):
        if os.path.lexists(folder / ".git"):
            return "" if folder == root else root.relative_to(folder).as_posix() + "/"
    return ""
