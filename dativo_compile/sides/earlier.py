"""The project as it was at a revision: its files by name, links followed, and on disk those that are asked for.

What git ignores it does not remember: such files are taken to have been as they are now.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from dativo_compile.discovery.files import LARGEST
from dativo_compile.discovery.walk import ENDINGS
from dativo_compile.revisions.repository import Entry
from dativo_compile.sides.compiled import sources_of
from dativo_compile.sides.revision import Committed

MOST_LINKS = 40  # one after another, as Linux has it


class Earlier:
    """`folder` is an empty one, in which files come to stand where they stood below `root`."""

    def __init__(self, at: Committed, root: Path, folder: Path, ignored: frozenset[str]) -> None:
        self.at = at
        self.root = root
        self.folder = folder
        self._ignored = ignored
        self._now = sources_of(root)
        self._links = {name: entry for name, entry in at.files.items() if entry.link}
        self._there: set[str] = set()

    def tracked(self, name: str) -> bool:
        """Whether the revision has a file of this name."""
        return self._entry(name) is not None

    def ignores(self, name: str) -> bool:
        """Whether git ignores it now, and the revision has none of it."""
        if not self._ignored or self.tracked(name):
            return False
        return name in self._ignored or any(f"{above}/" in self._ignored for above in _prefixes(name))

    def sum(self, name: str) -> str:
        """The git blob id of a file's bytes; empty without one."""
        entry = self._entry(name)
        if entry is None:
            return self._now(name) or "" if self.ignores(name) else ""
        return self.at.sum(entry)

    def read(self, name: str, most: int | None = None) -> bytes | None:
        """Absent for what is not there, or larger than `most`."""
        entry = self._entry(name)
        if entry is not None:
            return self.at.repository.read(entry.blob, most)
        with suppress(OSError):
            return (self.root / name).read_bytes() if self.ignores(name) else None
        return None

    def put(self, names: Iterable[str], most: int | None = LARGEST) -> None:
        for name in names:
            data = self.read(name, most) if name not in self._there else None
            self._there.add(name)
            if data is not None:
                path = self.folder / name
                with suppress(OSError):  # a name that this system cannot hold: what reads it does not compile
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(data)

    def put_folder(self, folder: str) -> None:
        """Git knows no folders but those that it has files in; one that it ignores is as it is now."""
        known = next((True for name in self.at.files if name.startswith(f"{self._real(folder)}/")), False)
        if known or (self.ignores(f"{folder}/.") and os.path.isdir(self.root / folder)):
            with suppress(OSError):
                (self.folder / folder).mkdir(parents=True, exist_ok=True)

    def near(self, folder: str) -> Iterator[str]:
        """The names of files right in a folder, and in folders right in it."""
        real = "." if folder == "." else self._real(folder)
        here, there = ("" if name == "." else f"{name}/" for name in (folder, real or "\0"))
        for name in self.at.files:
            if name.startswith(there) and name.count("/", len(there)) <= 1:
                yield here + name[len(there) :]

    def job_files(self, scope: str) -> Iterator[str]:
        """Names below a folder that are those of jobs, or the file that the scope itself names."""
        if self.tracked(scope):
            yield scope
            return
        prefix = "" if scope == "." else f"{scope}/"
        for name in (*self.at.files, *self._through_links()):
            if name.startswith(prefix) and name.endswith(ENDINGS) and self.tracked(name):
                yield name

    def _through_links(self) -> Iterator[str]:
        """Names of files below folders that are links."""
        for link in self._links:
            real = self._real(link)
            if real is not None and real not in self.at.files:
                yield from (link + name[len(real) :] for name in self.at.files if name.startswith(f"{real}/"))

    def _entry(self, name: str) -> Entry | None:
        real = self._real(name)
        entry = self.at.files.get(real) if real is not None else None
        return entry if entry and entry.regular else None

    def _real(self, name: str) -> str | None:
        """The name behind links; absent where they lead out of the project, or in a circle."""
        if not self._links:
            return name
        for _ in range(MOST_LINKS):
            link = next((above for above in _prefixes(name) if above in self._links), None)
            if link is None:
                return name
            target = os.fsdecode(self.at.repository.read(self._links[link].blob) or b"")
            name = posixpath.normpath(posixpath.join(posixpath.dirname(link), target + name[len(link) :]))
            if name.startswith(("/", "../")) or name in ("..", "."):
                return None
        return None


def _prefixes(name: str) -> Iterator[str]:
    """`a`, `a/b`, `a/b/c`."""
    end = name.find("/")
    while end >= 0:
        yield name[:end]
        end = name.find("/", end + 1)
    yield name
