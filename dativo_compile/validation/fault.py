"""One way in which a value breaks its schema."""

from __future__ import annotations

from dataclasses import dataclass, field

from dativo_compile.diagnostics.code import Code

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """`path` leads to the value, or for an unknown key to that key; for a missing key to what lacks it.

    `at_key` says that the key, not its value, is the place. Of an unknown key, `meant` is the known key
    that it nearly is, and `misplaced` says that it is known elsewhere. `instead` are the text that is there and
    the one to write; `quotes` is what a text must look like for quotes around it to be all that it needs.
    """

    path: Path
    code: Code
    fields: dict[str, str]
    notes: tuple[str, ...] = ()
    help: str = ""
    at_key: bool = field(default=False)
    meant: str = ""
    misplaced: bool = False
    instead: tuple[str, str] | None = None
    quotes: str = ""

    @property
    def message(self) -> str:
        return self.code.message.format(**self.fields)
