"""Tags that drifted, for a screen or a program."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from dativo_compile.report.cells import safe
from dativo_compile.report.matrix import told
from dativo_compile.report.paint import Paint
from dativo_compile.review.tagging.compare import Compared, Difference
from dativo_compile.review.tagging.drift import Drift

LONGEST = 60  # characters of a value


def render(drift: Drift, paint: Paint) -> str:
    """A heading for each resource or table that differs, a line for each tag, and what it comes to."""
    differing = [one for one in drift.compared if one.differences]
    blocks = ["".join(f"{line}\n" for line in _block(one, paint)) + "\n" for one in differing]
    return "".join(blocks) + "".join(f"{line}\n" for line in _closing(drift))


def render_json(drift: Drift) -> str:
    """One object a line: a tag of a resource or table."""
    return "".join(
        json.dumps(_shape(one, difference), ensure_ascii=False) + "\n"
        for one in drift.compared
        for difference in one.differences
    )


def _block(one: Compared, paint: Paint) -> list[str]:
    if one.kind == "table":
        lines = [paint("bold", safe(f"table {one.name}")) + safe(f" in {one.source}")]
    else:
        lines = [paint("bold", safe(one.name or one.address)) + safe(f" ({one.address} in {one.source})")]
    rows = [(row.key, _wanted(row), _real(row), _where(row)) for row in one.differences]
    widths = [max(len(row[n]) for row in rows) for n in range(3)]
    return lines + [safe("  ".join(["", *map(str.ljust, row, widths), row[3]])).rstrip() for row in rows]


def _wanted(row: Difference) -> str:
    return "not wanted any more" if row.wanted is None else f"wanted {_text(row.key, row.wanted)}"


def _real(row: Difference) -> str:
    return "is missing" if row.real is None else f"is {_text(row.key, row.real)}"


def _where(row: Difference) -> str:
    place = row.place
    return f"{place.file}:{place.line}:{place.column}" if place else ""


def _text(key: str, value: str) -> str:
    text = json.dumps(told(key, value), ensure_ascii=False)
    return text if len(text) <= LONGEST else text[: LONGEST - 3] + "..."


def _closing(drift: Drift) -> list[str]:
    tags = sum(len(one.differences) for one in drift.compared)
    counts = " and ".join(
        _counted(kind, [one for one in drift.compared if one.kind == kind])
        for kind in ("resource", "table")
        if any(one.kind == kind for one in drift.compared)
    )
    lines = [f"drift: {counts} differ, in {_many(tags, 'tag')}" if tags else f"no drift in {counts}"]
    if untold := sum(one.untold for one in drift.compared):
        lines.append(f"not compared, since sensitive in the state: {_many(untold, 'tag')}")
    lines += [
        f"the keys on {cloud} are in the style {style}: "
        f"`--style {style}`, or `tags: {{style: {{{cloud}: {style}}}}}` in dativo.yaml"
        for cloud, style in drift.better
    ]
    if drift.strangers:
        lines.append(f"no job here writes {safe(', '.join(drift.strangers))}")
    return lines


def _counted(kind: str, ones: Sequence[Compared]) -> str:
    differing = sum(bool(one.differences) for one in ones)
    return f"{differing:,} of {len(ones):,} {kind}s" if differing else _many(len(ones), kind)


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _shape(one: Compared, row: Difference) -> dict[str, Any]:
    place = row.place
    return {
        "kind": one.kind,
        "source": one.source,
        "name": one.name,
        "address": one.address or None,
        "key": row.key,
        "wanted": told(row.key, row.wanted),
        "real": told(row.key, row.real),
        "file": place and place.file,
        "line": place and place.line,
        "column": place and place.column,
    }
