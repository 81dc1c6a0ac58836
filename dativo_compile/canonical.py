"""Canonical JSON: the one way a value becomes the bytes of a manifest, an index or a lock.

UTF-8, sorted keys, two-space indent, final newline; integers exact at any size.
"""

from __future__ import annotations

from typing import Any

import orjson

PRETTY = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE
COMPACT = orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE
LARGEST = 2**64
SMALLEST = -(2**63)


def dumps(value: Any, option: int = PRETTY) -> bytes:
    """Raises TypeError for what is no plain JSON value: nothing is ever converted in silence."""
    try:
        return orjson.dumps(value, option=option)
    except TypeError:
        return orjson.dumps(_with_fragments(value), option=option)


def _with_fragments(value: Any) -> Any:
    """A copy in which integers beyond 64 bits are digits as they are."""
    if isinstance(value, dict):
        return {k: _with_fragments(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_with_fragments(v) for v in value]
    if type(value) is int and not SMALLEST <= value < LARGEST:
        return orjson.Fragment(str(value))
    return value
