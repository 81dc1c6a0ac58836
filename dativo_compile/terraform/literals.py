"""Literal settings in HCL: what a `backend` block may hold, which has no expressions.

A whole HCL parser takes longer to load than a compile; these blocks are read before any is needed.
"""

from __future__ import annotations

import json
import re
from typing import Any

TOKEN = re.compile(
    r'\s*(?:(?P<text>"(?:\\.|[^"\\\n])*")|(?P<word>[A-Za-z_][\w-]*)|(?P<number>-?\d+(?:\.\d+)?)|(?P<mark>[{}\[\]=:,]))'
)
DEEPEST = 10
NOT_LITERAL = object()


def block(text: str, start: int) -> dict[str, Any]:
    """The settings from just after a block's `{`; those that are no literals are left out, as if not written."""
    return _Reader(text, start).body(0)


class _Reader:
    """`at` is where the next token begins."""

    def __init__(self, text: str, at: int) -> None:
        self._text = text
        self._at = at

    def _next(self) -> tuple[str, str]:
        found = TOKEN.match(self._text, self._at)
        if found is None:
            rest = self._text[self._at :]
            self._at += len(rest) - len(rest.lstrip()) + 1
            return ("end", "") if self._at > len(self._text) else ("other", "")
        self._at = found.end()
        kind = str(found.lastgroup)
        return kind, found[kind]

    def _peek(self) -> str:
        before = self._at
        _, value = self._next()
        self._at = before
        return value

    def body(self, depth: int) -> dict[str, Any]:
        """Settings (`name = value`, `name: value`) and blocks (`name {`), up to the `}` that ends them."""
        found: dict[str, Any] = {}
        while True:
            kind, value = self._next()
            if kind == "end" or value == "}":
                return found
            if kind not in ("word", "text"):
                continue
            name = value if kind == "word" else _string(value)
            if self._peek() == "{":
                self._next()
                inner = self.body(depth + 1)
                if depth < DEEPEST:
                    found[str(name)] = inner
            elif self._peek() in ("=", ":"):
                self._next()
                value = self._value(depth + 1)
                if value is not NOT_LITERAL and depth < DEEPEST:
                    found[str(name)] = value

    def _value(self, depth: int) -> Any:
        kind, value = self._next()
        if value == "{":
            return self.body(depth)
        if value == "[":
            return self._list(depth)
        if kind == "text":
            return _string(value)
        if kind == "number":
            return json.loads(value) if not value.startswith(("00", "-00")) else value
        return {"true": True, "false": False, "null": None}.get(value, NOT_LITERAL)

    def _list(self, depth: int) -> Any:
        found = []
        while self._peek() not in ("]", "}", "") and depth < DEEPEST:
            value = self._value(depth + 1)
            if value is not NOT_LITERAL:
                found.append(value)
            if self._peek() == ",":
                self._next()
        self._next()
        return found


def _string(text: str) -> Any:
    """A quoted text; one with a template is no literal."""
    if "${" in text.replace("$${", "") or "%{" in text.replace("%%{", ""):
        return NOT_LITERAL
    try:
        return json.loads(text).replace("$${", "${").replace("%%{", "%{")
    except ValueError:
        return NOT_LITERAL
