"""A text as HCL writes it."""

from __future__ import annotations

import re

ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
TEMPLATE = re.compile(r"([$%])(?=\{)")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")


def quoted(text: str) -> str:
    """In quotes, so that nothing in it is a template."""
    inner = "".join(ESCAPES.get(sign, sign) for sign in TEMPLATE.sub(r"\1\1", text))
    return '"' + CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", inner) + '"'
