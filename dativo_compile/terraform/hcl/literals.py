"""Values that are written out in HCL: no reference, no call, no interpolation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from dativo_compile.terraform.hcl.tokens import Token

ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
ESCAPED = re.compile(r'\\(?:([nrt"\\])|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))|\$\$\{|%%\{')
DYNAMIC = re.compile(r"(?<!\$)\$\{|(?<!%)%\{")
WORDS = {"true": True, "false": False, "null": None}


class NotLiteral(Exception):
    """The value is known only to Terraform."""


def text_of(token: Token) -> str:
    """The text of a label or a quoted template; interpolations stay as they are written."""
    if token.kind == "string":
        return ESCAPED.sub(_character, token.text[1:-1])
    return token.text


def literal(tokens: Sequence[Token]) -> Any:
    """The value of an expression. Raises `NotLiteral`."""
    reader = _Reader([token for token in tokens if token.kind != "newline"])
    value = reader.value()
    if reader.kind:
        raise NotLiteral
    return value


class _Reader:
    """Newlines mean nothing to it: the form was checked, and `a = 1` needs no comma to end."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0

    @property
    def kind(self) -> str:
        return self.tokens[self.at].kind if self.at < len(self.tokens) else ""

    def take(self) -> Token:
        if not self.kind:
            raise NotLiteral
        self.at += 1
        return self.tokens[self.at - 1]

    def value(self) -> Any:
        token = self.take()
        if token.kind == "string" and not DYNAMIC.search(token.text):
            return text_of(token)
        if token.kind == "heredoc" and not DYNAMIC.search(token.text):
            return _heredoc(token.text)
        if token.kind == "ident" and token.text in WORDS:
            return WORDS[token.text]
        if token.kind in ("number", "-"):
            number = token if token.kind == "number" else self.take()
            return (1 if number is token else -1) * _number(number)
        if token.kind == "[":
            return self._list()
        if token.kind == "{":
            return self._object()
        raise NotLiteral

    def _list(self) -> list[Any]:
        found: list[Any] = []
        while self.kind != "]":
            found.append(self.value())
            if self.kind not in (",", "]"):
                raise NotLiteral
            if self.kind == ",":
                self.take()
        self.take()
        return found

    def _object(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while self.kind != "}":
            name = self.take()
            if name.kind not in ("ident", "string", "number") or DYNAMIC.search(name.text):
                raise NotLiteral
            if self.take().kind not in ("=", ":"):
                raise NotLiteral
            found[text_of(name)] = self.value()
            if self.kind == ",":
                self.take()
        self.take()
        return found


def _number(token: Token) -> int | float:
    if token.kind != "number":
        raise NotLiteral
    return int(token.text) if token.text.isdigit() and len(token.text) <= 4000 else float(token.text)


def _heredoc(text: str) -> str:
    lines = text.splitlines(keepends=True)[1:-1]
    if text.startswith("<<-"):
        margin = min((len(line) - len(line.lstrip(" \t")) for line in lines if line.strip()), default=0)
        lines = [line[margin:] if line.strip() else line.lstrip(" \t") for line in lines]
    return "".join(lines).replace("$${", "${").replace("%%{", "%{")


def _character(match: re.Match[str]) -> str:
    if match[1]:
        return ESCAPES[match[1]]
    number = match[2] or match[3]
    if number is None:
        return match[0][1:]
    code = int(number, 16)
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
