"""The story of a value, for a screen or a program."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from dativo_compile.report.cells import safe
from dativo_compile.report.mask import unsecret
from dativo_compile.report.paint import Paint
from dativo_compile.report.text import Printer, TextOf
from dativo_compile.review.why import Step, Story

LONGEST = 100  # characters of a value
HIDDEN = "(not shown)"
ROLES = {
    "job": "the job", "source": "the source connector", "target": "the target connector", "asset": "the asset",
    "project": "the project",
}  # fmt: skip


def render(told: Sequence[Story], text_of: TextOf, paint: Paint) -> str:
    """A value with its chain; of several, one line each."""
    if len(told) == 1:
        return _chain(told[0], Printer(text_of, paint), paint)
    width = max(len(story.path) for story in told)
    return "".join(f"{story.path.ljust(width)}  {_value(story.won)}  {_brief(story)}\n" for story in told)


def render_json(told: Sequence[Story]) -> str:
    """One object a line, one line a leaf."""
    return "".join(json.dumps(_shape(story), ensure_ascii=False) + "\n" for story in told)


def _chain(story: Story, printer: Printer, paint: Paint) -> str:
    lines = [f"{paint('bold', story.path)} = {_value(story.won)}", f"  from {_source(story.won, story.state)}"]
    if story.won.place:
        gutter = len(str(story.won.place.line))
        lines += printer.excerpt(story.won.place, gutter, "^", "help", "")
    if story.beat:
        lines.append("  it beat")
        rows = [(_value(step), _source(step, story.state), _where(step)) for step in story.beat]
        wide, middle = (max(len(row[n]) for row in rows) for n in (0, 1))
        lines += [f"    {a.ljust(wide)}  {b.ljust(middle)}  {c}".rstrip() for a, b, c in rows]
    else:
        lines.append("  it beat nothing: no other place gives this value")
    return "\n".join(lines) + "\n"


def _brief(story: Story) -> str:
    won = story.won
    what = "" if won.kind == "file" else f"{won.kind} `{safe(won.name)}`"
    beat = f"beat {len(story.beat)}" if story.beat else ""
    return ", ".join(part for part in (what, _where(won), beat) if part)


def _source(step: Step, state: dict[str, Any] | None) -> str:
    if step.kind == "file":
        return ROLES.get(step.role, step.role)
    if step.kind == "rule":
        return f"the rule `{step.name}`"
    if state is None:
        return f"the output `{step.name}`"
    serial = f" (serial {state['serial']})" if state.get("serial") is not None else ""
    lock = f", as {state['lock']} has it" if state.get("lock") else ""
    return safe(f"the output `{step.name}` of {state['location']}{serial}{lock}, mapped here")


def _where(step: Step) -> str:
    return safe(f"{step.place.file}:{step.place.line}:{step.place.column}") if step.place else ""


def _value(step: Step) -> str:
    if step.hidden:
        return HIDDEN
    text = safe(json.dumps(unsecret(step.value), ensure_ascii=False))
    return text if len(text) <= LONGEST else text[: LONGEST - 3] + "..."


def _shape(story: Story) -> dict[str, Any]:
    return {
        "job": story.job_id,
        "path": story.path,
        **_step_shape(story.won, story.state),
        "beat": [_step_shape(step, story.state) for step in story.beat],
    }


def _step_shape(step: Step, state: dict[str, Any] | None) -> dict[str, Any]:
    place = step.place
    shape: dict[str, Any] = {"value": None if step.hidden else unsecret(step.value), "kind": step.kind}
    if step.hidden:
        shape["hidden"] = True
    if step.kind == "output":
        shape |= {"output": step.name, "state": state}
    if step.kind == "rule":
        shape["rule"] = step.name
    else:
        shape |= {"role": step.role, "file": place and place.file, "line": place and place.line}
        shape["column"] = place and place.column
    return shape
