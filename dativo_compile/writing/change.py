"""Many renames that happen as a whole: what was replaced or removed is kept until the last one is done."""

from __future__ import annotations

import os
import stat
from contextlib import suppress

from dativo_compile.writing.faults import FULL
from dativo_compile.writing.files import contents, sync_folder, write_new


class Change:
    """Names are relative to the build folder; staged and kept files lie in its stage. Methods raise `OSError`."""

    def __init__(self, build: str, stage: str) -> None:
        self.build = build
        self.stage = stage
        self.done: list[tuple[str, str]] = []  # what was put or dropped, and what it was before ("" for nothing)
        self.made: list[str] = []
        self.pruned: list[str] = []
        self.touched: set[str] = set()
        self.known: set[str] = {build}

    def make_folder(self, name: str) -> None:
        """Makes the folders above a file, as far as they are missing."""
        folder = whole = f"{self.build}/{name}".rpartition("/")[0]
        missing = []
        while folder not in self.known and not os.path.isdir(folder):
            missing.append(folder)
            folder = os.path.dirname(folder)
        for made in reversed(missing):
            os.mkdir(made)
            self.made.append(made)
            self.touched.add(os.path.dirname(made))
        self.known.add(whole)

    def put(self, staged: str, name: str, *, replaces: bool) -> None:
        target = f"{self.build}/{name}"
        kept = ""
        if replaces:
            kept = f"{self.stage}/{len(self.done)}.old"
            self._keep(target, kept)
        self.done.append((target, kept))  # noted first: an interrupt may come between, and undoing nothing is harmless
        os.replace(staged, target)
        self.touched.add(target.rpartition("/")[0])

    def drop(self, name: str) -> None:
        target = f"{self.build}/{name}"
        kept = f"{self.stage}/{len(self.done)}.old"
        self.done.append((target, kept))
        os.rename(target, kept)
        self.touched.add(target.rpartition("/")[0])

    def prune(self, names: list[str]) -> None:
        """Removes the folders above these files that are empty now."""
        folders = {os.path.dirname(name) for name in names}
        for folder in sorted(folders, reverse=True):  # the deepest first
            while folder and self._removed(f"{self.build}/{folder}"):
                folder = os.path.dirname(folder)

    def _removed(self, folder: str) -> bool:
        try:
            os.rmdir(folder)
        except FileNotFoundError:
            return True  # a killed compile came this far
        except OSError:
            return False  # something is left in it
        self.pruned.append(folder)
        self.touched.discard(folder)
        self.touched.add(os.path.dirname(folder))
        return True

    def _keep(self, target: str, kept: str) -> None:
        """A second name for the old bytes, or a copy where there are no hard links: `target` is never absent."""
        try:
            os.link(target, kept)
        except OSError as error:
            if error.errno in FULL:
                raise
            write_new(kept, [contents(target) or b""], synced=False)

    def sync(self) -> None:
        for folder in sorted(self.touched):
            sync_folder(folder)
        self.touched.clear()

    def undo(self) -> None:
        """Puts everything back, last step first; what the system will not let us put back stays new."""
        for folder in reversed(self.pruned):
            with suppress(OSError):
                os.mkdir(folder)
        for target, kept in reversed(self.done):
            with suppress(OSError):
                if kept:
                    os.replace(kept, target)
                else:
                    os.unlink(target)
        for folder in reversed(self.made):
            with suppress(OSError):
                os.rmdir(folder)


def clear(stage: str) -> None:
    """Removes a stage and the files in it; raises `OSError`, and touches nothing that is no stage."""
    try:
        if not stat.S_ISDIR(os.lstat(stage).st_mode):
            raise NotADirectoryError(20, "not a folder", stage)
        with os.scandir(stage) as found:
            names = [each.path for each in found]
    except FileNotFoundError:
        return
    for name in names:
        os.unlink(name)
    os.rmdir(stage)
