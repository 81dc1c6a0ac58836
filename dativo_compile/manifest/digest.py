"""The digest of a manifest, from its bytes alone: no JSON is read."""

from __future__ import annotations

import hashlib
import re

LINE = re.compile(rb'\n  "digest": "sha256:([0-9a-f]{64})"')
ZEROS = b"0" * 64


def said(data: bytes) -> str:
    """The digest that a manifest says it has, as the index writes it; empty if it says none."""
    found = LINE.search(data)
    return f"sha256:{found[1].decode()}" if found else ""


def fits(data: bytes) -> bool:
    """Whether the bytes are those that the digest was made of."""
    found = LINE.search(data)
    if found is None:
        return False
    start, end = found.span(1)
    return hashlib.sha256(data[:start] + ZEROS + data[end:]).hexdigest().encode() == found[1]
