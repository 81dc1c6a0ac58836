"""A difference on a terminal: the worst comes first, and one cause is one block, however many jobs it reaches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dativo_compile.report.cells import safe
from dativo_compile.report.diff.values import (
    cause_of,
    followers,
    headline,
    jobs_of,
    pair_of,
    path_of,
    setters_of,
    state_of,
    told_rows,
)
from dativo_compile.report.paint import Paint
from dativo_compile.review.diff.kinds import KINDS
from dativo_compile.review.diff.model import RANKS, Diff, Group, Rank, Row

COLOURS: dict[Rank, str] = {"breaking": "error", "data": "warning", "compliance": "note", "routine": "bold"}
LABELS: dict[Rank, str] = {"compliance": "cost and compliance"}
SIGNS = {"added": "+", "removed": "-", "changed": "~", "reordered": "~"}
GROUPS, ROWS, NAMES, VARIANTS = 20, 12, 3, 3  # how many are shown: of a rank, of a group, of a line, of a row


def render(diff: Diff, paint: Paint) -> str:
    """Not more than a few screens; where something is left out, how much."""
    how = [job.how for job in diff.jobs]
    added, removed = how.count("added"), how.count("removed")
    said = headline(diff.before, diff.after, len(how) - added - removed, added, removed)
    lines = [paint("bold", one_line(f"{diff.base} -> {diff.new}: {said}"))]
    for rank in RANKS:
        groups = [group for group in diff.groups if group.rank == rank]
        if groups:
            count = jobs_of(len({job for group in groups for job in group.jobs}))
            lines += ["", paint(COLOURS[rank], LABELS.get(rank, rank)) + f": {count}"]
            lines += [line for group in groups[:GROUPS] for line in _group(group, paint)]
            lines += _rest(groups[GROUPS:])
    return "\n".join(lines) + "\n"


def _group(group: Group, paint: Paint) -> Iterator[str]:
    if group.cause.kind == "jobs":
        yield "  " + paint("bold", one_line(_heading(group))) + one_line(f": {_names(group.jobs)}")
        return
    yield "  " + paint("bold", one_line(_heading(group)))
    shown = told_rows(group)
    for row in shown[:ROWS]:
        yield from (one_line(f"    {SIGNS[row.how]} {line}") for line in _row(row, len(group.jobs)))
    if len(shown) > ROWS:
        yield f"    ... and {len(shown) - ROWS:,} more"
    rest = [row for row in group.rows if row not in shown]
    if rest:
        yield one_line(f"    and what follows: {followers(rest)}")
    yield one_line(f"    in {_names(group.jobs)}")


def _heading(group: Group) -> str:
    words, name = cause_of(group)
    states, state, serials = state_of(group)
    quoted = f"`{name}`" if group.cause.kind == "output" else name
    where = f" of {states or state}" if states or state else ""
    parts = [" ".join(part for part in (words, quoted) if part) + where]
    count = "" if group.cause.kind == "jobs" else f": {jobs_of(len(group.jobs))}"
    return ", ".join(parts + ([serials] if serials else [])) + count


def _row(row: Row, jobs: int) -> Iterator[str]:
    """A line for each value if there are few of them."""
    few = row.variants if len(row.variants) <= VARIANTS else row.variants[:1]
    for variant in few:
        values = " -> ".join(text for text in pair_of(row, variant) if text)
        if len(row.variants) > VARIANTS:
            values = f"{len(row.variants):,} different, such as {values} in {variant.jobs[0]}"
        elif len(row.variants) > 1:
            values += f" in {_names(variant.jobs)}"
        notes = [KINDS[row.kind].words] if KINDS[row.kind].told else []
        notes += [f"in {row.jobs:,} of them"] if row.jobs < jobs else []
        notes += _setters(row)
        yield f"{path_of(row)}: {values}" + (f" ({'; '.join(notes)})" if notes else "")


def _setters(row: Row) -> list[str]:
    old, new = setters_of(row)
    if old and new and old != new:
        return [f"set by {old} -> {new}"]
    return [f"set by {new}"] if new else [f"was set by {old}"] if old else []


def one_line(text: str) -> str:
    """A key may hold a line's end, too."""
    return safe(text).replace("\n", "\ufffd")


def _names(jobs: Sequence[str]) -> str:
    rest = f" and {len(jobs) - NAMES:,} more" if len(jobs) > NAMES else ""
    return ", ".join(jobs[:NAMES]) + rest


def _rest(groups: Sequence[Group]) -> list[str]:
    if not groups:
        return []
    jobs = len({job for group in groups for job in group.jobs})
    return [f"  ... and {len(groups):,} more causes, in {jobs_of(jobs)}; `--format json` has them all"]
