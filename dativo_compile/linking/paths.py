"""Paths that jobs write, brought to project-relative names; nothing outside the project root is reachable."""

from __future__ import annotations

import os
import posixpath
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from dativo_compile.diagnostics.near import nearest
from dativo_compile.model.project import Project

URL = re.compile(r"[A-Za-z][A-Za-z0-9+.:-]*://|git::|git@")


@dataclass(frozen=True, slots=True)
class ResolvedPath:
    """`name` is project-relative with POSIX separators; `.` is the root itself."""

    name: str


@dataclass(frozen=True, slots=True)
class PathFault:
    """Why a path leads nowhere.

    `tried` are the project-relative names that were looked for, in order, if the path is merely missing;
    otherwise `reason` completes the sentence "the path `X` ...".
    """

    reason: str
    tried: tuple[str, ...] = ()
    help: str = ""

    @property
    def missing(self) -> bool:
        return bool(self.tried)


def resolve(project: Project, job_file: str | None, text: str, *, folder: bool = False) -> ResolvedPath | PathFault:
    """Tries the project root, then the folder of `job_file` (project-relative; absent for `dativo.yaml`).

    A path that `path_map` rewrote is tried below the root only.
    """
    names = candidates(project, job_file, text)
    if isinstance(names, PathFault):
        return names
    for name in names:
        full = project.root / name
        if not os.path.exists(full):  # `Path.exists` raises for a name that is too long
            continue
        if os.path.isdir(full) != folder:
            return PathFault("is a file, not a folder" if folder else "is a folder, not a file")
        if not inside(project.root, full):
            return PathFault("is a symbolic link that leaves the project")
        return ResolvedPath(name)
    return PathFault("does not exist", names)


def candidates(project: Project, job_file: str | None, text: str) -> tuple[str, ...] | PathFault:
    """The project-relative names that a path may mean, the likelier first; touches no file."""
    if URL.match(text):
        return PathFault("is a URL", help="give the path of a file in this project")
    if "\\" in text:
        return PathFault("has a backslash", help="separate folders with `/`")
    mapped = map_prefix(project.path_map, text)
    if mapped.startswith("/"):
        return PathFault("is absolute", help=_map_help(text))
    bases = [""] if mapped != text or job_file is None else ["", posixpath.dirname(job_file)]
    names = [posixpath.normpath(posixpath.join(base, mapped)) for base in bases]
    inner = tuple(dict.fromkeys(name for name in names if name != ".." and not name.startswith("../")))
    return inner or PathFault("leaves the project", help="move it into the project")


def near_path(project: Project, tried: tuple[str, ...], text: str, *, folder: bool = False) -> str:
    """The text with one part as a file or folder there is called, if it then leads somewhere; else empty text."""
    written = text.split("/")
    for name in tried:
        parts = name.split("/")
        at = next((n for n in range(len(parts)) if not os.path.exists(project.root.joinpath(*parts[: n + 1]))), 0)
        back = at - len(parts)
        there = project.root.joinpath(*parts[:at])
        near = _near_name(parts[at], names_in(there))
        full = project.root.joinpath(*parts[:at], near, *parts[at + 1 :])
        usable = (os.path.isdir(full) if folder else os.path.isfile(full)) and inside(project.root, full)
        if near and usable and -back <= len(written) and written[back] == parts[at]:
            return "/".join([*written[:back], near, *parts[at + 1 :]])
    return ""


def names_in(folder: Path) -> list[str]:
    """What is no folder, or may not be listed, has no names to offer."""
    try:
        return os.listdir(folder)
    except OSError:
        return []


def _near_name(name: str, names: list[str]) -> str:
    """Extensions are left aside: all names would be alike by theirs."""
    by_stem = {posixpath.splitext(other)[0]: other for other in sorted(names)}
    return by_stem.get(nearest(posixpath.splitext(name)[0], by_stem), "")


def map_prefix(path_map: dict[str, str], text: str) -> str:
    """The longest prefix of `path_map` replaced; a prefix ends where a folder's name ends."""
    for prefix in sorted(path_map, key=len, reverse=True):
        folder = prefix.rstrip("/")
        if text == folder or text.startswith(folder + "/"):
            return posixpath.join(path_map[prefix], text[len(folder) :].lstrip("/"))
    return text


def inside(root: Path, path: Path) -> bool:
    """Whether a path, with symbolic links followed, stays below the root; false for a loop of links."""
    try:
        real = os.path.realpath(path, strict=True)
    except OSError:
        return False
    top = _real(root)
    return real == top or real.startswith(top.rstrip(os.sep) + os.sep)


@lru_cache(maxsize=16)
def _real(root: Path) -> str:
    return os.path.realpath(root)


def _map_help(text: str) -> str:
    top = "/" + text.lstrip("/").split("/", 1)[0]
    return f"write it relative to the project root, or add `path_map: {{{top}: .}}` to `dativo.yaml`"
