"""Raw JSON taken apart one layer at a time: what nobody asks for is never built."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

T = TypeVar("T", int, str)
Members = Mapping[str, Any]  # name -> raw JSON


def members_of(raw: Any) -> Members | None:
    """The members of an object, each still raw; absent if the JSON is something else, or none at all."""
    found: Members | None = _decoded(raw, "object")
    return found


def items_of(raw: Any) -> list[Any] | None:
    """The elements of a list, each still raw."""
    found: list[Any] | None = _decoded(raw, "list")
    return found


def names_of(raw: Any) -> list[str] | None:
    """A list of texts."""
    found: list[str] | None = _decoded(raw, "names")
    return found


def plain(raw: Any, wanted: type[T]) -> T | None:
    """A number or text of that type."""
    import msgspec

    try:
        return msgspec.json.decode(bytes(raw), type=wanted) if raw is not None else None
    except (msgspec.MsgspecError, UnicodeError):
        return None


def kind_of(raw: Any) -> str:
    """What a raw JSON value is, without saying anything that stands in it."""
    view = memoryview(raw)  # no copy: the value may be the whole state
    first = bytes(view[:64]).lstrip()[:1]
    kinds = {b"{": "an object", b"[": "a list", b'"': "a text", b"t": "true", b"f": "false", b"n": "null"}
    return kinds.get(first, "a number")


def _decoded(raw: Any, shape: str) -> Any:
    import msgspec

    wanted: Any = {"object": dict[str, msgspec.Raw], "list": list[msgspec.Raw], "names": list[str]}[shape]
    try:
        return msgspec.json.decode(bytes(raw), type=wanted) if raw is not None else None
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return None
