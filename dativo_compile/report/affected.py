"""Affected jobs, one a line for a shell, or whole for a program."""

from __future__ import annotations

from typing import Any

from dativo_compile.canonical import dumps
from dativo_compile.report.cells import safe
from dativo_compile.review.affected import Affected, AffectedJob, Through

VERSION = 1
SHORT = 7  # digits of a commit


def names(found: Affected) -> str:
    """Ids; that of a renamed job is the new one."""
    return "".join(f"{safe(job.job_id)}\n" for job in found.jobs)


def paths(found: Affected) -> str:
    """Job files, from the project's root; of removed and renamed jobs those that are there no more, too."""
    named = {name for job in found.jobs for name in (job.file, job.was_file) if name}
    return "".join(f"{safe(name)}\n" for name in sorted(named))


def render_json(found: Affected) -> str:
    """One object; keys sorted, two spaces. schemas/affected.schema.json"""
    shape = {
        "affected_version": VERSION, "since": found.since, "commit": found.commit, "all": found.all,
        "jobs": [_job(job) for job in found.jobs],
    }  # fmt: skip
    return dumps(shape).decode()


def line(found: Affected) -> str:
    """`2 of 120 jobs are affected since main (5e1d9c0): 1 new, 1 changed`"""
    since = (
        safe(found.since) if found.commit.startswith(found.since) else f"{safe(found.since)} ({found.commit[:SHORT]})"
    )
    jobs = "1 job" if found.all == 1 else f"{found.all:,} jobs"
    if not found.jobs:
        return f"none of {jobs} is affected since {since}"
    how = [job.how for job in found.jobs]
    words = {"added": "new", "renamed": "renamed", "changed": "changed", "removed": "removed", "unknown": "not known"}
    parts = [f"{how.count(key):,} {word}" for key, word in words.items() if key in how]
    broken = sum(job.compiles is False for job in found.jobs)
    more = f"; {broken:,} of them {'does' if broken == 1 else 'do'} not compile: `dativo-compile` says why"
    told = f"{len(how):,} of {jobs} {'is' if len(how) == 1 else 'are'} affected since {since}: {', '.join(parts)}"
    return told + (more if broken else "")


def _job(job: AffectedJob) -> dict[str, Any]:
    shape: dict[str, Any] = {"job": job.job_id, "how": job.how, "file": job.file, "compiles": job.compiles}
    if job.was:
        shape |= {"was": job.was, "was_file": job.was_file}
    return shape | {"through": [_through(each) for each in job.through]}


def _through(through: Through) -> dict[str, Any]:
    shape: dict[str, Any] = {"role": through.role, "file": through.file}
    return shape | ({"outputs": list(through.outputs)} if through.outputs else {})
