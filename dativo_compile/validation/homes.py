"""Where a key is at home that stands in the wrong mapping, most often by its indentation."""

from __future__ import annotations

from functools import cache
from typing import Any

from dativo_compile.validation.fault import Path
from dativo_compile.validation.load import schema_of

MOST = 2  # homes worth naming


def homes_of(kind: str, key: str) -> tuple[Path, ...]:
    """The mappings that know this key; none if there are many, for then it says nothing."""
    homes = _homes(kind).get(key, ())
    return homes if len(homes) <= MOST else ()


@cache
def _homes(kind: str) -> dict[str, tuple[Path, ...]]:
    schema = schema_of(kind)
    found: dict[str, tuple[Path, ...]] = {}

    def visit(part: Any, path: Path) -> None:
        while "$ref" in part:
            part = schema["$defs"][part["$ref"].rsplit("/", 1)[1]]
        for key, inner in part.get("properties", {}).items():
            found[key] = (*found.get(key, ()), path)
            visit(inner, (*path, key))

    visit(schema, ())
    return found
