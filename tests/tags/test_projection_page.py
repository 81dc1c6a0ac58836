"""The tables of docs/TAG_PROPAGATION.md are what the projections do."""

from __future__ import annotations

import re
from pathlib import Path

from dativo_compile.tags.projections import PROJECTIONS, STYLES, project, styled

PAGE = (Path(__file__).resolve().parents[2] / "docs/TAG_PROPAGATION.md").read_text("utf-8")


def table(head: str) -> list[list[str]]:
    """The rows below the one that begins so, each cut into its cells."""
    _, _, after = PAGE.partition(f"\n| {head} |")
    rows = re.match(r"[^\n]*\n\|[-|]+\|\n((?:\|[^\n]*\n)+)", after)
    assert rows is not None
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[1].splitlines()]


def quoted(cell: str) -> list[str]:
    return re.findall(r"`([^`]*)`", cell)


def test_every_example_is_what_is_sent() -> None:
    rows = table("Destination | Tag | What is sent")
    for destination, tag, sent in rows:
        key, text = quoted(tag)
        made = project(PROJECTIONS[quoted(destination)[0]], {key: text})
        assert [part for pair in made.tags.items() for part in pair] == quoted(sent)
        assert made.faults == ()
    assert {quoted(row[0])[0] for row in rows} == PROJECTIONS.keys() - {"azure_storage"}


def test_every_style_is_as_the_table_says() -> None:
    rows = table("Key | `camel` | `snake` | `dotted` | `plain`")
    assert rows
    for key, *ways in rows:
        assert [styled(quoted(key)[0], style) for style in STYLES] == [quoted(way)[0] for way in ways]


def test_every_limit_is_in_the_table() -> None:
    rows = {quoted(row[0])[0]: row[1:] for row in table("Destination | What it is")}
    assert rows.keys() == PROJECTIONS.keys()
    for name, (_, key, text, most, source) in rows.items():
        projection = PROJECTIONS[name]
        for measure in projection.limits.measures:
            assert f"{measure.key} {measure.unit}" in key
            assert f"{measure.value} {measure.unit}" in text
        assert most == str(projection.limits.most or "")
        assert f"]({projection.source})" in source
