"""A preview of plans for programs, complete. schemas/plan.schema.json"""

from __future__ import annotations

import json
from typing import Any

from dativo_compile.canonical import dumps
from dativo_compile.report import json as lines
from dativo_compile.report.diff.json import shape_of
from dativo_compile.review.planned import Moved, Preview, Reach

VERSION = 1


def render(preview: Preview) -> str:
    """One object; keys sorted, two spaces, integers exact at any size."""
    shape: dict[str, Any] = {
        "plan_version": VERSION,
        "plans": [{"file": plan.location, "complete": not plan.incomplete} for plan in preview.plans],
        "outputs": [_moved(moved) for moved in preview.moved],
        "unknown": [_reach(reach) for reach in preview.unknown],
        "not_compared": list(preview.left),
        "diagnostics": [json.loads(each) for each in lines.render(preview.diagnostics).splitlines()],
        "diff": shape_of(preview.diff) if preview.diff is not None else None,
    }
    return dumps(shape).decode()


def _moved(moved: Moved) -> dict[str, Any]:
    shape: dict[str, Any] = {
        "plan": moved.plan, "output": moved.output, "change": moved.how, "old": moved.old, "new": moved.new,
        "jobs": list(moved.jobs),
    }  # fmt: skip
    if moved.hidden:
        shape["hidden"] = True
    if moved.secrets:
        shape["secrets"] = list(moved.secrets)
    return shape


def _reach(reach: Reach) -> dict[str, Any]:
    return {
        "plan": reach.plan,
        "output": reach.output,
        "shown_as": reach.words,
        "fields": [{"path": field.path, "jobs": list(field.jobs)} for field in reach.fields],
    }
