"""A difference as values: changed leaves, ranked; what caused them; groups that a person reads.

The contract, for `diff`, `check` and `plan` alike:

- A side is a `Manifests`. `dativo_compile/sides` makes one of a build folder, a git revision or a compile; anybody may
  make one of whatever they have. Nothing is read before it is asked for.
- `compare.changes(base, new)` gives a `Diff`. Every changed leaf of every job is a `Change` of that job, and each
  `Change` is in exactly one `Group`. A manifest's own digest is no change: it is told beside the changes.
- A `Diff` holds no value that must not be shown, but in `JobDiff.data`: `Change.hidden` says where one was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from dativo_compile.model.output import State

Rank = Literal["breaking", "data", "compliance", "routine"]
RANKS: tuple[Rank, ...] = ("breaking", "data", "compliance", "routine")  # the worst first
How = Literal["added", "removed", "changed", "reordered"]
JobHow = Literal["added", "removed", "renamed", "changed"]


@dataclass(frozen=True, slots=True)
class Element:
    """A step into a list whose elements have names: the one whose `key` is `value`, wherever it stands."""

    key: str
    value: str


Step = str | Element
Steps = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Manifests:
    """One side of a comparison.

    `name` is for people (`main (4f2a9c1)`, `build`). `sums` has the git blob id of every manifest's bytes, by job id:
    jobs with one sum on both sides are not looked at. `data` gives a manifest's bytes, `entry` what the index says of
    the job (empty if nothing), `provenance` the bytes of its sidecar (absent if there is none, or none that surely
    belongs to these bytes). `states` is what the lock says, by key. `source` gives the git blob id of a project file:
    empty text for one that is not there, absent where that is not known.
    """

    name: str
    sums: Mapping[str, str]
    data: Callable[[str], bytes]
    entry: Callable[[str], Mapping[str, Any]] = lambda _: {}
    provenance: Callable[[str], bytes | None] = lambda _: None
    states: Mapping[str, State] = field(default_factory=dict)
    source: Callable[[str], str | None] = lambda _: None


CauseKind = Literal["output", "file", "stale", "jobs", "unknown"]


@dataclass(frozen=True, slots=True)
class Cause:
    """Why values changed.

    `output`: `name` is a Terraform output, `state` where it was read, `serials` those of both sides as far as known.
    `file`: `role` is job, connector, asset or dativo.yaml, `name` the project-relative file. `stale`: no file and no
    output changed, so that the older side is not what its sources say. `jobs`: whole jobs came or went; `name` is the
    kind of the change. `unknown`: neither side knows where its values come from.
    """

    kind: CauseKind
    name: str = ""
    role: str = ""
    state: str = ""
    serials: tuple[int | None, int | None] = (None, None)


@dataclass(frozen=True, slots=True)
class Change:
    """One leaf of one job that differs.

    A leaf is a scalar, a run-time reference, a list of scalars, an empty container, or an element of a list that came
    or went as a whole; then `position` is its place in the new list. `reordered`: `old` and `new` are the names of a
    list's elements. `old` is null for what was added, `new` for what was removed; parts of a `hidden` one that must
    not be shown are null or `***`. `follows` has the steps of another change of the job of which this one is the echo,
    as a table property is of the tag that it shows. `kind` is an id of `kinds.KINDS`. `winners` say where old and new
    value came from (`assets/orders.yaml:18`), as far as known.
    """

    steps: Steps
    how: How
    old: Any
    new: Any
    kind: str
    rank: Rank
    position: int = -1
    hidden: bool = False
    follows: Steps = ()
    cause: Cause = field(default_factory=lambda: Cause("unknown"))
    winners: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class JobDiff:
    """A job that differs. `was` is the former id of a renamed one; `data` the bytes of an added one's manifest.

    A job that was added or removed has no changes but the one of its own kind, whose steps are empty; so has one
    whose manifest is no JSON on either side, and then `data` is what the new side has.
    """

    job_id: str
    how: JobHow
    changes: tuple[Change, ...]
    was: str = ""
    data: bytes = field(default=b"", repr=False)  # the one thing here that may hold what must not be shown
    digests: tuple[str, str] = ("", "")

    @property
    def rank(self) -> Rank:
        return worst(change.rank for change in self.changes)


@dataclass(frozen=True, slots=True)
class Variant:
    """An old and a new value, and the jobs that share them; `winners` are those of the first."""

    old: Any
    new: Any
    jobs: tuple[str, ...]
    winners: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Row:
    """One leaf over the jobs of a group: what they share, and the values in which they differ, the commonest first."""

    steps: Steps
    how: How
    kind: str
    rank: Rank
    follows: bool
    hidden: bool
    variants: tuple[Variant, ...]

    @property
    def jobs(self) -> int:
        return sum(len(variant.jobs) for variant in self.variants)


@dataclass(frozen=True, slots=True)
class Group:
    """Changes of one cause. Its rank is the worst of its rows; `jobs` are sorted.

    Where many causes did the same (an output of a hundred states, an edit of a hundred files) they are one group:
    `causes` counts them, and the cause lacks what differs, the state or the file.
    """

    rank: Rank
    cause: Cause
    rows: tuple[Row, ...]
    jobs: tuple[str, ...]
    causes: int = 1


@dataclass(frozen=True, slots=True)
class Diff:
    """`jobs` are those that differ, by id; `groups` the worst first. `before` and `after` count all jobs of a side."""

    base: str
    new: str
    jobs: tuple[JobDiff, ...]
    groups: tuple[Group, ...]
    before: int
    after: int

    def __bool__(self) -> bool:
        return bool(self.jobs)

    @property
    def rank(self) -> Rank | None:
        return worst(job.rank for job in self.jobs) if self.jobs else None


def worst(ranks: Iterable[Rank]) -> Rank:
    """The first in `RANKS` of at least one."""
    return RANKS[min(map(RANKS.index, ranks))]
