"""What the compiler says, in the formats people and machines read; nothing here decides anything."""

from __future__ import annotations

from dativo_compile.report import json, text

# Listed by hand: a format is a function (diagnostics) -> text for standard output.
FORMATS = {"json": json.render}
NAMES = (text.NAME, *FORMATS)
