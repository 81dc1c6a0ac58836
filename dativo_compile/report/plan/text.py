"""Plans on a terminal: which outputs they change, what manifests become, and what nobody knows yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dativo_compile.model.unknown import WORDS
from dativo_compile.report.diff import text
from dativo_compile.report.diff.text import one_line
from dativo_compile.report.diff.values import jobs_of
from dativo_compile.report.paint import Paint
from dativo_compile.report.plan.words import (
    ANEW,
    CHECKED,
    SIGNS,
    headline,
    left_out,
    mapped,
    names,
    others,
    outputs_of,
    pair_of,
)
from dativo_compile.review.planned import Moved, Preview, Reach
from dativo_compile.terraform.plans.plan import Plan

ROWS, FIELDS, NAMES = 12, 6, 3  # how many are shown


def render(preview: Preview, paint: Paint) -> str:
    """Empty where nothing was compared."""
    if preview.diff is None:
        return ""
    parts = ["\n".join(_plan(preview, plan, paint)) for plan in preview.plans]
    if preview.diff.after and any(plan.changes for plan in preview.plans):
        parts.append(text.render(preview.diff, paint).rstrip("\n"))
    for words in WORDS.values():
        told = [reach for reach in preview.unknown if reach.words == words]
        parts += ["\n".join(_unknown(told, preview, paint))] if told else []
    parts += [one_line(left_out(preview, NAMES))] if preview.left else []
    return "\n\n".join(parts) + "\n"


def _plan(preview: Preview, plan: Plan, paint: Paint) -> Iterator[str]:
    yield paint("bold", one_line(f"{plan.location}: {headline(plan)}"))
    told, rest = mapped(preview, plan)
    for moved in told[:ROWS]:
        yield one_line(f"  {SIGNS.get(moved.how, '~')} {_moved(moved)}")
    if len(told) > ROWS:
        yield f"  ... and {len(told) - ROWS:,} more; `--format json` has them all"
    if rest:
        yield f"  {'and ' if told else ''}{others(preview, rest)}"


def _moved(moved: Moved) -> str:
    old, new, said = pair_of(moved)
    value = said or " -> ".join(side for side in (old, new) if side)
    anew = f"; {ANEW}: {names(moved.secrets, NAMES)}" if moved.secrets else ""
    return f"{moved.output}: {value} ({jobs_of(len(moved.jobs))}){anew}"


def _unknown(told: Sequence[Reach], preview: Preview, paint: Paint) -> Iterator[str]:
    """Where they go: which field in which job is told by the other formats."""
    jobs = {job_id for reach in told for job_id in reach.jobs}
    words = told[0].words.strip("()")
    yield paint("bold", words) + f": {outputs_of(len(told))} in {jobs_of(len(jobs))}; {CHECKED}"
    for reach in told[:ROWS]:
        of = f" of {reach.plan}" if len(preview.plans) > 1 else ""
        yield one_line(f"  {reach.output}{of} in {names(reach.jobs, NAMES)}")
        yield one_line(f"    {names([field.path for field in reach.fields], FIELDS)}")
    if len(told) > ROWS:
        yield f"  ... and {outputs_of(len(told) - ROWS)} more; `--format json` has them all"
