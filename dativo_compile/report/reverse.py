"""What an output feeds, or a file sets, for a screen or a program."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from dativo_compile.report.cells import safe
from dativo_compile.report.diff.values import HIDDEN, jobs_of, text_of
from dativo_compile.report.paint import Paint
from dativo_compile.review.feeds import Fed
from dativo_compile.review.reverse import Reversed

ALL, ROWS, VARIANTS, NAMES = 40, 24, 3, 3  # how many are shown: fields in all, of a block; of a field, of a line
Variant = tuple[str, str]  # a value, and where it is from


@dataclass(slots=True)
class Row:
    """A field over all jobs, with the jobs of each value that it has."""

    path: str
    variants: dict[Variant, list[str]] = field(default_factory=dict)

    @property
    def jobs(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(job for jobs in self.variants.values() for job in jobs))


def render(found: Reversed, paint: Paint, *, output: bool) -> str:
    """Fields of the same jobs stand together; where something is left out, how much."""
    if not found.feeds:
        return "" if found.failed else _nothing(found, output=output)
    rows: dict[str, Row] = {}
    for each in found.feeds:
        row = rows.setdefault(each.path, Row(each.path))
        row.variants.setdefault((_value(each), _where(each, found.asked)), []).append(each.job_id)
    blocks: dict[frozenset[str], list[Row]] = {}
    for row in rows.values():
        blocks.setdefault(frozenset(row.jobs), []).append(row)
    jobs = len({each.job_id for each in found.feeds})
    verb = f"the output `{found.asked}` feeds" if output else f"{found.asked} {_verb(found)}"
    lines = [paint("bold", safe(f"{verb} {_fields(len(rows))} of {jobs_of(jobs)}"))]
    ordered = sorted(blocks.items(), key=lambda block: (-len(block[0]), sorted(block[0])[0]))
    room = ALL
    while ordered and room > 0:
        names, block = ordered.pop(0)
        lines += ["", *_block(sorted(names), block)]
        room -= min(len(block), ROWS)
    if ordered:
        rest = {job for names, _ in ordered for job in names}
        fields = sum(len(block) for _, block in ordered)
        lines += ["", f"... and {_fields(fields, more=True)}, of {jobs_of(len(rest))}; `--format json` has them all"]
    return "\n".join(lines) + "\n"


def _verb(found: Reversed) -> str:
    return "feeds" if found.feeds[0].origin.output else "sets"  # a state has outputs, another file has lines


def _nothing(found: Reversed, *, output: bool) -> str:
    if output:
        return safe(f"{jobs_of(found.reading)} map the output, and no field has `{found.asked}`\n")
    return safe(f"{jobs_of(found.reading)} may read {found.asked}, and no value in a manifest comes from it\n")


def _block(names: Sequence[str], rows: Sequence[Row]) -> Iterator[str]:
    yield safe(f"{jobs_of(len(names))}: {_names(names)}")
    shown = rows[:ROWS]
    width = max(len(row.path) for row in shown)
    for row in shown:
        yield from (safe(line) for line in _row(row, width))
    if len(rows) > ROWS:
        yield f"  ... and {_fields(len(rows) - ROWS, more=True)}; `--format json` has them all"


def _row(row: Row, width: int) -> Iterator[str]:
    ordered = sorted(row.variants.items(), key=lambda variant: (-len(variant[1]), variant[0]))
    path = row.path.ljust(width)
    if len(ordered) > VARIANTS:
        (value, where), jobs = ordered[0]
        yield f"  {path}  {len(ordered):,} different, such as {value} in {jobs[0]} ({where})"
        return
    for (value, where), jobs in ordered:
        yield f"  {path}  {value}  ({where})" + (f" in {_names(jobs)}" if len(ordered) > 1 else "")
        path = " " * width


def _value(found: Fed) -> str:
    return HIDDEN if found.hidden and found.value is None else text_of(found.value)


def _where(found: Fed, asked: str) -> str:
    """`line 6`, or the state of an output, and which part of it was mapped."""
    origin = found.origin
    if not origin.output:
        return f"line {origin.line}"
    state = found.state or {}
    serial = f", serial {state['serial']}" if state.get("serial") is not None else ""
    location = str(state.get("location", ""))
    parts = [f"`{origin.output}`"] if origin.output != asked else []
    parts += [f"{location}{serial}"] if location != asked else []
    return " of ".join(parts)


def _names(jobs: Sequence[str]) -> str:
    rest = f" and {len(jobs) - NAMES:,} more" if len(jobs) > NAMES else ""
    return ", ".join(jobs[:NAMES]) + rest


def _fields(count: int, *, more: bool = False) -> str:
    word = "more " if more else ""
    return f"1 {word}field" if count == 1 else f"{count:,} {word}fields"


def render_json(found: Reversed) -> str:
    """One object a line, one line a field of a job."""
    return "".join(json.dumps(_shape(each), ensure_ascii=False) + "\n" for each in found.feeds)


def _shape(found: Fed) -> dict[str, Any]:
    """With the keys that a line of `dativo why JOB PATH` has."""
    origin = found.origin
    shape: dict[str, Any] = {"job": found.job_id, "path": found.path, "value": found.value}
    shape["kind"] = "output" if origin.output else "file"
    if found.hidden:
        shape["hidden"] = True
    if origin.output:
        shape |= {"output": origin.output, "state": found.state}
    return shape | {"role": origin.role, "file": found.file, "line": origin.line, "column": origin.column}
