"""Provenance of what is committed: its sources, compiled again from their own lock in a folder that goes away."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from dativo_compile.discovery.files import LARGEST
from dativo_compile.lock.text import LOCK
from dativo_compile.model.job import Manifest
from dativo_compile.model.project import Request
from dativo_compile.pipeline import compile_project
from dativo_compile.review.diff.model import Manifests
from dativo_compile.sides.blob import blob_id
from dativo_compile.sides.revision import Committed

ENDINGS = (".yaml", ".yml", ".json")


def explained(at: Committed, side: Manifests, job_ids: Sequence[str]) -> Manifests:
    """The side with provenance of these jobs, as far as their sources still give the committed bytes."""
    files = {job_id: str(side.entry(job_id).get("file", "")) for job_id in job_ids}
    wanted = {name for name in files.values() if name in at.files}
    if not wanted:
        return side
    found: dict[str, bytes] = {}

    def keep(manifest: Manifest) -> None:
        if side.sums.get(manifest.job_id) == blob_id(manifest.data):
            found[manifest.job_id] = manifest.provenance

    with tempfile.TemporaryDirectory(prefix="dativo-") as folder:
        root = Path(folder).resolve()
        for name, data in _sources(at, side, wanted):
            with suppress(OSError):  # a name that this system cannot hold: its job is not explained
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_bytes(data)
        paths = tuple(root / name for name in sorted(wanted) if os.path.isfile(root / name))
        if paths:
            compile_project(Request(paths, project=root, locked=True), keep)
    return replace(side, provenance=found.get)


def _sources(at: Committed, side: Manifests, wanted: set[str]) -> Iterator[tuple[str, bytes]]:
    """What a compile of the wanted jobs can read; other jobs are left out."""
    jobs = {str(side.entry(job_id).get("file", "")) for job_id in side.sums}
    for name, entry in at.files.items():
        other = name in jobs and name not in wanted
        if other or not entry.regular or name.startswith(f"{at.build}/"):
            continue
        if name in wanted or name == LOCK or name.endswith(ENDINGS):
            data = at.repository.read(entry.blob, LARGEST if name != LOCK else None)
            if data is not None:
                yield name, data
