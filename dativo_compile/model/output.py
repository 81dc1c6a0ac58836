"""Terraform outputs. A sensitive value is forgotten where it is read; only its shape is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

from dativo_compile.model.resource import Resource


class Sensitive:
    """The shape of a value that must not be known: members and elements, never a leaf.

    `kind` is "string", "number", "bool", "null", "object" or "list"; `parts` maps member names or
    indexes to the shapes below. `empty` says that it was an empty string.
    """

    __slots__ = ("empty", "kind", "parts")

    def __init__(self, kind: str, parts: dict[str | int, Sensitive] | None = None, *, empty: bool = False) -> None:
        self.kind = kind
        self.parts = parts or {}
        self.empty = empty

    @classmethod
    def of(cls, value: Any) -> Sensitive:
        if isinstance(value, dict):
            return cls("object", {k: cls.of(v) for k, v in value.items()})
        if isinstance(value, list):
            return cls("list", {i: cls.of(v) for i, v in enumerate(value)})
        if value is None:
            return cls("null")
        if isinstance(value, bool):
            return cls("bool")
        return cls("string", empty=value == "") if isinstance(value, str) else cls("number")

    def __repr__(self) -> str:
        return "<sensitive>"

    __str__ = __repr__

    def __reduce__(self) -> NoReturn:
        raise TypeError("a sensitive value cannot be stored")


@dataclass(frozen=True, slots=True)
class Output:
    """A root output. `value` is plain JSON, or a `Sensitive`; `type` is Terraform's, where the format has it.

    `inexact` names the numbers (as written) that a double would change.
    """

    name: str
    value: Any
    type: Any = None
    inexact: tuple[str, ...] = ()

    @property
    def sensitive(self) -> bool:
        return type(self.value) is Sensitive


@dataclass(frozen=True, slots=True)
class State:
    """What one state says. `location` is for people: project-relative or a URL without credentials.

    `resources` are absent where they were not asked for, or the format has none.
    Of the state that a plan would leave: `removed` has the outputs that are gone then, and why; `unknown` are those of
    which a part is an `Unknown`. `past` is the state before a plan: the module on disk may be as it will be after it.
    """

    location: str
    outputs: dict[str, Output]
    serial: int | None = None
    lineage: str | None = None
    resources: tuple[Resource, ...] | None = None
    removed: Mapping[str, str] = field(default_factory=dict)
    unknown: frozenset[str] = frozenset()
    past: bool = False
