"""Plans as a comment on a pull request of the infrastructure: never too long to be posted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dativo_compile.diagnostics.diagnostic import Diagnostic
from dativo_compile.model.unknown import WORDS
from dativo_compile.report.diff import markdown
from dativo_compile.report.diff.markdown import LIMIT, cell, code
from dativo_compile.report.diff.values import jobs_of
from dativo_compile.report.plan.words import ANEW, CHECKED, headline, mapped, others, outputs_of, pair_of
from dativo_compile.review.planned import Moved, Preview, Reach
from dativo_compile.terraform.plans.plan import Plan

MARK = "<!-- dativo plan -->"  # by which a later run finds its own comment
ROWS, NAMES, ERRORS = 30, 10, 20  # how many are shown


def render(preview: Preview, limit: int = LIMIT) -> str:
    """At most `limit` characters; what is cut is counted."""
    head = "\n".join(_head(preview)) + "\n"
    tail = "".join(f"\n{line}\n" for line in _tail(preview))
    if not preview.diff or not preview.diff.after:
        return head + tail
    room = limit - len(head) - len(tail) - 1
    return f"{head}\n{markdown.render(preview.diff, room, mark='', command='dativo plan')}{tail}"


def _head(preview: Preview) -> Iterator[str]:
    yield MARK
    if preview.diff is None:
        yield "### Terraform plan: nothing was compared"
    errors = [each for each in preview.diagnostics if each.severity == "error"]
    rest = [each for each in preview.diagnostics if each.severity == "warning"]
    if errors or rest:
        yield from ("", *(_finding(each) for each in (*errors, *rest)[:ERRORS]))
    if len(errors) + len(rest) > ERRORS:
        yield f"- ... and {len(errors) + len(rest) - ERRORS:,} more"
    for plan in preview.plans if preview.diff is not None else ():
        yield from _plan(preview, plan)


def _finding(found: Diagnostic) -> str:
    where = f" at {code(f'{found.place.file}:{found.place.line}')}" if found.place else ""
    jobs = next((f"; {code(note)}" for note in found.notes if note.startswith("needed by ")), "")
    return f"- {found.severity} {found.code.id}{where}: {code(found.message)}{jobs}"


def _plan(preview: Preview, plan: Plan) -> Iterator[str]:
    yield from ("", f"### {code(plan.location)}: {headline(plan)}")
    told, rest = mapped(preview, plan)
    if told:
        yield from ("", "| output | now | after apply | jobs |", "|---|---|---|---|")
        yield from (_row(moved) for moved in told[:ROWS])
    if len(told) > ROWS:
        yield f"| ... and {len(told) - ROWS:,} more | | | |"
    if rest:
        yield from ("", f"{'And ' if told else ''}{others(preview, rest)}.")


def _row(moved: Moved) -> str:
    old, new, said = pair_of(moved)
    anew = f"; {ANEW}: {', '.join(cell(name) for name in moved.secrets[:NAMES])}" if moved.secrets else ""
    shown = [cell(side) if side else "" for side in (old, new)] if not said else ["", said + anew]
    return f"| {cell(moved.output)} | {shown[0]} | {shown[1]} | {len(moved.jobs):,} |"


def _tail(preview: Preview) -> Iterator[str]:
    for words in WORDS.values():
        told = [reach for reach in preview.unknown if reach.words == words]
        if told:
            yield "\n".join(_unknown(words, told))
    if preview.left:
        yield f"{jobs_of(len(preview.left))} with errors not compared: {_names(preview.left)}"


def _unknown(words: str, told: Sequence[Reach]) -> Iterator[str]:
    jobs = {job_id for reach in told for job_id in reach.jobs}
    yield f"<details><summary>{words.strip('()')}: {outputs_of(len(told))} in {jobs_of(len(jobs))}</summary>"
    yield ""
    yield f"{CHECKED[:1].upper()}{CHECKED[1:]}."
    yield from ("", "| output | where | jobs |", "|---|---|---|")
    rows = [(reach, field) for reach in told for field in reach.fields]
    for reach, field in rows[:ROWS]:
        yield f"| {cell(reach.output)} | {cell(field.path)} | {len(field.jobs):,} |"
    if len(rows) > ROWS:
        yield f"| ... and {len(rows) - ROWS:,} more | | |"
    yield from ("", "</details>")


def _names(jobs: tuple[str, ...]) -> str:
    more = f" and {len(jobs) - NAMES:,} more" if len(jobs) > NAMES else ""
    return ", ".join(code(job) for job in jobs[:NAMES]) + more
