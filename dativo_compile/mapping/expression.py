"""Output expressions: the name of an output and a path into it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dativo_compile.mapping.dotpath import Steps, parse
from dativo_compile.model.unknown import Unknown

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
PLAIN_STEP = re.compile(r"\.([A-Za-z_][A-Za-z0-9_-]*)|\[([0-9]{1,6})\]|\.\*|\[\*\]")


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


def needs_unknown(query: str, value: Any) -> bool:
    """Whether what a JSONPath matches depends on a part of the value that is unknown; wrongly true for a filter."""
    nodes, end = [value], 1
    while end < len(query):
        step = PLAIN_STEP.match(query, end)
        if step is None or any(type(node) is Unknown for node in nodes):
            return True
        nodes = [part for node in nodes for part in _next(node, step[1], step[2])]
        end = step.end()
    return False


def _next(node: Any, name: str | None, index: str | None) -> list[Any]:
    if name is not None:
        return [node[name]] if type(node) is dict and name in node else []
    if index is not None:
        return node[int(index) : int(index) + 1] if type(node) is list else []
    return list(node.values()) if type(node) is dict else node if type(node) is list else []


def _ordered(value: Any) -> Any:
    if type(value) is dict:
        return {name: _ordered(value[name]) for name in sorted(value)}
    return [_ordered(inner) for inner in value] if type(value) is list else value
