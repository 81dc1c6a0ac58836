"""Values, places and causes of a difference in words; how they are made harmless is the format's own business."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from dativo_compile.review.diff.group import written
from dativo_compile.review.diff.kinds import KINDS
from dativo_compile.review.diff.model import Element, Group, Row, Variant

LONGEST = 64  # characters of a value
PLAIN = re.compile(r"[^\s\"'`,][^\"'`]*(?<!\s)")
HIDDEN = "a value that is not shown"
PLURAL = {"job": "job files", "connector": "connectors", "asset": "assets", "dativo.yaml": "projects"}
WHOLE = {
    "job-added": ("1 job is new", "{} jobs are new"),
    "job-removed": ("1 job is removed", "{} jobs are removed"),
    "unreadable": ("1 manifest is no JSON on one of the sides", "{} manifests are no JSON on one of the sides"),
}


def text_of(value: Any) -> str:
    """On one line, short: a column as its type, a reference as its address, other things as JSON."""
    text = _text(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 3] + "..."


def _text(value: Any) -> str:
    if type(value) is str:
        plain = PLAIN.fullmatch(value) and value.isprintable() and value not in ("true", "false", "null")
        return value if plain else _json(value)
    if type(value) is dict and "$ref" in value:
        said = str(value["$ref"])
        if "default" in value:
            said += f" (default {_json(value['default'])})"
        return said + " (optional)" if value.get("optional") else said
    if type(value) is dict and type(value.get("$concat")) is list:
        return "".join(part if type(part) is str else f"{{{_text(part)}}}" for part in value["$concat"])
    return _json(value)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def pair_of(row: Row, variant: Variant) -> tuple[str, str]:
    """Old and new value; empty text for the side that has none."""
    if row.how == "reordered":
        before, after = _moved(variant.old, variant.new)
        return ", ".join(before), ", ".join(after)
    old = "" if row.how == "added" else _shown(row, variant.old)
    return old, "" if row.how == "removed" else _shown(row, variant.new)


def _shown(row: Row, value: Any) -> str:
    return HIDDEN if row.hidden and value is None else _element(row, value)


def _moved(old: list[str], new: list[str]) -> tuple[list[str], list[str]]:
    """Two orders without what begins and ends them alike."""
    start, end = 0, 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return old[start : len(old) - end], new[start : len(new) - end]


def _element(row: Row, value: Any) -> str:
    """A column that came or went says what it is; its name stands in the path."""
    if row.steps[0] == "schema" and len(row.steps) == 2 and type(value) is dict:
        classes = value.get("classification", [])
        parts = [value.get("type"), "required" if value.get("required") is True else "", *_listed(classes)]
        return ", ".join(str(part) for part in parts if part)
    if row.steps and type(row.steps[-1]) is Element and type(value) is dict:
        name = row.steps[-1]
        return text_of({key: inner for key, inner in value.items() if (key, inner) != (name.key, name.value)})
    return text_of(value)


def _listed(value: Any) -> list[Any]:
    return value if type(value) is list else [value]


def path_of(row: Row) -> str:
    return written(row.steps)


def words_of(row: Row) -> str:
    """What the row means."""
    return KINDS[row.kind].words


def setters_of(row: Row) -> tuple[str, str]:
    """Who set old and new value, where that is the question: of tags and what shows them."""
    if row.steps[0] not in ("tags", "table_properties") or len(row.variants) > 1:
        return "", ""
    return row.variants[0].winners


def cause_of(group: Group) -> tuple[str, str]:
    """What caused a group: words, and the name that they lead to (`asset`, `assets/orders.yaml`)."""
    cause = group.cause
    match cause.kind:
        case "output":
            return "output", cause.name
        case "file" if not cause.name:
            same = all(len(row.variants) == 1 and row.jobs == len(group.jobs) for row in group.rows)
            return f"{'the same edit' if same else 'edits'} of {group.causes:,} {PLURAL[cause.role]}", ""
        case "file":
            return {"job": "job file", "dativo.yaml": ""}.get(cause.role, cause.role), cause.name
        case "stale":
            return "no source and no output changed: the older build is out of date, edited, or of another version", ""
        case "jobs":
            one, many = WHOLE[cause.name]
            return one if len(group.jobs) == 1 else many.format(f"{len(group.jobs):,}"), ""
        case _:
            return "cause not known", ""


def state_of(group: Group) -> tuple[str, str, str]:
    """Where an output was read from (words, or the name of a state), and its serials; empty for another cause."""
    cause = group.cause
    if cause.kind != "output":
        return "", "", ""
    if not cause.state:
        return f"{group.causes:,} states", "", ""
    old, new = cause.serials
    if old is not None and new is not None and old != new:
        return "", cause.state, f"serial {old} -> {new}"
    known = new if new is not None else old
    return "", cause.state, "" if known is None else f"serial {known}"


def jobs_of(count: int) -> str:
    return "1 job" if count == 1 else f"{count:,} jobs"


def told_rows(group: Group) -> list[Row]:
    """Without the echoes of other rows; a location is told all the same, since that is where one looks."""
    told = [row for row in group.rows if not row.follows or row.kind == "location"]
    return told or list(group.rows)


def followers(rows: Sequence[Row]) -> str:
    """What else changed only because the rest did: `3 table properties, the location`."""
    count: dict[str, int] = {}
    for row in rows:
        what = "table property" if row.steps[0] == "table_properties" else path_of(row).partition("[")[0]
        what = "references" if row.steps[0] == "references" else what
        count[what] = count.get(what, 0) + 1
    number = count.pop("table property", 0)
    properties = [f"{number} table properties" if number > 1 else "1 table property"] if number else []
    return ", ".join([*count, *properties])


def headline(before: int, after: int, changed: int, added: int, removed: int) -> str:
    """`8 of 120 jobs change, 1 is new, 2 are gone`"""
    if not (changed or added or removed):
        return f"no job changes ({jobs_of(after)})"
    parts = [f"{changed:,} of {jobs_of(before)} {'changes' if changed == 1 else 'change'}"] if changed else []
    parts += [f"{added:,} {'is' if added == 1 else 'are'} new"] if added else []
    parts += [f"{removed:,} {'is' if removed == 1 else 'are'} gone"] if removed else []
    return ", ".join(parts)
