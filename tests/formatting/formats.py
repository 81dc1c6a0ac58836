"""Text in, formatted text out, for tests."""

from __future__ import annotations

from dativo_compile.formatting.text import Source, formatted
from dativo_compile.yaml.reader import Marks, read


def formatted_text(text: str, kind: str = "job") -> str:
    data = text.encode("utf-8")
    value, marks = read(data, Marks("job"))
    return formatted(kind, Source(data, value, marks)).decode("utf-8")
