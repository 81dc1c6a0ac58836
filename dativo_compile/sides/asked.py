"""Which two sides a person means, and what differs between them: `dativo diff [BASE] [NEW]`."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from dativo_compile.diagnostics.diagnostic import Diagnostic, good
from dativo_compile.model.project import Request
from dativo_compile.model.usage import UsageError
from dativo_compile.passes.discover import root_of
from dativo_compile.pipeline import Compilation
from dativo_compile.review.diff.compare import changes
from dativo_compile.review.diff.model import Diff, Manifests
from dativo_compile.revisions.repository import Repository
from dativo_compile.sides.compiled import compiled
from dativo_compile.sides.explained import explained
from dativo_compile.sides.folder import folder
from dativo_compile.sides.revision import Committed, committed, revision_side
from dativo_compile.writing.faults import WriteFault
from dativo_compile.writing.index import INDEX

Progress = Callable[[int, int], None]
HEAD = "HEAD"


@dataclass(frozen=True, slots=True)
class Compared:
    """`diff` is absent if the sources have errors, or a build folder cannot be read.

    `diagnostics` say why, and what a compile warns of. `compilation` is absent if no sources were compiled.
    """

    diff: Diff | None
    compilation: Compilation | None = None
    diagnostics: tuple[Diagnostic, ...] = ()


def compared(
    request: Request, build: Path, base: str | None, new: str | None, progress: Progress | None = None
) -> Compared:
    """Without `base` the build committed at HEAD is meant, or where there is none the build folder; without `new` the
    sources as they are now. `A...B` stands for both, from where they parted. Raises `UsageError`.
    """
    with ExitStack() as stack:
        try:
            return _compared(_Asked(root_of(request, Path.cwd()), build, stack), request, base, new, progress)
        except WriteFault as fault:
            return Compared(None, diagnostics=(fault.diagnostic,))


def _compared(
    asked: _Asked, request: Request, base: str | None, new: str | None, progress: Progress | None
) -> Compared:
    first, second, parted = _parts(base, new)
    then = asked.side(first, (second or HEAD) if parted else None) if first else asked.usual()
    if second:
        return Compared(_told(then, asked.side(second)))
    made = compiled(request, then.manifests.sums, progress=progress)
    found = made.compilation.diagnostics
    if not good(found, strict=False) or made.compilation.project is None:
        return Compared(None, made.compilation, found)
    return Compared(_told(then, _Side(made.manifests)), made.compilation, found)


@dataclass(frozen=True, slots=True)
class _Side:
    """A side, and where it is committed, if it is."""

    manifests: Manifests
    at: Committed | None = None


def _told(then: _Side, now: _Side) -> Diff:
    one, other = then.manifests, now.manifests
    return changes(_explained(then, other), _explained(now, one))


def _explained(side: _Side, other: Manifests) -> Manifests:
    if side.at is None:
        return side.manifests
    sums = side.manifests.sums
    return explained(side.at, side.manifests, [job_id for job_id in sums if other.sums.get(job_id) != sums[job_id]])


def _parts(base: str | None, new: str | None) -> tuple[str | None, str | None, bool]:
    """BASE and NEW, and whether BASE means the commit where the two parted."""
    if base is None or new is not None or ".." not in base or os.path.isdir(base):
        return base, new, False
    first, dots, second = base.partition("...") if "..." in base else base.partition("..")
    return first or HEAD, second or None, dots == "..."


class _Asked:
    """Opens the repository when somebody first asks for a revision."""

    def __init__(self, root: Path, build: Path, stack: ExitStack) -> None:
        self.root = root
        self.build = build
        self._stack = stack
        self._repository: Repository | None = None

    @property
    def repository(self) -> Repository:
        if self._repository is None:
            self._repository = self._stack.enter_context(Repository(self.root))
        return self._repository

    def usual(self) -> _Side:
        """What is committed, if anything is; else what lies in the build folder."""
        try:
            head = self.repository.find(HEAD)
            at = committed(self.repository, head, self.root, self.build) if head else None
        except UsageError:
            at = None  # no git, no repository, or a build folder outside of it
        if at is not None and at.compiled:
            return _Side(revision_side(at), at)
        if os.path.isfile(self.build / INDEX):
            return _Side(folder(self.build))
        help = "compile first, or say what to compare with: a build folder or a git revision"
        raise UsageError(f"there is nothing to compare with: neither HEAD nor `{self.build}` holds a build", help)

    def side(self, text: str, fork: str | None = None) -> _Side:
        """A build folder, else a revision; with `fork` the commit where it and that one parted."""
        if os.path.isfile(Path(text) / INDEX):
            return _Side(folder(Path(text)))
        if os.path.isdir(text) and (os.sep in text or text in (".", "..") or not self._knows(text)):
            return _Side(folder(Path(text)))  # which says what is wrong with it
        found = self.repository.revision(text)
        if fork is not None:
            found = self.repository.fork(found, self.repository.revision(fork))
        at = committed(self.repository, found, self.root, self.build)
        return _Side(revision_side(at), at)

    def _knows(self, text: str) -> bool:
        try:
            return self.repository.find(text) is not None
        except UsageError:
            return False
