"""What a shell can complete beyond commands and options: kinds of files, codes, ids of jobs.

A shell asks at every key: whatever is wrong with a project, the answer is what is known, and never a message.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

Suggestions = Iterator[tuple[str, str]]  # each with a word of help


def kinds(incomplete: str) -> Suggestions:
    from dativo_compile.validation.load import FILES, schema_of

    for kind in FILES:
        if kind.startswith(incomplete):
            yield kind, schema_of(kind)["title"]


def codes(incomplete: str) -> Suggestions:
    from dativo_compile.registry import ALL_CODES

    small = incomplete.upper() if incomplete[:2].upper() == "DC" else incomplete
    for code in ALL_CODES:
        if small and code.name.startswith(small):
            yield code.name, code.id
        elif code.id.startswith(small):
            yield code.id, code.name


def jobs(incomplete: str) -> Suggestions:
    """Ids of the jobs of the project around the current folder."""
    from dativo_compile.discovery.files import Files
    from dativo_compile.discovery.root import find_root
    from dativo_compile.discovery.walk import walk
    from dativo_compile.passes.discover import read_project

    root = find_root(Path(), Path.cwd())
    project = read_project(root, Files(root), [])
    folder = project.jobs_folder if project is not None else "jobs"
    if not (root / folder).is_dir():
        return
    for name in walk(str(root).rstrip("/") + "/", folder):
        if isinstance(name, str):
            id = name.removeprefix("" if folder == "." else f"{folder}/").rpartition(".")[0]
            if id.startswith(incomplete):
                yield id, name
