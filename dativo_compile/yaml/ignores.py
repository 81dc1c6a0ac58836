"""The comments by which a line opts out of a warning: `# dativo: ignore[DC6004] the other system wants it twice`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from dativo_compile.diagnostics.diagnostic import Edit, Fix
from dativo_compile.model.place import Place
from dativo_compile.model.source import SourceFile
from dativo_compile.yaml.fixes import lines_of
from dativo_compile.yaml.spans import tree_of

MARKER = b"dativo: ignore["
COMMENT = re.compile(r"(?:^|(?<=\s))#\s*dativo: ignore\[([^\]\n]*)\]")
END = (1 << 62, 0)  # beyond any place
ONE_CODE = re.compile(r"[^\s,]+")


@dataclass(frozen=True, slots=True)
class Ignore:
    """One code in an ignore comment; `place` is the code's own, `reason` the text after the brackets.

    `removal` takes the code away, and the comment with its last one.
    """

    code: str
    place: Place
    reason: str = field(default="", compare=False)
    removal: Fix | None = field(default=None, compare=False)


def ignores_of(file: SourceFile) -> tuple[Ignore, ...]:
    """The opt-outs that stand in comments of a file, in order; cheap for a file without any."""
    if MARKER not in file.data:
        return ()
    scalars = _scalars(file)
    lines = lines_of(file)
    found: list[Ignore] = []
    for number, line in enumerate(lines, 1):
        comments = [one for one in COMMENT.finditer(line) if not _inside(scalars, (number, one.start() + 1))]
        ends = (*(one.start() for one in comments[1:]), len(line))
        for comment, end in zip(comments, ends, strict=False):
            found += _codes(file.name, number, comment, end, last=number == len(lines))
    return tuple(found)


def _codes(file: str, number: int, comment: re.Match[str], end: int, *, last: bool) -> Iterator[Ignore]:
    """`end` is where the comment's own text ends: with the line, or where another such comment begins."""
    line = comment.string
    codes = [code.span() for code in ONE_CODE.finditer(line, comment.start(1), comment.end(1))]
    reason = line[comment.end() : end].strip()
    for at, (low, high) in enumerate(codes):
        before = comment.start() if end < len(line) else len(line[: comment.start()].rstrip())
        cut = before, end
        if len(codes) > 1:
            cut = (low, codes[at + 1][0]) if at + 1 < len(codes) else (codes[at - 1][1], high)
        place = Place(file, number, cut[0] + 1, number, cut[1] + 1)
        if cut == (0, len(line)) and not last:
            place = Place(file, number, 1, number + 1, 1)  # a comment that has the line to itself
        removal = Fix("remove the comment" if len(codes) == 1 else "remove the code", (Edit(place, ""),))
        yield Ignore(line[low:high], Place(file, number, low + 1, number, high + 1), reason, removal)


def _inside(scalars: list[tuple[tuple[int, int], tuple[int, int]]], at: tuple[int, int]) -> bool:
    """Whether what looks like a comment is part of a text."""
    before = bisect_right(scalars, (at, END))
    return before > 0 and at < scalars[before - 1][1]


def _scalars(file: SourceFile) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Start and end of every scalar, in which a `#` is no comment, in order; none if the text cannot be read."""
    try:
        top = tree_of(file)
    except RecursionError:
        top = None
    found: list[tuple[tuple[int, int], tuple[int, int]]] = []
    seen: set[int] = set()
    waiting = [top] if top is not None else []
    while waiting:
        node = waiting.pop()
        if id(node.children) in seen:
            continue
        seen.add(id(node.children))
        if not node.children:
            found.append(((node.place.line, node.place.column), (node.place.end_line, node.place.end_column)))
        waiting += [*node.children.values(), *node.merges]
    return sorted(found)
