"""A build folder on disk as a side of a comparison."""

from __future__ import annotations

import os
from pathlib import Path

from dativo_compile.lock.reading import LockFault, read_lock
from dativo_compile.model.output import State
from dativo_compile.model.usage import UsageError
from dativo_compile.review.diff.model import Manifests
from dativo_compile.sides.blob import blob_id
from dativo_compile.writing.files import contents
from dativo_compile.writing.index import INDEX, previous_index


def folder(build: Path) -> Manifests:
    """The manifests that the index lists, as far as they are there. Raises `UsageError`, `WriteFault`.

    Provenance is not taken: nothing says that what lies there belongs to these manifests.
    """
    if not os.path.isfile(build / INDEX):
        raise UsageError(f"`{build}` is no build folder: it has no {INDEX}", "give the folder that a compile wrote")
    jobs = previous_index(build).jobs
    sums = {}
    for job_id in jobs:
        data = contents(f"{build}/{job_id}.json")
        if data is not None:
            sums[job_id] = blob_id(data)
    return Manifests(
        str(build),
        sums,
        data=lambda job_id: contents(f"{build}/{job_id}.json") or b"",
        entry=lambda job_id: jobs.get(job_id, {}),
        states=_states(build),
    )


def _states(build: Path) -> dict[str, State]:
    """What the lock beside the folder says; a broken one says nothing."""
    try:
        lock = read_lock(build.absolute().parent)
    except LockFault:
        return {}
    return lock.states if lock else {}
