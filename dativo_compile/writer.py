"""Manifests on disk: all or nothing, never torn, and never at the cost of a file that is not ours.

A `Writer` stages what changed while the jobs come by and puts everything in place at the end:

    with Writer(build) as writer:
        for manifest in manifests:
            writer.stage(manifest)
        written = writer.commit(owned, gone)

The order of `commit` is what makes a kill harmless: a journal of what is about to be ours, then
manifests, then removals, then the index, then the journal goes. Each step is one rename.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from dativo_compile.diagnostics.codes.build import BUILD_FILE_FOREIGN, BUILD_LINK
from dativo_compile.model.job import Manifest
from dativo_compile.writing import files
from dativo_compile.writing.change import Change, clear
from dativo_compile.writing.faults import WriteFault, fault_of, refuse
from dativo_compile.writing.index import INDEX, JOURNAL, Index, entry_text, holds, pieces, previous_index
from dativo_compile.writing.lock import Held, hold

__all__ = ["Index", "WriteFault", "Writer", "Written", "previous_index"]

STAGE = ".dativo-stage"
PROVENANCE = ".provenance"


@dataclass(frozen=True, slots=True)
class Written:
    """How many manifests the build folder gained, had replaced, kept as they were, and lost."""

    new: int
    changed: int
    unchanged: int
    removed: int


class Writer:
    """Holds the build folder for one compile; every method raises `WriteFault`.

    `build` is shown in diagnostics as it is given. Entered, it has `previous`, the index as it was.
    Left without `commit`, the folder is exactly as it was.
    """

    previous: Index
    _held: Held

    def __init__(self, build: Path) -> None:
        self._build = str(build)
        self._stage = f"{self._build}/{STAGE}"
        self._staged: dict[str, int] = {}  # name in build -> number of the staged file, negative if it replaces one
        self._texts: dict[str, bytes] = {}
        self._moved: set[str] = set()
        self._folders: dict[str, bool] = {"": True}
        self._count = 0
        self._staging = self._committed = False
        self._failed: WriteFault | None = None

    def __enter__(self) -> Writer:
        self._held = hold(self._build)
        try:
            with self._watch():
                clear(self._stage)  # a killed compile left it
                self.previous = previous_index(Path(self._build))
        except BaseException:
            self._held.release(self._build, keep=False)
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with suppress(OSError):  # the next compile clears what is left
            clear(self._stage)
        self._held.release(self._build, keep=self._committed)

    def stage(self, manifest: Manifest) -> None:
        """Prepares a job's files, if they would change; once for a job. A fault not `fatal` is this job's alone."""
        name = f"{manifest.job_id}.json"
        origins = f"{PROVENANCE}/{name}"
        with self._watch():
            same = self._same(name, manifest.data)
            if same is False and manifest.job_id not in self.previous.jobs:
                raise refuse(BUILD_FILE_FOREIGN, f"{self._build}/{name}", fatal=False)
            same_origins = self._same(origins, manifest.provenance)
            if not same:
                self._put(name, manifest.data, replaces=same is False, synced=True)
                self._moved.add(manifest.job_id)
            if not same_origins:  # not synced: it is not needed to run
                self._put(origins, manifest.provenance, replaces=same_origins is False, synced=False)
        text = entry_text(manifest.entry)
        known = self.previous.jobs.texts.get(manifest.job_id)
        self._texts[manifest.job_id] = known if known == text else text  # one copy of what did not change

    def withdraw(self, job_id: str) -> None:
        """Forgets what was staged for a job: it keeps the files and the entry that it had."""
        for name in (f"{job_id}.json", f"{PROVENANCE}/{job_id}.json"):
            self._staged.pop(name, None)
        self._texts.pop(job_id, None)
        self._moved.discard(job_id)

    def commit(
        self, owned: Collection[str], gone: Collection[str], entries: Mapping[str, dict[str, Any]] | None = None
    ) -> Written:
        """Puts all in place and removes the manifests of `gone` jobs, as far as the previous index lists them.

        `owned` are the jobs of this compile: none of them is gone. An entry comes with its manifest;
        `entries` may replace some. Jobs in neither keep their files and entries.
        """
        lost = sorted(set(gone).intersection(self.previous.jobs).difference(owned))
        texts = {**self.previous.jobs.texts, **self._texts}
        texts.update((job_id, entry_text(entry)) for job_id, entry in (entries or {}).items())
        for job_id in lost:
            del texts[job_id]
        names = [name for job_id in lost for name in (f"{job_id}.json", f"{PROVENANCE}/{job_id}.json")]
        with self._watch():
            removals = [name for name in names if self._exists(name)]
            self._apply(texts, removals, names)
        self._committed = True
        changed = sum(self._staged[f"{job_id}.json"] < 0 for job_id in self._moved)
        removed = sum(not name.startswith(f"{PROVENANCE}/") for name in removals)
        return Written(len(self._moved) - changed, changed, len(self._texts) - len(self._moved), removed)

    def _apply(self, texts: dict[str, bytes], removals: list[str], lost: list[str]) -> None:
        index, journal = f"{self._build}/{INDEX}", f"{self._build}/{JOURNAL}"
        indexed, journaled = files.check_file(index), files.check_file(journal)
        moves = not indexed or not holds(index, pieces(texts, texts))
        change = Change(self._build, self._stage)
        try:
            if moves:
                files.write_new(self._stage_file("index"), pieces(texts, texts), synced=True)
            if self._moved:
                ours = self._moved | self.previous.recovered
                known = {**self.previous.jobs.texts, **self._texts}
                files.write_new(self._stage_file("journal"), pieces(known, ours), synced=True)
                change.put(f"{self._stage}/journal", JOURNAL, replaces=journaled)
                change.sync()
            if removals:
                self._stage_file("")
            self._rename(change, removals)
            change.prune(lost)  # not only of what was there: a killed compile may have left empty folders
            change.sync()
            if moves:
                change.put(f"{self._stage}/index", INDEX, replaces=indexed)
                change.sync()
        except BaseException:
            change.undo()
            raise
        if self._moved or journaled:
            with suppress(OSError):  # one that stays is harmless: the index says the same
                os.unlink(journal)

    def _rename(self, change: Change, removals: list[str]) -> None:
        for name, number in self._staged.items():
            change.make_folder(name)
            change.put(f"{self._stage}/{abs(number)}", name, replaces=number < 0)
        for name in removals:
            change.drop(name)

    def _put(self, name: str, data: bytes, *, replaces: bool, synced: bool) -> None:
        self._count += 1
        staged = self._stage_file(str(self._count))
        files.write_new(staged, [data], synced=synced)
        self._staged[name] = -self._count if replaces else self._count

    def _stage_file(self, name: str) -> str:
        if not self._staging:
            os.mkdir(self._stage)
            self._staging = True
        return f"{self._stage}/{name}"

    def _same(self, name: str, data: bytes) -> bool | None:
        """Whether the file in the build folder has these bytes; absent without a file."""
        return files.same(f"{self._build}/{name}", data) if self._folder(name.rpartition("/")[0]) else None

    def _exists(self, name: str) -> bool:
        return self._folder(name.rpartition("/")[0]) and files.check_file(f"{self._build}/{name}")

    def _folder(self, name: str) -> bool:
        """Whether the folder exists; a link or a file in its way is a fault."""
        exists = self._folders.get(name)
        if exists is None:
            exists = self._folder(name.rpartition("/")[0]) and self._is_folder(f"{self._build}/{name}")
            self._folders[name] = exists
        return exists

    def _is_folder(self, path: str) -> bool:
        kind = files.kind_of(path)
        if kind == stat.S_IFLNK:
            raise refuse(BUILD_LINK, path, fatal=False)
        if kind not in (None, stat.S_IFDIR):
            raise refuse(BUILD_FILE_FOREIGN, path, "a folder belongs at this place", fatal=False)
        return kind is not None

    @contextmanager
    def _watch(self) -> Iterator[None]:
        """After a refusal that would be the same for any job, nothing more is tried."""
        if self._failed:
            raise self._failed
        try:
            yield
        except OSError as error:
            self._failed = fault_of(error, self._build)
            raise self._failed from None
        except WriteFault as fault:
            self._failed = fault if fault.fatal else None
            raise
