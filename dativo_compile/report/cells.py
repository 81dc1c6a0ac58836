"""Text on a terminal: how wide it is, and what must not reach one."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

TAB = 4
WIDEST = 110  # columns of an excerpt
BREAKS = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # as libyaml counts lines
# Controls, and marks that change the order of what is shown: a terminal must not obey a file.
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
CUT = "..."


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of a line that is shown or cut as a whole; `width` in terminal columns."""

    text: str
    width: int
    marked: bool


def safe(text: str) -> str:
    return UNSAFE.sub("\ufffd", text)


def width_of(character: str) -> int:
    if character < "\u0300":
        return 1
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def cells_of(line: str, start: int, end: int, hidden: list[tuple[int, int]]) -> list[Cell]:
    """The line in cells; those of characters `start` up to `end` are marked, `hidden` ranges show as `***`."""
    cells: list[Cell] = []
    column = at = 0
    ranges = merged(hidden)
    while at < len(line):
        if ranges and at >= ranges[0][0]:
            low, high = ranges.pop(0)
            cells.append(Cell("***", 3, start < high and low < end))
            column += 3
            at = high
            continue
        character = line[at]
        if character == "\t":
            cell = Cell(" " * (TAB - column % TAB), TAB - column % TAB, start <= at < end)
        else:
            cell = Cell(safe(character), width_of(character), start <= at < end)
        cells.append(cell)
        column += cell.width
        at += 1
    return cells


def merged(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges in order, those that touch joined, empty ones dropped."""
    out: list[tuple[int, int]] = []
    for low, high in sorted(r for r in ranges if r[0] < r[1]):
        if out and low <= out[-1][1]:
            out[-1] = (out[-1][0], max(high, out[-1][1]))
        else:
            out.append((low, high))
    return out


def shown(cells: list[Cell]) -> tuple[str, int, int]:
    """The text of a line, the column where its marked part starts and how wide that is.

    A line that is too wide is cut to a window that starts a little before the marked part.
    """
    total = sum(c.width for c in cells)
    first = next((i for i, c in enumerate(cells) if c.marked), len(cells))
    if total <= WIDEST:
        return _window(cells, first, "", "")
    before = sum(c.width for c in cells[:first])
    marked = sum(c.width for c in cells if c.marked)
    low = 0
    if before + marked > WIDEST - 10:
        room = max(10, (WIDEST - marked) // 2)
        low, left = first, 0
        while low > 0 and left + cells[low - 1].width <= room:
            low -= 1
            left += cells[low].width
    high, taken = low, 0
    while high < len(cells) and taken + cells[high].width <= WIDEST:
        taken += cells[high].width
        high += 1
    return _window(cells[low:high], first - low, CUT if low else "", CUT if high < len(cells) else "")


def _window(cells: list[Cell], first: int, lead: str, tail: str) -> tuple[str, int, int]:
    offset = len(lead) + sum(c.width for c in cells[:first])
    marked = sum(c.width for c in cells if c.marked)
    return lead + "".join(c.text for c in cells) + tail, offset, marked
