"""libyaml's complaints in plain words, at the place that is to be mended, with a cure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dativo_compile.yaml.fault import YamlFault

UNCLOSED = "{char} is never closed"
CLOSE = "close it, or put it in quotes if it is part of a text"
QUOTED = "put the text in quotes"


@dataclass(frozen=True, slots=True)
class Complaint:
    """`at_start` puts the fault where the faulty part begins, else it is where reading ended.

    `note` says what is at the beginning, if that is worth showing too. {char} is the character at the place.
    """

    message: str
    help: str
    note: str = ""
    at_start: bool = False


LINE_OUT_OF_PLACE = Complaint(
    "this line does not stand in the column of the keys around it",
    "indent it like the keys of the mapping that it belongs to",
    "the mapping starts here",
)
AFTER_A_VALUE = Complaint("{char} cannot follow a value", "put all of the value in quotes, or begin a new line")
EMPTY_KEY = Complaint("a key is empty", "write a name before the colon")
NO_ELEMENT = Complaint(
    "this line is no element of the list above it",
    "start it with `- `, or indent it like the key that it belongs to",
    "the list starts here",
)
BAD_ESCAPE = Complaint(
    "a backslash in double quotes starts an escape, and this is none", "double it, or use single quotes"
)
# A part of what libyaml says; PyYAML's own parser, which stands in for it, uses nearly the same words.
COMPLAINTS: tuple[tuple[str, Complaint], ...] = (
    (
        "mapping values are not allowed",
        Complaint(
            "a `: ` cannot stand here",
            f"{QUOTED} if the colon is part of it; else mend the indentation of this line or the one above",
        ),
    ),
    (
        "sequence entries are not allowed",
        Complaint("a list cannot start here", "start it on a line of its own, below its key"),
    ),
    (
        "could not find expected ':'",
        Complaint("this line is no `key: value`", "write a `: ` after the key, or quote a text of several lines",
            at_start=True),
    ),
    (
        "',' or '}'",
        Complaint("a `,` or `}}` was expected here", "close the `{{`, or put a comma between its entries",
            "opened here"),
    ),
    (
        "',' or ']'",
        Complaint("a `,` or `]` was expected here", "close the `[`, or put a comma between its elements",
            "opened here"),
    ),
    (
        "cannot start any token",
        Complaint("{char} cannot start a value", QUOTED),
    ),
    (" a directive", Complaint("{char} cannot start a line", QUOTED, at_start=True)),
    (
        "alphabetic or numeric character",
        Complaint("{char} at the start of a value needs the name of an anchor", QUOTED, at_start=True),
    ),
    ("unknown escape character", BAD_ESCAPE),
    ("hexdecimal", BAD_ESCAPE),
    ("hexadecimal", BAD_ESCAPE),
    (" tag", Complaint("{char} starts a tag that cannot be read", f"remove it, or {QUOTED}", at_start=True)),
    (
        "node content",
        Complaint("a value was expected here, not {char}", f"write the value, or {QUOTED} if this is one"),
    ),
    (
        "comment or ",
        Complaint("nothing can follow `|` or `>` on its line", "start the text on the next line", "it is here"),
    ),
    (
        "<document start>",
        Complaint("there is more text after the end of the document", "remove the line `...`"),
    ),
)  # fmt: skip


def complaint(error: Any, lines: list[str]) -> YamlFault:
    """The fault for a `MarkedYAMLError` in these lines of text."""
    mark = error.problem_mark or error.context_mark
    begin = error.context_mark if error.problem_mark is not None else None
    line, column = (mark.line, mark.column) if mark else (0, 0)
    at_end = not any(text.strip() for text in (_row(lines, line)[column:], *lines[line + 1 :]))
    known = _known(error, before=_row(lines, line)[:column], char=_row(lines, line)[column : column + 1])
    if begin is not None and at_end and (" flow " in error.context or "quoted" in error.context):
        known = Complaint(
            UNCLOSED, CLOSE if " flow " in error.context else "close it with the same quote", at_start=True
        )
    if begin is not None and known.at_start:
        line, column, begin = begin.line, begin.column, None
    if begin is not None and (begin.line, begin.column) == (line, column):
        begin = None
    other = (begin.line, begin.column, 1) if begin is not None and known.note else None
    row = _row(lines, line)
    char = "a backtick" if row[column : column + 1] == "`" else f"`{row[column : column + 1]}`"
    length = max(1, len(row.rstrip()) - column) if known.at_start and "{char}" not in known.message else 1
    return YamlFault(
        "syntax", known.message.format(char=char), line, column,
        length=length, help=known.help.format(), other=other, note=known.note,
    )  # fmt: skip


def _known(error: Any, before: str, char: str) -> Complaint:
    problem = str(error.problem or error.context or "this is not YAML")
    context = str(error.context or "")
    if "block mapping" in context and not before.strip():
        return EMPTY_KEY if char == ":" else LINE_OUT_OF_PLACE
    if "block mapping" in context:
        return AFTER_A_VALUE
    if "block collection" in context:
        return AFTER_A_VALUE if before.strip() else NO_ELEMENT
    text = f"{problem} {context}".rstrip()
    for part, found in COMPLAINTS:
        if part in text:
            return found
    return Complaint(text.replace("{", "{{").replace("}", "}}"), "", "it began here")


def _row(lines: list[str], line: int) -> str:
    return lines[line] if line < len(lines) else ""
