"""Type constraints of variables, and whether a value fits one, by Terraform's conversions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dativo_compile.terraform.hcl.literals import text_of
from dativo_compile.terraform.hcl.tokens import HclError, Token

SIMPLE = ("string", "number", "bool", "any")
COLLECTIONS = ("list", "set", "map")
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")


@dataclass(frozen=True, slots=True)
class Type:
    """`inner` is the element of a collection, or the elements of a tuple; `members` and `optional` are an object's."""

    kind: str
    inner: tuple[Type, ...] = ()
    members: Mapping[str, Type] = field(default_factory=dict)
    optional: frozenset[str] = frozenset()

    def __str__(self) -> str:
        """As a person writes it."""
        if self.kind == "object":
            return "object({" + ", ".join(f"{k} = {self._member(k)}" for k in self.members) + "})"
        if self.kind == "tuple":
            return "tuple([" + ", ".join(map(str, self.inner)) + "])"
        return f"{self.kind}({self.inner[0]})" if self.inner else self.kind

    def _member(self, name: str) -> str:
        return f"optional({self.members[name]})" if name in self.optional else str(self.members[name])


ANY = Type("any")


def type_of(tokens: Sequence[Token]) -> Type:
    """Raises `HclError`."""
    reader = _Reader([token for token in tokens if token.kind != "newline"])
    found = reader.type()
    if reader.at < len(reader.tokens):
        raise HclError.on("this is no type", reader.tokens[reader.at])
    return found


class _Reader:
    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0

    def _take(self, *kinds: str) -> Token:
        if self.at >= len(self.tokens):
            raise HclError.on("this is no type", self.tokens[-1])
        token = self.tokens[self.at]
        if token.kind not in kinds:
            raise HclError.on("this is no type", token)
        self.at += 1
        return token

    def _next_is(self, kind: str) -> bool:
        if self.at < len(self.tokens) and self.tokens[self.at].kind == kind:
            self.at += 1
            return True
        return False

    def type(self) -> Type:
        token = self._take("ident", "string")  # `type = "string"` is how Terraform 0.11 wrote it
        name = text_of(token)
        if name in SIMPLE:
            return Type(name)
        if name not in (*COLLECTIONS, "object", "tuple") or (name in ("object", "tuple") and token.kind == "string"):
            raise HclError.on(f"there is no type `{name}`", token)
        if name in COLLECTIONS and not (self.at < len(self.tokens) and self.tokens[self.at].kind == "("):
            return Type(name, (ANY,))
        self._take("(")
        found = self._object() if name == "object" else self._tuple() if name == "tuple" else Type(name, (self.type(),))
        self._take(")")
        return found

    def _tuple(self) -> Type:
        self._take("[")
        inner: list[Type] = []
        while not self._next_is("]"):
            inner.append(self.type())
            if not self._next_is(","):
                self._take("]")
                break
        return Type("tuple", tuple(inner))

    def _object(self) -> Type:
        self._take("{")
        members: dict[str, Type] = {}
        optional: set[str] = set()
        while not self._next_is("}"):
            name = text_of(self._take("ident", "string"))
            self._take("=", ":")
            if self.tokens[self.at : self.at + 1] and self.tokens[self.at].text == "optional":
                self.at += 1
                members[name] = self._optional()
                optional.add(name)
            else:
                members[name] = self.type()
            self._next_is(",")
        return Type("object", (), members, frozenset(optional))

    def _optional(self) -> Type:
        """The type inside of `optional(...)`; a default after it is stepped over."""
        self._take("(")
        found = self.type()
        depth = 1
        while depth:
            if self.at >= len(self.tokens):
                raise HclError.on("this is no type", self.tokens[-1])
            kind = self.tokens[self.at].kind
            depth += (kind in ("(", "[", "{")) - (kind in (")", "]", "}"))
            self.at += 1
        return found


def misfit(value: Any, wanted: Type, path: str = "") -> str | None:
    """What does not fit, in words that show no value; absent if all of it can be converted."""
    if value is None or wanted.kind == "any":
        return None
    if wanted.kind in ("string", "number", "bool"):
        return None if _converts(value, wanted.kind) else f"{_at(path)}{_a(wanted.kind)} is wanted, not {kind(value)}"
    if wanted.kind in ("list", "set", "tuple"):
        return _sequence(value, wanted, path)
    if not isinstance(value, dict):
        return f"{_at(path)}{_a(wanted.kind)} is wanted, not {kind(value)}"
    if wanted.kind == "map":
        inner = wanted.inner[0]
        return next((f for k, v in value.items() if (f := misfit(v, inner, _join(path, k)))), None)
    missing = [name for name in wanted.members if name not in value and name not in wanted.optional]
    if missing:
        return f"{_at(path)}the attribute `{missing[0]}` is missing"
    named = ((k, t) for k, t in wanted.members.items() if k in value)
    return next((f for k, t in named if (f := misfit(value[k], t, _join(path, k)))), None)


def _sequence(value: Any, wanted: Type, path: str) -> str | None:
    if not isinstance(value, list):
        return f"{_at(path)}{_a(wanted.kind)} is wanted, not {kind(value)}"
    if wanted.kind == "tuple" and len(value) != len(wanted.inner):
        return f"{_at(path)}{len(wanted.inner)} elements are wanted, not {len(value)}"
    inner = wanted.inner if wanted.kind == "tuple" else wanted.inner * len(value)
    pairs = enumerate(zip(value, inner, strict=True))
    return next((f for at, (v, t) in pairs if (f := misfit(v, t, f"{path}[{at}]"))), None)


def _converts(value: Any, kind: str) -> bool:
    if isinstance(value, list | dict):
        return False
    if kind == "string":
        return True
    if kind == "number":
        return not isinstance(value, bool) and (not isinstance(value, str) or bool(NUMBER.fullmatch(value)))
    return isinstance(value, bool) or value in ("true", "false")


def kind(value: Any) -> str:
    if isinstance(value, bool):
        return "a bool"
    kinds = {str: "a string", dict: "an object", list: "a list", type(None): "null"}
    return kinds.get(type(value), "a number")


def _a(kind: str) -> str:
    return f"{'an' if kind == 'object' else 'a'} {kind}"


def _at(path: str) -> str:
    return f"at `{path}` " if path else ""


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else str(name)
