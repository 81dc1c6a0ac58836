"""Blanks that nobody sees: at the ends of lines, in rows of empty lines, and at the end of the file."""

from __future__ import annotations

import re

from dativo_compile.formatting.layout import Layout

HEADER = re.compile(r"([|>][0-9]?)([+-]?)")


def ended(layout: Layout) -> str:
    """The text with a line break at its end. A block scalar that had none must not gain one: `|` becomes `|-`."""
    text = layout.text
    if text.endswith("\n"):
        return text
    newline = "\r\n" if "\r\n" in text else "\n"
    last = layout.scalars[-1] if layout.scalars else None
    if last is not None and last.style in ("|", ">") and not text[last.end :].strip():
        found = HEADER.search(text, last.start)
        if found is not None:
            text = f"{text[: found.start(2)]}-{text[found.end(2) :]}"
    return text + newline


def tidied(layout: Layout) -> str:
    """The text, which ends in a line break; what belongs to a scalar stays."""
    out: list[str] = []
    offset = 0
    free = 0  # lines at the end of `out` that are blank and outside of scalars
    for line in layout.text.split("\n")[:-1]:
        offset += len(line) + 1
        if layout.inside(offset - 1):
            out.append(line)
            free = 0
            continue
        kept = line.rstrip(" \t\r") + ("\r" if line.endswith("\r") else "")
        if kept.strip():
            out.append(kept)
            free = 0
        elif out and not free:
            out.append(kept)
            free = 1
    return "".join(f"{line}\n" for line in (out[:-1] if free else out))
