"""The text of an HCL file as tokens, each with its offset."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dativo_compile.model.place import Place

SKIPPED = re.compile(r"(?:[ \t]+|#[^\n]*|//[^\n]*|/\*.*?\*/)+", re.DOTALL)
IDENT = re.compile(r"[^\W\d][\w-]*")
NUMBER = re.compile(r"\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
NEWLINE = re.compile(r"\r?\n")
OPERATOR = re.compile(r"\.\.\.|=>|==|!=|<=|>=|&&|\|\||::|[{}\[\]()=,.:?+\-*/%<>!]")
HEREDOC = re.compile(r"<<-?([^\W\d][\w-]*)\r?\n")
QUOTED = re.compile(r'[^"\\$%\n{]+|\\.|\$\$\{|%%\{|[$%]\{|.', re.DOTALL)
INSIDE = re.compile(r'[^"{}#/<]+|#[^\n]*|//[^\n]*|/\*.*?\*/|.', re.DOTALL)
DEEPEST = 100  # levels of interpolation, of brackets, of blocks


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` is "ident", "number", "string", "heredoc", "newline", "end", or the operator's own text."""

    kind: str
    text: str
    at: int


class HclError(Exception):
    """`at` and `end` are offsets; the message quotes no more than one token, and no value."""

    def __init__(self, reason: str, at: int, end: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.at = at
        self.end = at + 1 if end is None else end

    @classmethod
    def on(cls, reason: str, token: Token) -> HclError:
        return cls(reason, token.at, token.at + len(token.text) if token.kind in ("ident", "string") else None)


def tokens_of(text: str) -> list[Token]:
    """Ends with an "end" token; comments are left out. Raises `HclError`."""
    found: list[Token] = []
    at, size = 0, len(text)
    while at < size:
        skipped = SKIPPED.match(text, at)
        if skipped:
            at = skipped.end()
            continue
        token = _token(text, at)
        found.append(token)
        at += len(token.text)
    found.append(Token("end", "", size))
    return found


def _token(text: str, at: int) -> Token:
    if text[at] == '"':
        return Token("string", text[at : _quoted_end(text, at, 0)], at)
    for kind, pattern in (("ident", IDENT), ("number", NUMBER), ("newline", NEWLINE)):
        match = pattern.match(text, at)
        if match:
            return Token(kind, match[0], at)
    heredoc = HEREDOC.match(text, at)
    if heredoc:
        return Token("heredoc", text[at : _heredoc_end(text, heredoc)], at)
    if text.startswith("/*", at):
        raise HclError("a comment is never closed", at, at + 2)
    operator = OPERATOR.match(text, at)
    if operator:
        return Token(operator[0], operator[0], at)
    raise HclError(f"`{text[at]}` means nothing here" if text[at].isprintable() else "a stray character", at)


def _quoted_end(text: str, at: int, depth: int) -> int:
    """Just after the closing quote of a template that opens at `at`."""
    here = at + 1
    while match := QUOTED.match(text, here):
        piece = match[0]
        here = match.end()
        if piece == '"':
            return here
        if piece in ("\n", "\\\n"):
            break
        if piece in ("${", "%{"):
            here = _interpolation_end(text, here, depth + 1)
    raise HclError("a text is never closed", at)


def _interpolation_end(text: str, at: int, depth: int) -> int:
    """Just after the `}` that closes what was opened before `at`."""
    if depth > DEEPEST:
        raise HclError("nested too deeply", at)
    here, braces = at, 1
    while match := INSIDE.match(text, here):
        piece = match[0]
        heredoc = HEREDOC.match(text, here) if piece == "<" else None
        if piece == '"':
            here = _quoted_end(text, here, depth + 1)
            continue
        here = match.end() if heredoc is None else _heredoc_end(text, heredoc)
        braces += (piece == "{") - (piece == "}")
        if not braces:
            return here
    raise HclError("an interpolation is never closed", at - 2, at)


def _heredoc_end(text: str, opening: re.Match[str]) -> int:
    """Just after the closing word, before its newline."""
    close = re.compile(rf"^[ \t]*{re.escape(opening[1])}(?=[ \t]*\r?$)", re.MULTILINE).search(text, opening.end())
    if close is None:
        raise HclError(f"the heredoc `{opening[1]}` is never closed", opening.start(), opening.end() - 1)
    return close.end()


def place(file: str, text: str, at: int, end: int) -> Place:
    """Offsets to lines and columns; an end on a later line is cut to one character."""
    line = text.count("\n", 0, at) + 1
    column = at - (text.rfind("\n", 0, at) + 1) + 1
    width = max(end - at, 1) if "\n" not in text[at:end] else 1
    return Place(file, line, column, line, column + width)
