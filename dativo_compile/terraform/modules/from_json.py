"""The declarations in one `.tf.json` file: https://developer.hashicorp.com/terraform/language/syntax/json"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from dativo_compile.terraform.hcl.tokens import HclError, tokens_of
from dativo_compile.terraform.modules.declarations import Declaration, Kind
from dativo_compile.terraform.modules.types import Type, type_of

KINDS: tuple[Kind, ...] = ("output", "variable")


def read_json(text: str) -> tuple[Declaration, ...]:
    """Raises `HclError`."""
    try:
        top = json.loads(text)
    except json.JSONDecodeError as error:
        at: int | None = error.pos
    except (ValueError, RecursionError):
        at = 0
    else:
        at = None
    if at is not None:  # outside of `except`: a decoder's error keeps the whole text
        raise HclError("this is not JSON", at)
    if not isinstance(top, dict | list):
        raise HclError("a JSON object was expected here", 0)
    return tuple(_declaration(text, kind, name, body) for kind in KINDS for name, body in _named(top, kind))


def _named(top: Any, kind: Kind) -> Iterator[tuple[str, dict[str, Any]]]:
    """Blocks may be given as an object or as a list of them, at each level."""
    for file in _objects(top):
        for group in _objects(file.get(kind)):
            for name, bodies in group.items():
                if name != "//":  # a comment
                    yield from ((name, body) for body in _objects(bodies))


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            yield item


def _declaration(text: str, kind: Kind, name: str, body: dict[str, Any]) -> Declaration:
    at, end = _find(text, kind, name)
    values = {k: v for k, v in body.items() if k in ("description", "sensitive", "ephemeral", "nullable")}
    values |= {k: None for k in ("default", "value") if k in body}  # only whether there is one counts
    return Declaration(kind, name, at, end, values, _type(body.get("type"), at, end) if kind == "variable" else None)


def _type(written: Any, at: int, end: int) -> Type | None:
    if written is None:
        return None
    reason = "the type of this variable is no type"
    if isinstance(written, str):
        try:
            return type_of([token for token in tokens_of(written) if token.kind != "end"])
        except HclError as error:
            reason = f"the type of this variable: {error.reason}"
        except IndexError:
            reason = "the type of this variable is empty"
    raise HclError(reason, at, end)


def _find(text: str, kind: Kind, name: str) -> tuple[int, int]:
    """Where the name stands as a key below the kind's own."""
    above = re.search(rf'"{kind}"\s*:', text)
    key = re.compile(re.escape(json.dumps(name, ensure_ascii=False)) + r"\s*:")
    match = key.search(text, above.end() if above else 0)
    if match is None:
        return 0, 1
    return match.start(), match.start() + len(match[0].rstrip(": \t\r\n"))
