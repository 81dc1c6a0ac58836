"""The value that a planned output would have: what the plan tells, and stand-ins where it does not."""

from __future__ import annotations

from typing import Any

from dativo_compile.lock.shape import UNKNOWN
from dativo_compile.model.output import Sensitive
from dativo_compile.model.unknown import Unknown


def overlaid(value: Any, unknown: Any, kind: Any, stand_in: Unknown, steps: tuple[str | int, ...] = ()) -> Any:
    """`unknown` mirrors the value: true where it is known after apply only. `kind` is Terraform's type, if known.

    A plan leaves such members of an object out of the value, and has null in their place in a list. A set of which a
    part is unknown is so as a whole: in which order its elements will stand depends on all of them.
    """
    if not holds_true(unknown):
        return value
    if type(unknown) is dict:
        made = dict(value) if type(value) is dict else {}
        for name, inner in unknown.items():
            if holds_true(inner):
                made[name] = overlaid(made.get(name), inner, _part(kind, name), stand_in, (*steps, name))
        return made
    if type(unknown) is list and not (type(kind) is list and kind[:1] == ["set"]):
        old = value if type(value) is list else []
        padded = [*old, *[None] * (len(unknown) - len(old))]
        known = [*unknown, *[False] * (len(padded) - len(unknown))]
        pairs = enumerate(zip(padded, known, strict=True))
        return [overlaid(inner, mark, _part(kind, at), stand_in, (*steps, at)) for at, (inner, mark) in pairs]
    return stand_in.below(steps) if steps else stand_in


def _part(kind: Any, step: str | int) -> Any:
    """The type of a part: lists and maps have one for all, objects and tuples each its own."""
    if type(kind) is not list or len(kind) != 2:
        return None
    inner = kind[1]
    if kind[0] == "object":
        return inner.get(step) if type(inner) is dict else None
    if kind[0] == "tuple":
        return inner[step] if type(inner) is list and type(step) is int and step < len(inner) else None
    return inner


def withheld(value: Any, stand_in: Unknown, steps: tuple[str | int, ...] = ()) -> Any:
    """The value with stand-ins in place of its leaves; what is empty or unknown stays so."""
    if type(value) is dict:
        return {name: withheld(inner, stand_in, (*steps, name)) for name, inner in value.items()}
    if type(value) is list:
        return [withheld(inner, stand_in, (*steps, at)) for at, inner in enumerate(value)]
    if value is None or value == "" or type(value) is Unknown:
        return value
    return stand_in.below(steps)


def shape_of(value: Any) -> Sensitive:
    """The shape of a sensitive value; of a part that is unknown it is open."""
    if type(value) is Unknown:
        return UNKNOWN
    if type(value) is dict:
        return Sensitive("object", {name: shape_of(inner) for name, inner in value.items()})
    if type(value) is list:
        return Sensitive("list", {at: shape_of(inner) for at, inner in enumerate(value)})
    return Sensitive.of(value)


def holds_true(mark: Any) -> bool:
    """Whether anything is marked, of a mark or of a mirror of marks."""
    inner = mark.values() if type(mark) is dict else mark if type(mark) is list else ()
    return mark is True or any(holds_true(part) for part in inner)
