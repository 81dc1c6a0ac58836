"""The table of jobs and tags: for a screen, a spreadsheet, a program, a page."""

from __future__ import annotations

import json
import re
from typing import Any

from dativo_compile.model.secrecy import secret_keys
from dativo_compile.report.cells import safe
from dativo_compile.report.mask import unsecret
from dativo_compile.report.paint import Paint
from dativo_compile.review.tagging.matrix import Group, Matrix, Row

MISSING = "(missing)"
HIDDEN = "(not shown)"
NONE = {"cost_center": "(no cost_center)", "tenant": "(no tenant)", "compliance": "(no regulation)"}
LISTED = 8
TICKS = re.compile("`+")
# Rich's simple box in ASCII: a line below the heading and between groups.
LINES = "    \n    \n -- \n    \n -- \n    \n    \n    \n"


def render(matrix: Matrix, paint: Paint, width: int | None = None) -> str:
    """`width` in columns; without one, as wide as it takes."""
    if not matrix.jobs:
        return "there are no jobs\n"
    return _table(matrix, paint, width) + "".join(f"{line}\n" for line in _foot(matrix))


def render_json(matrix: Matrix) -> str:
    """One object a line: a job in a group."""
    return "".join(
        json.dumps(_shape(matrix, group, row), ensure_ascii=False) + "\n"
        for group in matrix.groups
        for row in group.rows
    )


def render_csv(matrix: Matrix) -> str:
    """As RFC 4180 has it, but for line ends: values as they are, nothing for a missing tag, `""` for an empty text."""
    lines: list[list[str | None]] = [["group", "job", *matrix.keys]]
    for group in matrix.groups:
        lines += [[told(matrix.by, group.name), row.job_id, *_values(matrix, row)] for row in group.rows]
    return "".join(",".join(map(_field, line)) + "\n" for line in lines)


def render_markdown(matrix: Matrix) -> str:
    """One table; values are code, so that a page shows them and does nothing else with them."""
    head = [matrix.by, "job", *matrix.keys]
    lines = [[_code(name) for name in head], ["---"] * len(head)]
    for group in matrix.groups:
        for row in group.rows:
            name = told(matrix.by, group.name)
            lines.append([_code(name) if name is not None else NONE[matrix.by], _code(row.job_id)])
            lines[-1] += ["**missing**" if value is None else _code(value) for value in _values(matrix, row)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def told(key: str, value: str | None) -> str | None:
    """A value that may be shown: nothing of what stands under a key that holds secrets, nor of a URL's user."""
    return value if value is None else HIDDEN if secret_keys[key] else str(unsecret(value))


def _values(matrix: Matrix, row: Row) -> list[str | None]:
    return [told(key, row.tags.get(key)) for key in matrix.keys]


def _table(matrix: Matrix, paint: Paint, width: int | None) -> str:
    from io import StringIO

    from rich.box import Box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=Box(LINES, ascii=True), show_edge=False, pad_edge=False, header_style="bold")
    keys = [key for key in matrix.keys if not key == matrix.by == "cost_center"]  # it is the first column
    for name in (matrix.by, "job", *keys):
        table.add_column(Text(safe(name)), overflow="fold")
    for group in matrix.groups:
        head = told(matrix.by, group.name)
        names = [
            Text(NONE[matrix.by], "bold red") if head is None else _cell(head),
            *[Text("")] * (len(group.rows) - 1),
        ]
        for first, row in zip(names, group.rows, strict=True):
            cells = [_cell(told(key, row.tags.get(key))) for key in keys]
            table.add_row(first, _cell(row.job_id), *cells)
        table.add_section()
    out = StringIO()
    wide = width or 100_000
    console = Console(file=out, width=wide, color_system="standard" if paint.on else None, force_terminal=paint.on)
    console.print(table, soft_wrap=False)
    return "".join(line.rstrip() + "\n" for line in out.getvalue().splitlines())


def _cell(value: str | None) -> Any:
    from rich.text import Text

    return Text(MISSING, "bold red") if value is None else Text(safe(value).replace("\n", "\\n") or '""')


def _foot(matrix: Matrix) -> list[str]:
    """What the table cannot show at a glance."""
    missing = ", ".join(f"{safe(key)} in {count:,}" for key, count in matrix.missing)
    lines = [
        f"{matrix.jobs:,} job{'' if matrix.jobs == 1 else 's'}; "
        + (f"missing: {missing}" if missing else "none is missing")
    ]
    if matrix.further:
        names = [safe(key) for key, _ in matrix.further[:LISTED]]
        rest = f" and {len(matrix.further) - LISTED:,} more" if len(matrix.further) > LISTED else ""
        lines.append(f"further keys: {', '.join(names)}{rest} (`--key KEY` shows them)")
    return lines


def _shape(matrix: Matrix, group: Group, row: Row) -> dict[str, Any]:
    return {
        "by": matrix.by,
        "group": told(matrix.by, group.name),
        "job": row.job_id,
        "tenant_id": row.tenant,
        "environment": row.environment,
        "tags": dict(zip(matrix.keys, _values(matrix, row), strict=True)),
    }


def _field(value: str | None) -> str:
    if value is None:
        return ""
    plain = value and not any(sign in value for sign in ',"\r\n') and value == value.strip()
    return value if plain else '"' + value.replace('"', '""') + '"'


def _code(text: str) -> str:
    """A code span that no value can break out of."""
    text = safe(text).replace("\n", " ").replace("|", "\\|") or '""'
    ticks = max(map(len, TICKS.findall(text)), default=0)
    return f"`{text}`" if not ticks else f"{'`' * (ticks + 1)} {text} {'`' * (ticks + 1)}"
