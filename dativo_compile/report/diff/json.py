"""A difference for programs, complete: applied to the base it gives the new side. schemas/diff.schema.json"""

from __future__ import annotations

from typing import Any

from dativo_compile.canonical import dumps
from dativo_compile.review.diff.compare import read
from dativo_compile.review.diff.group import written
from dativo_compile.review.diff.masked import told_manifest
from dativo_compile.review.diff.model import RANKS, Cause, Change, Diff, Element, Group, JobDiff, Step

VERSION = 1


def render(diff: Diff) -> str:
    """One object; keys sorted, two spaces, integers exact at any size."""
    return dumps(shape_of(diff)).decode()


def shape_of(diff: Diff) -> dict[str, Any]:
    how = [job.how for job in diff.jobs]
    return {
        "diff_version": VERSION,
        "base": diff.base,
        "new": diff.new,
        "rank": diff.rank,
        "summary": {
            "before": diff.before,
            "after": diff.after,
            **{each: how.count(each) for each in ("added", "removed", "renamed", "changed")},
            "ranks": {rank: _jobs_with(diff, rank) for rank in RANKS},
        },
        "groups": [_group(group) for group in diff.groups],
        "jobs": [_job(job) for job in diff.jobs],
    }


def _jobs_with(diff: Diff, rank: str) -> int:
    return sum(any(change.rank == rank for change in job.changes) for job in diff.jobs)


def _group(group: Group) -> dict[str, Any]:
    """Values stand with the jobs; here is what they share."""
    rows = [
        {
            "path": [_step(step) for step in row.steps], "how": row.how, "kind": row.kind, "rank": row.rank,
            "follows": row.follows, "jobs": row.jobs, "values": len(row.variants),
        }
        for row in group.rows
    ]  # fmt: skip
    cause = _cause(group.cause)
    return {"rank": group.rank, "cause": cause, "causes": group.causes, "jobs": list(group.jobs), "changes": rows}


def _cause(cause: Cause) -> dict[str, Any]:
    shape: dict[str, Any] = {"kind": cause.kind}
    if cause.kind == "output":
        shape |= {"output": cause.name, "state": cause.state or None, "serials": list(cause.serials)}
    elif cause.kind == "file":
        shape |= {"role": cause.role, "file": cause.name or None}
    elif cause.kind == "jobs":
        shape["change"] = cause.name
    return shape


def _job(job: JobDiff) -> dict[str, Any]:
    old, new = job.digests
    shape: dict[str, Any] = {"job": job.job_id, "how": job.how, "rank": job.rank}
    shape["digest"] = {"old": old or None, "new": new or None}
    if job.how == "renamed":
        shape["was"] = job.was
    shape["changes"] = [_change(change) for change in job.changes]
    if job.data:
        tree = read(job.data)
        shape["manifest"] = told_manifest(tree) if tree is not None else None
    return shape


def _change(change: Change) -> dict[str, Any]:
    shape: dict[str, Any] = {
        "path": [_step(step) for step in change.steps], "at": written(change.steps), "how": change.how,
        "old": change.old, "new": change.new, "kind": change.kind, "rank": change.rank, "cause": _cause(change.cause),
    }  # fmt: skip
    if change.position >= 0:
        shape["position"] = change.position
    if change.hidden:
        shape["hidden"] = True
    if change.follows:
        shape["follows"] = written(change.follows)
    for name, winner in zip(("set_by_old", "set_by_new"), change.winners, strict=True):
        if winner:
            shape[name] = winner
    return shape


def _step(step: Step) -> Any:
    return {step.key: step.value} if type(step) is Element else step
