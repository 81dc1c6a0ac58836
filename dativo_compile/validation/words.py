"""Values and types in plain words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dativo_compile.validation.fault import Path

TYPES = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "`true` or `false`",
    "array": "a list",
    "object": "a mapping",
}
SECRET_WORDS = ("password", "secret", "token", "api_key", "apikey", "private_key", "connection_string", "credential")
LONGEST = 60  # characters of a name that a message shows


def dotted(path: Path) -> str:
    """`source.files[0].path`"""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{brief(step)}" if text else brief(step)
    return text


def kind_of(value: Any) -> str:
    """What a value is, never the value itself."""
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return "a boolean"
    if isinstance(value, int | float):
        return "a number" if isinstance(value, int) else "a decimal number"
    if isinstance(value, str):
        return "text"
    return "a list" if isinstance(value, list) else "a mapping"


def types(names: Iterable[str]) -> str:
    """`text or a list`; that it may also be empty goes without saying."""
    wanted = set(names)
    return either([words for name, words in TYPES.items() if name in wanted])


def either(words: list[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} or {words[-1]}"


def brief(text: str) -> str:
    """A name from a file on one line, not too long."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 3] + "..."


def looks_secret(path: Path) -> bool:
    """Whether a value at `path` must not be shown; the kind of a secret is none."""
    return path[-1:] != ("type",) and any(word in str(step).lower() for step in path for word in SECRET_WORDS)
