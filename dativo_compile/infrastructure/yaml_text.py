"""A block as a person would write it in a job: two spaces, ids in quotes, short lists on a line."""

from __future__ import annotations

import json
import re
from typing import Any

from dativo_compile.yaml.scalars import resolve

PLAIN = re.compile(r"[A-Za-z0-9_./][A-Za-z0-9_./@+-]*(?: [A-Za-z0-9_./@+-]+)*")
IDS = ("account_id", "resource_id")


def lines_of(block: dict[str, Any], indent: str = "") -> list[str]:
    """Lines without their ends."""
    out: list[str] = []
    for key, value in block.items():
        name = _text(key, quoted=False)
        if type(value) is dict:
            out += [f"{indent}{name}:", *lines_of(value, indent + "  ")]
        elif type(value) is list and value and type(value[0]) is dict:
            out.append(f"{indent}{name}:")
            for element in value:
                first, *rest = lines_of(element, indent + "    ")
                out += [f"{indent}  - {first.lstrip(' ')}", *rest]
        elif type(value) is list:
            out.append(f"{indent}{name}: [{', '.join(_text(part, quoted=False) for part in value)}]")
        else:
            out.append(f"{indent}{name}: {_text(value, quoted=key in IDS)}")
    return out


def _text(value: str, *, quoted: bool) -> str:
    """In double quotes where YAML would read something else, and where people write them."""
    plain = PLAIN.fullmatch(value) and type(resolve(value)) is str
    return value if plain and not quoted else json.dumps(value, ensure_ascii=False)
