"""Types of sensitive outputs: the lock records a type in place of a value, and a shape comes back from it."""

from __future__ import annotations

from typing import Any

from dativo_compile.model.output import Output, Sensitive

PLAIN = ("string", "number", "bool")
LISTS = ("list", "set", "tuple")
OBJECTS = ("map", "object")


class Every(dict[str | int, Sensitive]):
    """The parts of a list or map: how many there are, and their names, no type tells; any step leads to one shape."""

    __slots__ = ("shape", "steps")

    def __init__(self, steps: tuple[type, ...], shape: Sensitive) -> None:
        super().__init__()
        self.steps = steps
        self.shape = shape

    def __contains__(self, step: object) -> bool:
        return type(step) in self.steps

    def __missing__(self, step: str | int) -> Sensitive:
        return self.shape

    def __bool__(self) -> bool:
        return True


def _unknown() -> Sensitive:
    shape = Sensitive("unknown")
    shape.parts = Every((str, int), shape)
    return shape


UNKNOWN = _unknown()


def shape_of(kind: Any) -> Sensitive:
    """The shape that a type tells of; what it leaves open is taken to be there."""
    if kind in PLAIN:
        return Sensitive(kind)
    if kind in LISTS or kind in OBJECTS:  # state version 3 says no more
        return _every(kind, UNKNOWN)
    if type(kind) is not list:
        return UNKNOWN
    name, inner = kind[0], kind[1]
    if name == "object":
        return Sensitive("object", {key: shape_of(part) for key, part in inner.items()})
    if name == "tuple":
        return Sensitive("list", {index: shape_of(part) for index, part in enumerate(inner)})
    return _every(name, shape_of(inner))


def _every(name: str, inner: Sensitive) -> Sensitive:
    step, kind = (int, "list") if name in LISTS else (str, "object")
    return Sensitive(kind, Every((step,), inner))


def type_of(output: Output) -> Any:
    """Terraform's type; that of the shape of a sensitive output which has none; else absent."""
    if is_type(output.type):
        return output.type
    return _type_of(output.value) if output.sensitive else None


def _type_of(shape: Sensitive) -> Any:
    if shape.kind == "object":
        return ["object", {str(name): _type_of(part) for name, part in shape.parts.items()}]
    if shape.kind == "list":
        return ["tuple", [_type_of(part) for part in shape.parts.values()]]
    return shape.kind if shape.kind in PLAIN else "dynamic"


def is_type(kind: Any) -> bool:
    """Whether this is a type in the JSON notation of Terraform, as new states or as old ones have it."""
    if type(kind) is str:
        return kind in PLAIN or kind in LISTS or kind in OBJECTS or kind == "dynamic"
    if type(kind) is not list or len(kind) < 2 or len(kind) > 3:
        return False
    name, inner, *optional = kind
    if name == "object":
        names_only = all(type(part) is list and all(type(n) is str for n in part) for part in optional)
        return names_only and type(inner) is dict and all(map(is_type, inner.values()))
    if optional:
        return False
    if name == "tuple":
        return type(inner) is list and all(map(is_type, inner))
    return name in ("list", "set", "map") and is_type(inner)
