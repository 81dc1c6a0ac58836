"""Placeholders in text become typed references; nothing else may look like one.

`${NAME}`, `${NAME:-default}` and a scalar that is wholly `$NAME` are references; `$${` is a literal
`${`. Any other text stays as it is, so that run-time templates that are not ours pass through.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

NAME = "[A-Z_][A-Z0-9_]*"
WHOLE = re.compile(rf"\$({NAME})")
PLACEHOLDER = re.compile(rf"\$\$\{{|\$\{{({NAME})(?::-([^}}]*))?\}}")
# The last word counts, as for literals; `PGPASSWORD` is one word.
SECRET_NAME = re.compile(r"(?:password|passwd|secret|token|key)s?(?:_?[0-9]+)?\Z", re.IGNORECASE)

Reference = dict[str, Any]


def reference(name: str, default: str | None = None, *, optional: bool = False) -> Reference:
    made: Reference = {"$ref": f"env:{name}"}
    if default is not None:
        made["default"] = default
    elif optional:
        made["optional"] = True
    return made


def typed_text(text: str, *, optional: bool = False) -> Any:
    """The text, a reference, or a `$concat` of both. `optional` is for names without a default."""
    if "$" not in text:
        return text
    whole = WHOLE.fullmatch(text)
    if whole:
        return reference(whole[1], optional=optional)
    parts: list[Any] = []
    end = 0
    for match in PLACEHOLDER.finditer(text):
        _add(parts, text[end : match.start()])
        _add(parts, reference(match[1], match[2], optional=optional) if match[1] else "${")
        end = match.end()
    _add(parts, text[end:])
    if len(parts) == 1:
        return parts[0]
    return {"$concat": parts} if parts else ""


def _add(parts: list[Any], part: Any) -> None:
    if part == "":
        return
    if parts and type(part) is str and type(parts[-1]) is str:
        parts[-1] += part
    else:
        parts.append(part)


def is_reference(value: Any) -> bool:
    return type(value) is dict and ("$ref" in value or "$concat" in value)


def references_in(value: Any) -> list[Reference]:
    """The `$ref` objects of a leaf, in order."""
    if type(value) is not dict:
        return []
    if "$ref" in value:
        return [value]
    return [part for part in value.get("$concat", ()) if type(part) is dict]


def escaped(key: str) -> str:
    """Only the compiler makes `$` keys: any other gets one more, which the runner takes off."""
    return "$" + key if key.startswith("$") else key


Visit = Callable[[tuple[str | int, ...], Any], Any]


def rewrite(value: Any, marks: Any, visit: Visit, path: tuple[str | int, ...] = ()) -> tuple[Any, Any]:
    """Each text with a `$` replaced by `visit(path, text)`, each key escaped; a tree without is itself.

    A text that becomes a reference keeps its one mark: a reference is a leaf.
    """
    if type(value) is str:
        return (visit(path, value) if "$" in value else value), marks
    changed: dict[str | int, tuple[Any, Any]] = {}
    for step, inner in value.items() if type(value) is dict else enumerate(value) if type(value) is list else ():
        kind = type(inner)
        if kind is dict or kind is list or (kind is str and "$" in inner):
            new = rewrite(inner, marks[step], visit, (*path, step)) if inner else (inner, marks[step])
            if new[0] is not inner:
                changed[step] = new
    if type(value) is dict and (changed or any("$" in key for key in value)):
        pairs = {escaped(key): changed.get(key) or (inner, marks[key]) for key, inner in value.items()}
        return {key: pair[0] for key, pair in pairs.items()}, {key: pair[1] for key, pair in pairs.items()}
    if changed:
        pair_list = [changed.get(i) or (inner, marks[i]) for i, inner in enumerate(value)]
        return [pair[0] for pair in pair_list], [pair[1] for pair in pair_list]
    return value, marks


def secret_like(name: str) -> bool:
    """A name whose default would be a secret in git."""
    return SECRET_NAME.search(name) is not None
