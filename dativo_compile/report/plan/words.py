"""Plans in words; how they are made harmless is the format's own business."""

from __future__ import annotations

from collections.abc import Sequence

from dativo_compile.model.unknown import WORDS
from dativo_compile.report.diff.values import HIDDEN, jobs_of, text_of
from dativo_compile.review.planned import Moved, Preview
from dativo_compile.terraform.plans.plan import Plan

SIGNS = {"added": "+", "removed": "-"}
CLOSED = {
    "added": "sensitive", "removed": "sensitive", "changed": "sensitive, its value changes",
    "now sensitive": "sensitive from now on", "no longer sensitive": "no longer sensitive",
}  # fmt: skip
ANEW = "the secret store needs its value"
CHECKED = "no rule was asked about them: the next compile does, once the plan is applied"


def outputs_of(count: int) -> str:
    return "1 output" if count == 1 else f"{count:,} outputs"


def headline(plan: Plan) -> str:
    count = len(plan.changes)
    if not count:
        return "no output changes: nothing moves"
    return f"{outputs_of(count)} {'changes' if count == 1 else 'change'}"


def mapped(preview: Preview, plan: Plan) -> tuple[list[Moved], int]:
    """The moved outputs that a job maps, those of most jobs first; and how many others there are."""
    own = [each for each in preview.moved if each.plan == plan.location]
    told = sorted((each for each in own if each.jobs), key=lambda each: (-len(each.jobs), each.output))
    return told, len(own) - len(told)


def others(preview: Preview, count: int) -> str:
    """The outputs that are not told; what jobs with errors map is not known."""
    return f"{count:,} that no {'compared ' if preview.left else ''}job maps"


def pair_of(moved: Moved) -> tuple[str, str, str]:
    """Old and new value, empty text for a side that is not there; or words where no value may be told."""
    if moved.how not in ("added", "removed", "changed"):
        return "", "", CLOSED[moved.how]
    sides = {"added": (False, True), "removed": (True, False)}.get(moved.how, (True, True))
    if moved.hidden and moved.old is None and moved.new is None:
        return "", "", CLOSED[moved.how]
    old, new = (_text(value) if there else "" for value, there in zip((moved.old, moved.new), sides, strict=True))
    return old, new, ""


def _text(value: object) -> str:
    """Words that stand for what is unknown are no text to be quoted."""
    if value is None:
        return HIDDEN
    return str(value) if value in WORDS.values() else text_of(value)


def names(jobs: Sequence[str], most: int) -> str:
    return ", ".join(jobs[:most]) + (f" and {len(jobs) - most:,} more" if len(jobs) > most else "")


def left_out(preview: Preview, most: int) -> str:
    if not preview.left:
        return ""
    return f"{jobs_of(len(preview.left))} with errors not compared: {names(preview.left, most)}"
