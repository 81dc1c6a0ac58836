"""Tokens as blocks and attributes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from dativo_compile.terraform.hcl.expressions import CLOSING, check
from dativo_compile.terraform.hcl.literals import text_of
from dativo_compile.terraform.hcl.tokens import DEEPEST, HclError, Token, tokens_of


@dataclass(frozen=True, slots=True)
class Attribute:
    """`tokens` are those of its expression; newlines are left only inside brackets."""

    name: Token
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """`labels` are their tokens; `names` their texts."""

    kind: Token
    labels: tuple[Token, ...]
    attributes: dict[str, Attribute] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(text_of(label) for label in self.labels)


def blocks_of(text: str, wanted: Callable[[str], bool]) -> list[Block]:
    """The top-level blocks whose kind is wanted; of the others only brackets are checked. Raises `HclError`."""
    cursor = _Cursor(tokens_of(text))
    found: list[Block] = []
    while True:
        cursor.skip_newlines()
        token = cursor.next()
        if token.kind == "end":
            return found
        if token.kind != "ident":
            raise HclError.on(f"a block was expected here, not {_said(token)}", token)
        block = _header(token, cursor)
        if not wanted(token.text):
            cursor.skip_to_close(cursor.before)
            cursor.end_of_line()
            continue
        _body(block, cursor, 1)
        found.append(block)


class _Cursor:
    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0

    @property
    def peek(self) -> Token:
        return self.tokens[self.at]

    @property
    def before(self) -> Token:
        return self.tokens[self.at - 1]

    def next(self) -> Token:
        token = self.tokens[self.at]
        self.at = min(self.at + 1, len(self.tokens) - 1)
        return token

    def skip_newlines(self) -> None:
        while self.peek.kind == "newline":
            self.at += 1

    def skip_to_close(self, opening: Token) -> None:
        """After the bracket that closes `opening`, which was just taken."""
        opened = [opening]
        while opened:
            token = self.next()
            if token.kind in ("{", "[", "("):
                opened.append(token)
                if len(opened) > DEEPEST:
                    raise HclError.on("nested too deeply", token)
            elif token.kind in ("}", "]", ")"):
                if CLOSING[opened[-1].kind] != token.kind:
                    raise HclError.on(f"`{token.kind}` does not close `{opened[-1].kind}`", token)
                opened.pop()
            elif token.kind == "end":
                raise HclError.on(f"`{opened[-1].kind}` is never closed", opened[-1])

    def end_of_line(self) -> None:
        if self.peek.kind not in ("newline", "end"):
            raise HclError.on(f"a new line was expected here, not {_said(self.peek)}", self.peek)


def _header(kind: Token, cursor: _Cursor) -> Block:
    """Labels and the opening brace, which is taken."""
    labels: list[Token] = []
    while True:
        token = cursor.next()
        if token.kind == "{":
            return Block(kind, tuple(labels))
        if token.kind in ("ident", "string"):
            labels.append(token)
        elif token.kind == "newline":
            raise HclError.on(f"the `{{` of a block has to stand on the line of `{kind.text}`", kind)
        elif token.kind == "=" and not labels:
            raise HclError.on(f"the argument `{kind.text}` stands outside of any block", kind)
        else:
            raise HclError.on(f"a label or `{{` was expected here, not {_said(token)}", token)


def _body(block: Block, cursor: _Cursor, depth: int) -> None:
    """Everything up to the closing brace, which is taken."""
    opening = cursor.before
    if depth > DEEPEST:
        raise HclError.on("nested too deeply", opening)
    while True:
        cursor.skip_newlines()
        token = cursor.next()
        if token.kind == "}":
            return cursor.end_of_line() if depth == 1 else None
        if token.kind == "end":
            raise HclError.on("`{` is never closed", opening)
        if token.kind != "ident":
            raise HclError.on(f"an argument or a block was expected here, not {_said(token)}", token)
        if cursor.peek.kind == "=":
            cursor.next()
            _attribute(block, token, cursor)
        else:
            inner = _header(token, cursor)
            _body(inner, cursor, depth + 1)
            block.blocks.append(inner)


def _attribute(block: Block, name: Token, cursor: _Cursor) -> None:
    first = cursor.at
    while cursor.peek.kind not in ("newline", "end", "}"):
        token = cursor.next()
        if token.kind in ("{", "[", "("):
            cursor.skip_to_close(token)
    tokens = tuple(cursor.tokens[first : cursor.at])
    check(tokens, cursor.peek)
    if name.text in block.attributes:
        raise HclError.on(f"`{name.text}` is written twice", name)
    block.attributes[name.text] = Attribute(name, tokens)


def _said(token: Token) -> str:
    named = {"newline": "the end of the line", "end": "the end of the file", "string": "a text", "number": "a number"}
    return named.get(token.kind) or ("a heredoc" if token.kind == "heredoc" else f"`{token.text}`")
