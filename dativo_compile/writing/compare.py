"""What a compile would change in the build folder, told without writing anything."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dativo_compile.model.job import Manifest
from dativo_compile.writing import files
from dativo_compile.writing.index import INDEX, entry_text, holds, pieces, previous_index


@dataclass(frozen=True, slots=True)
class Changes:
    """Names of files as a person finds them, sorted. Provenance is none of them: it is not committed."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.removed)

    def __add__(self, other: Changes) -> Changes:
        pairs = ((self.new, other.new), (self.changed, other.changed), (self.removed, other.removed))
        return Changes(*(tuple(sorted(one + two)) for one, two in pairs))


class Comparison:
    """A sink for manifests, in place of a `Writer`; every method raises `WriteFault`.

    `differing` is given each manifest that is not in the folder as it is.
    """

    def __init__(self, build: Path, differing: Callable[[Manifest], None] | None = None) -> None:
        self._build = str(build)
        self._differing = differing
        self.previous = previous_index(build)
        self.reads: dict[str, dict[str, Any] | None] = {}  # by the job's id
        self._texts: dict[str, bytes] = {}
        self._new: list[str] = []
        self._changed: list[str] = []

    def __call__(self, manifest: Manifest) -> None:
        self.reads[manifest.job_id] = manifest.entry.get("reads")
        self._texts[manifest.job_id] = entry_text(manifest.entry)
        name = f"{self._build}/{manifest.job_id}.json"
        same = files.same(name, manifest.data)
        if not same:
            (self._new if same is None else self._changed).append(name)
            if self._differing is not None:
                self._differing(manifest)

    def changes(self, owned: Collection[str], gone: Collection[str]) -> Changes:
        """To be called after the last manifest; as for `Writer.commit`."""
        lost = set(gone).intersection(self.previous.jobs).difference(owned)
        texts = {job_id: text for job_id, text in self.previous.jobs.texts.items() if job_id not in lost} | self._texts
        index = f"{self._build}/{INDEX}"
        if not files.check_file(index):
            self._new.append(index)
        elif not holds(index, pieces(texts, texts)):
            self._changed.append(index)
        removed = [name for name in (f"{self._build}/{job_id}.json" for job_id in lost) if files.check_file(name)]
        return Changes(*(tuple(sorted(names)) for names in (self._new, self._changed, removed)))
