"""What an API answered, as JSON of the shape it promises; anything else is said without quoting it."""

from __future__ import annotations

import json
from typing import Any

from dativo_compile.terraform.backends.transfer import cut_off, unexpected
from dativo_compile.terraform.backends.web import Answer


def decoded(body: bytes) -> dict[str, Any]:
    """Raises `StateFault`, and `Transient` for JSON that ends early."""
    value = _value(body)
    if type(value) is not dict:
        raise unexpected(f"{shown_kind(value)} where an object belongs")
    return value


def listed(body: bytes) -> list[Any]:
    """The same for an answer that is a list."""
    value = _value(body)
    if type(value) is not list:
        raise unexpected(f"{shown_kind(value)} where a list belongs")
    return value


def _value(body: bytes) -> Any:
    start = body[:512].lstrip()
    if start.startswith(b"<"):
        raise unexpected("an HTML or XML page instead of JSON")
    if not start:
        raise unexpected("an empty body instead of JSON")
    try:
        return json.loads(body)
    except json.JSONDecodeError as error:
        early = error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated string")
    except (UnicodeDecodeError, RecursionError):
        early = False
    raise cut_off("its JSON ends early") if early else unexpected("text that is not JSON")


def found(answer: Answer) -> bytes | None:
    """The body, absent for 404. A page that says 404 is another server's. Raises `StateFault`."""
    if answer.status != 404:
        return answer.body
    if answer.body[:512].lstrip().startswith(b"<"):
        raise unexpected("HTTP 404 with an HTML or XML page")
    return None


def shown_kind(value: Any) -> str:
    """What a JSON value is, without saying anything that stands in it."""
    kinds = {dict: "an object", list: "a list", str: "a text", bool: "true or false", type(None): "null"}
    return kinds.get(type(value), "a number")


def inside(value: Any, *path: str) -> Any:
    """What stands at the end of a path of members; absent where one is missing or no object."""
    for key in path:
        value = value.get(key) if type(value) is dict else None
    return value
