"""Which jobs a change reaches: the answer of `dativo affected` as a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

How = Literal["added", "removed", "renamed", "changed", "unknown"]


@dataclass(frozen=True, slots=True)
class Through:
    """A file that differs and that the job reads. `role` is job, connector, asset, module, state, lock or project.

    `outputs` are those that moved, where the values of a state or the lock were compared.
    """

    role: str
    file: str
    outputs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AffectedJob:
    """`file` is the job's, of a removed one the last; `was` and `was_file` are former ones of a renamed job.

    `compiles` says whether the job has a manifest now; absent for a removed one. `unknown` is a job that compiles on
    neither side, and reads what differs.
    """

    job_id: str
    how: How
    file: str
    compiles: bool | None
    through: tuple[Through, ...] = ()
    was: str = ""
    was_file: str = ""


@dataclass(frozen=True, slots=True)
class Affected:
    """`since` is the revision as it was asked for, with its commit; `all` counts jobs that are or were there."""

    since: str
    commit: str
    jobs: tuple[AffectedJob, ...]
    all: int
