"""Colour by plain ANSI codes, where a person looks at a terminal."""

from __future__ import annotations

import os
from typing import TextIO

CODES = {"error": "1;31", "warning": "1;33", "note": "1;36", "bold": "1", "frame": "1;34", "help": "1;32"}


class Paint:
    """Wraps text in a colour, or leaves it."""

    def __init__(self, on: bool = False) -> None:
        self.on = on

    def __call__(self, colour: str, text: str) -> str:
        return f"\033[{CODES[colour]}m{text}\033[0m" if self.on and text else text


def paint_for(stream: TextIO | None) -> Paint:
    """https://no-color.org: any value but an empty one turns colour off."""
    off = os.environ.get("NO_COLOR", "") != "" or os.environ.get("TERM") == "dumb"
    return Paint(not off and stream is not None and stream.isatty())
