"""What a reader says of text it refuses."""

from __future__ import annotations


class YamlFault(Exception):
    """Why the text cannot be read; lines and columns count from 0, and a length of 0 is the file as a whole.

    `kind` names the diagnostic; `other` is a second place (a first duplicate key) as line, column and
    length, and `note` says what it is; `key` is the key that a duplicate repeats. `quotes` would mend it.
    """

    def __init__(
        self,
        kind: str,
        message: str,
        line: int = 0,
        column: int = 0,
        *,
        length: int = 1,
        help: str = "",
        other: tuple[int, int, int] | None = None,
        note: str = "",
        key: str = "",
        quotes: bool = False,
    ) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.line = line
        self.column = column
        self.length = length
        self.help = help
        self.other = other
        self.note = note
        self.key = key
        self.quotes = quotes
