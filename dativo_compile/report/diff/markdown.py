"""A difference as a comment on a pull request: a table to see at once, details to open, never too long to be posted.

What comes from files and states stands in code spans alone, so that no name can become a link, a mention or a tag.
"""

from __future__ import annotations

import html
import re
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
    words_of,
)
from dativo_compile.review.diff.kinds import KINDS
from dativo_compile.review.diff.model import RANKS, Diff, Group, Rank, Row

MARK = "<!-- dativo diff -->"  # by which a later run finds its own comment
LIMIT = 65_000  # GitHub takes 65,536 characters; the rest is for what a workflow puts around
LABELS: dict[Rank, str] = {"breaking": "**breaking**", "compliance": "cost and compliance"}
ROWS, NAMES, KINDS_SHOWN = 30, 20, 4
TICKS = re.compile("`+")


def render(diff: Diff, limit: int = LIMIT, mark: str = MARK, command: str = "dativo diff") -> str:
    """At most `limit` characters; what is cut is counted, and the command named that shows it."""
    head = (f"{mark}\n" if mark else "") + "\n".join(_head(diff)) + "\n"
    blocks, room = [], limit - len(head) - len(_cut(diff.groups, command))
    for group in diff.groups:
        block = "\n" + "\n".join(_group(group)) + "\n"
        if len(block) > room:
            break
        blocks.append(block)
        room -= len(block)
    return head + "".join(blocks) + _cut(diff.groups[len(blocks) :], command)


def _head(diff: Diff) -> Iterator[str]:
    how = [job.how for job in diff.jobs]
    added, removed = how.count("added"), how.count("removed")
    worst = f"{LABELS.get(diff.rank, diff.rank)}: " if diff.rank else ""
    yield f"### Manifests: {worst}{headline(diff.before, diff.after, len(how) - added - removed, added, removed)}"
    yield ""
    yield f"{code(diff.base)} to {code(diff.new)}"
    if not diff.groups:
        return
    yield from ("", "| risk | jobs | what |", "|---|---|---|")
    for rank in RANKS:
        rows = [row for group in diff.groups for row in group.rows if row.rank == rank]
        if rows:
            kinds = list(dict.fromkeys(KINDS[row.kind].words for row in rows))
            more = f", and {len(kinds) - KINDS_SHOWN} more" if len(kinds) > KINDS_SHOWN else ""
            jobs = {job for row in rows for variant in row.variants for job in variant.jobs}
            yield f"| {LABELS.get(rank, rank)} | {len(jobs):,} | {plain(', '.join(kinds[:KINDS_SHOWN]))}{more} |"


def _group(group: Group) -> Iterator[str]:
    opened = " open" if group.rank == "breaking" else ""
    yield f"<details{opened}><summary>{_heading(group)}</summary>"
    yield ""
    shown = told_rows(group)
    if group.cause.kind != "jobs":
        yield from ("| where | old | new | what |", "|---|---|---|---|")
        for row in shown[:ROWS]:
            yield _row(row, len(group.jobs))
        if len(shown) > ROWS:
            yield f"| ... and {len(shown) - ROWS:,} more | | | |"
        yield ""
    rest = [row for row in group.rows if row not in shown]
    if rest:
        yield f"And what follows: {plain(followers(rest))}."
        yield ""
    yield f"{'Job' if len(group.jobs) == 1 else 'Jobs'}: {_names(group.jobs)}"
    yield ""
    yield "</details>"


def _heading(group: Group) -> str:
    """HTML: no Markdown is read inside a summary."""
    words, name = cause_of(group)
    states, state, serials = state_of(group)
    rank = "<b>breaking</b>" if group.rank == "breaking" else LABELS.get(group.rank, group.rank)
    parts = [words] if words else []
    parts += [_html(name)] if name else []
    parts += [f"of {states or _html(state)}"] if states or state else []
    told = " ".join(parts) + (f", {serials}" if serials else "")
    return f"{rank}: {told}" + ("" if group.cause.kind == "jobs" else f": {jobs_of(len(group.jobs))}")


def _row(row: Row, jobs: int) -> str:
    old, new = pair_of(row, row.variants[0])
    said = plain(words_of(row)) + _setters(*setters_of(row))
    if len(row.variants) > 1:
        said += f"; {len(row.variants):,} different, this one in {cell(row.variants[0].jobs[0])}"
    if row.jobs < jobs:
        said += f"; in {row.jobs:,} of them"
    return f"| {cell(path_of(row))} | {cell(old) if old else ''} | {cell(new) if new else ''} | {said} |"


def _setters(old: str, new: str) -> str:
    if old and new and old != new:
        return f"; set by {cell(old)}, now by {cell(new)}"
    return f"; set by {cell(new)}" if new else f"; was set by {cell(old)}" if old else ""


def _names(jobs: Sequence[str]) -> str:
    rest = f" and {len(jobs) - NAMES:,} more" if len(jobs) > NAMES else ""
    return ", ".join(code(job) for job in jobs[:NAMES]) + rest


def _cut(groups: Sequence[Group], command: str) -> str:
    if not groups:
        return ""
    jobs = len({job for group in groups for job in group.jobs})
    more = "1 more cause" if len(groups) == 1 else f"{len(groups):,} more causes"
    return f"\n{more}, in {jobs_of(jobs)}, did not fit here: `{command}` shows them.\n"


def code(text: str) -> str:
    """A code span: nothing inside is read as Markdown or HTML, and no one is mentioned."""
    line = " ".join(safe(text).split("\n"))
    longest = max((len(run) for run in TICKS.findall(line)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if line[:1] in "` " or line[-1:] in "` " else ""
    return f"{fence}{pad}{line}{pad}{fence}" if line.strip() else "` `"


def cell(text: str) -> str:
    """A code span in a table, where a bar would end the cell in spite of it."""
    return code(text).replace("|", "\\|")


def plain(text: str) -> str:
    """Words of our own: a bar is the only thing in them that a table could mistake."""
    return text.replace("|", "\\|")


def _html(text: str) -> str:
    return f"<code>{html.escape(safe(text))}</code>"
