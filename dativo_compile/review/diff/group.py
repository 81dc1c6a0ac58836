"""Changes gathered by what caused them; what several job files share is one group, not one for each file."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from typing import Any

from dativo_compile.review.diff.model import RANKS, Cause, Change, Element, Group, JobDiff, Row, Steps, Variant, worst

MANY = 3  # edits of the same leaves, with other values, that are still told one by one
HOST = 8  # outputs or files whose changes are alike, that are still told one by one
Entry = tuple[str, Change]  # a job's id, and a change of it
Pile = list[Entry]
Piles = defaultdict[Hashable, Pile]


def grouped(jobs: Iterable[JobDiff]) -> tuple[Group, ...]:
    """The worst first, then those of most jobs."""
    piles: Piles = defaultdict(list)
    loose: Piles = defaultdict(list)  # nothing but their being alike holds these together
    for job in jobs:
        for key, alone, entries in _piled(job):
            (loose if alone else piles)[key] += entries
    found = [_group(pile) for pile in (*_merged(piles, HOST), *_joined(_merged(loose, MANY)))]
    return tuple(sorted(found, key=lambda g: (RANKS.index(g.rank), -len(g.jobs), str(g.cause), g.jobs)))


def _piled(job: JobDiff) -> Iterator[tuple[Hashable, bool, Pile]]:
    """The job's changes by cause; those of its own file are one edit, those of no known cause go one by one."""
    edit = [(job.job_id, change) for change in job.changes if _own_file(change.cause)]
    if edit:
        yield tuple(_signature(change) for _, change in edit), True, edit
    for change in job.changes:
        if change.cause.kind == "unknown":
            leader = next((c for c in job.changes if c.steps == change.follows), change)
            yield _signature(leader), True, [(job.job_id, change)]
        elif not _own_file(change.cause):
            yield change.cause, False, [(job.job_id, change)]


def _own_file(cause: Cause) -> bool:
    return cause.kind == "file" and cause.role == "job"


def _signature(change: Change) -> Hashable:
    return change.steps, change.how, change.kind, _key(change.old), _key(change.new)


def _merged(piles: Piles, most: int) -> Iterator[Pile]:
    """More than `most` piles whose causes are of one sort, and which differ in values alone, become one."""
    alike: defaultdict[Hashable, list[Pile]] = defaultdict(list)
    for pile in piles.values():
        leaves = frozenset((change.steps, change.how, change.kind) for _, change in pile if not change.follows)
        alike[_sort(pile[0][1].cause), leaves].append(pile)
    for several in alike.values():
        if len(several) > most:
            yield [entry for pile in several for entry in pile]
        else:
            yield from several


def _joined(piles: Iterable[Pile]) -> Iterator[Pile]:
    """Changes of no known cause that the same jobs have stand together."""
    joined: Piles = defaultdict(list)
    for pile in piles:
        if pile[0][1].cause.kind == "unknown":
            joined[frozenset(job_id for job_id, _ in pile)] += pile
        else:
            yield pile
    yield from joined.values()


def _sort(cause: Cause) -> Cause:
    """What causes of one sort share."""
    return Cause(cause.kind, cause.name if cause.kind in ("output", "jobs") else "", cause.role)


def _group(pile: Pile) -> Group:
    jobs = tuple(sorted({job_id for job_id, _ in pile}))
    causes = {change.cause for _, change in pile}
    cause = next(iter(causes)) if len(causes) == 1 else _sort(pile[0][1].cause)
    rows = tuple(sorted(_rows(pile), key=lambda r: (RANKS.index(r.rank), r.follows, written(r.steps), r.how)))
    return Group(worst(row.rank for row in rows), cause, rows, jobs, len(causes))


def _rows(pile: Pile) -> Iterator[Row]:
    rows: defaultdict[Hashable, dict[Hashable, Pile]] = defaultdict(dict)
    for job_id, change in pile:
        key = (change.steps, change.how, change.kind, bool(change.follows), change.hidden)
        rows[key].setdefault((_key(change.old), _key(change.new)), []).append((job_id, change))
    for variants in rows.values():
        first = next(iter(variants.values()))[0][1]
        made = (_variant(entries) for entries in variants.values())
        ordered = tuple(sorted(made, key=lambda v: (-len(v.jobs), v.jobs)))
        yield Row(first.steps, first.how, first.kind, first.rank, bool(first.follows), first.hidden, ordered)


def _variant(entries: Pile) -> Variant:
    first = entries[0][1]
    return Variant(first.old, first.new, tuple(job_id for job_id, _ in entries), first.winners)


def _key(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def written(steps: Steps) -> str:
    """The path as `dativo why` takes it: `schema.email.type`."""
    return ".".join(step.value if type(step) is Element else str(step) for step in steps)
