"""What a commit would lack: files of the build that git's index does not have as they are on disk."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dativo_compile.build import BuildResult, build
from dativo_compile.lock.text import LOCK
from dativo_compile.model.project import Request
from dativo_compile.model.usage import UsageError
from dativo_compile.revisions.program import GitFault, git
from dativo_compile.revisions.repository import Repository

INDEX = "GIT_INDEX_FILE"  # `git commit -a` and `git commit FILE` have another one than the repository's
LISTED = ("ls-files", "-z", "--others", "--modified", "--deleted", "--exclude-standard")
HERE = "a hook runs in a git repository; elsewhere `dativo check` compares the build folder"

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Staged:
    """`missing` are the names, from the working folder, of what is to be added; none if the result is not good."""

    result: BuildResult
    missing: tuple[str, ...]


def compile_staged(request: Request, output: Path, *, strict: bool = False, progress: Progress | None = None) -> Staged:
    """Compile, write, and compare with git's index. Raises `UsageError` before anything is written."""
    top = _top()
    _missing(top, (output,))  # a folder of another repository
    result = build(request, output, strict=strict, progress=progress)
    project = result.compilation.project if result.compilation else None
    if not result.good or project is None:
        return Staged(result, ())
    return Staged(result, _missing(top, (output, project.root / LOCK)))


def _top() -> Path:
    try:
        with Repository(Path()) as repository:
            return repository.top
    except UsageError as error:
        raise UsageError(error.message, HERE) from None


def _missing(top: Path, paths: tuple[Path, ...]) -> tuple[str, ...]:
    """New, changed and removed files; no ignored ones, as provenance is not committed."""
    index = os.environ.get(INDEX)
    wanted = [f":(literal){os.path.realpath(path)}" for path in paths]
    try:
        answer = git(top, *LISTED, "--", *wanted, index=os.path.abspath(index) if index else None)
    except GitFault as fault:
        raise UsageError(f"git cannot compare with its index: {fault.said}", HERE) from None
    names = set(answer.decode("utf-8", "surrogateescape").split("\0")[:-1])
    return tuple(sorted(os.path.relpath(top / name) for name in names))
