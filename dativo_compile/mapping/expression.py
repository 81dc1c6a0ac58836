"""Output expressions: the name of an output and a path into it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dativo_compile.mapping.dotpath import Steps, parse

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")


@dataclass(frozen=True, slots=True)
class Expression:
    """`steps` is absent for a path that is read as JSONPath: `query` is its text below the output."""

    text: str
    output: str
    steps: Steps | None
    query: str = ""


@lru_cache(maxsize=8192)
def parse_expression(text: str) -> Expression | None:
    """Absent if the text is no expression."""
    match = NAME.match(text)
    if match is None:
        return None
    steps = parse(text)
    if steps is not None:
        return Expression(text, str(steps[0]), steps[1:])
    rest = text[match.end() :]
    if rest[:1] not in ".[" or not _is_query("$" + rest):
        return None
    return Expression(text, match[0], None, "$" + rest)


def _is_query(query: str) -> bool:
    return _compiled(query) is not None


@lru_cache(maxsize=1024)
def _compiled(query: str) -> Any:
    from jsonpath_ng.exceptions import JSONPathError
    from jsonpath_ng.ext.parser import parse as parse_query

    try:
        return parse_query(query)
    except (JSONPathError, ValueError, TypeError, AttributeError):
        return None


def find(query: str, value: Any) -> list[Any]:
    """Every match of a JSONPath; members of an object in the order of their names, whatever order a state has."""
    return [match.value for match in _compiled(query).find(_ordered(value))]


def _ordered(value: Any) -> Any:
    if type(value) is dict:
        return {name: _ordered(value[name]) for name in sorted(value)}
    return [_ordered(inner) for inner in value] if type(value) is list else value
