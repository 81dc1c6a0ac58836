"""Two sets of manifests compared: `changes(base, new)`.

Jobs whose bytes are the same on both sides are not looked at; of the others one at a time is read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import orjson

from dativo_compile.review.diff.cause import Causes
from dativo_compile.review.diff.group import grouped
from dativo_compile.review.diff.job import job_changes
from dativo_compile.review.diff.kinds import KINDS
from dativo_compile.review.diff.model import Cause, Change, Diff, How, JobDiff, JobHow, Manifests
from dativo_compile.review.diff.renamed import renamed

DIGEST = re.compile(rb'\n  "digest": "(sha256:[0-9a-f]{64})"')
LONG = re.compile(rb"\d{16}")  # digits that the fast parser might make a float of


def changes(base: Manifests, new: Manifests) -> Diff:
    """Raises what the sides raise when they are read."""
    gone = [job_id for job_id in base.sums if job_id not in new.sums]
    come = [job_id for job_id in new.sums if job_id not in base.sums]
    former = renamed(base, new, gone, come)
    jobs = sorted(_jobs(base, new, former), key=lambda job: job.job_id)
    return Diff(base.name, new.name, tuple(jobs), grouped(jobs), len(base.sums), len(new.sums))


def _jobs(base: Manifests, new: Manifests, former: dict[str, str]) -> Iterator[JobDiff]:
    causes = Causes(base, new)
    for job_id in sorted(base.sums.keys() - new.sums.keys() - set(former.values())):
        yield JobDiff(job_id, "removed", (_whole("job-removed", "removed"),), digests=(_digest(base.data(job_id)), ""))
    for job_id in sorted(new.sums):
        was = former.get(job_id, job_id)
        if was not in base.sums:
            data = new.data(job_id)
            yield JobDiff(job_id, "added", (_whole("job-added", "added"),), data=data, digests=("", _digest(data)))
        elif base.sums[was] != new.sums[job_id]:
            found = _changed(causes, was, job_id)
            if found.changes:
                yield found


def _changed(causes: Causes, was: str, job_id: str) -> JobDiff:
    before, after = causes.base.data(was), causes.new.data(job_id)
    how: JobHow = "changed" if was == job_id else "renamed"
    former = was if was != job_id else ""
    digests = _digest(before), _digest(after)
    old, new = read(before), read(after)
    if old is None or new is None:
        return JobDiff(job_id, how, (_whole("unreadable", "changed"),), former, after, digests)
    return JobDiff(job_id, how, job_changes(causes, (was, job_id), old, new), former, digests=digests)


def _whole(kind: str, how: How) -> Change:
    return Change((), how, None, None, kind, KINDS[kind].rank, cause=Cause("jobs", kind))


def _digest(data: bytes) -> str:
    """As the manifest says; empty if it says none."""
    found = DIGEST.search(data)
    return found[1].decode() if found else ""


def read(data: bytes) -> dict[str, Any] | None:
    """A manifest's tree, integers exact at any size; absent for what is no JSON object."""
    try:
        tree = json.loads(data) if LONG.search(data) else orjson.loads(data)
    except ValueError:
        return None
    return tree if type(tree) is dict else None
