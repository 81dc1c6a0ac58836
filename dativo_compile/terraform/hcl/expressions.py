"""Whether tokens have the form of an expression: operands and operators take turns, brackets match.

Names are not looked up and types not checked: that is Terraform's.
"""

from __future__ import annotations

from collections.abc import Sequence

from dativo_compile.terraform.hcl.tokens import HclError, Token

CLOSING = {"{": "}", "[": "]", "(": ")"}
OPERANDS = frozenset({"ident", "number", "string", "heredoc"})
UNARY = frozenset({"-", "!"})


def check(tokens: Sequence[Token], after: Token) -> None:
    """`after` is the token that ends the expression. Raises `HclError`."""
    opened: list[str] = []  # brackets; "for" above the bracket of a `for` expression
    wanted = True  # whether an operand must come
    before = last = Token("=", "=", after.at)  # `last` is no newline
    for token in tokens:
        kind = token.kind
        if kind == "newline":
            wanted = wanted or opened[-1:] == ["{"]
        elif kind == "ident" and token.text == "for" and last.kind in ("[", "{"):
            opened.append("for")
        elif kind == "ident" and token.text in ("in", "if") and opened[-1:] == ["for"] and not wanted:
            wanted = True
        elif kind in OPERANDS or (kind == "*" and before.kind in (".", "[")):
            if not wanted:
                raise HclError.on("an operator or a new line was expected here", token)
            wanted = False
        elif kind in CLOSING:
            if not wanted and kind == "{":
                raise HclError.on("an operator or a new line was expected here", token)
            opened.append(kind)
            wanted = True
        elif kind in CLOSING.values():
            if wanted and before.kind not in (*CLOSING, ",", "newline"):
                raise HclError.on(f"a value was expected before `{kind}`", token)
            if not opened:
                raise HclError.on(f"`{kind}` closes nothing", token)
            if opened.pop() == "for":
                opened.pop()
            wanted = False
        elif (wanted and kind not in UNARY) or (kind == "=" and opened[-1:] != ["{"]):
            raise HclError.on(f"a value was expected here, not `{token.text}`", token)
        else:
            wanted = kind != "..."
        if kind != "newline" or before.kind not in (".", "="):
            before = token
        last = last if kind == "newline" else token
    if wanted:
        raise HclError.on("a value was expected here", after)
