"""What moved in the lock, for a screen or a program."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import groupby

from dativo_compile.report.cells import safe
from dativo_compile.report.paint import Paint
from dativo_compile.review.moves import Move

LONGEST = 80  # characters of a value
SIGNS = {"added": "+", "removed": "-"}


def render(moved: Sequence[Move], paint: Paint) -> str:
    """A heading for each state, a line for each output."""
    if not moved:
        return "no output has moved\n"
    lines = []
    for key, group in groupby(moved, key=lambda move: move.key):
        rows = list(group)
        whole = [move.how for move in rows if not move.name]
        lines.append(paint("bold", safe(key)) + (f" ({whole[0]})" if whole else ""))
        lines += [f"  {SIGNS.get(move.how, '~')} {safe(_line(move))}" for move in rows if move.name]
    return "\n".join(lines) + "\n"


def render_json(moved: Sequence[Move]) -> str:
    """One object a line."""
    return "".join(json.dumps(_shape(move), ensure_ascii=False) + "\n" for move in moved)


def _line(move: Move) -> str:
    name = f"({move.name})" if move.about else move.name
    if move.how == "changed":
        return f"{name}: {_text(move.old)} -> {_text(move.new)}"
    if move.how == "type changed":
        return f"{name}: changed type, {_text(move.old)} -> {_text(move.new)}"
    if move.how in ("added", "removed"):
        value = move.new if move.how == "added" else move.old
        return name if value is None else f"{name}: {_text(value)}"
    return f"{name}: is {move.how}"


def _text(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return text if len(text) <= LONGEST else text[: LONGEST - 3] + "..."


def _shape(move: Move) -> dict[str, object]:
    what = {"field" if move.about else "output": move.name} if move.name else {}
    return {"state": move.key, **what, "change": move.how, "old": move.old, "new": move.new}
