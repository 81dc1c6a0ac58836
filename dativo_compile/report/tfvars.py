"""Tags as values for Terraform: a file of variables, the same as JSON, or locals to copy."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from dativo_compile.terraform.hcl.quoting import quoted

Tags = Mapping[str, str]
VARIABLES = {"aws": "tags", "gcp": "labels", "azure": "tags"}  # as the reference modules call them
PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
WORDS = frozenset(("null", "true", "false", "for"))  # which mean something else where a key may stand


def variable_of(cloud: str, format: str) -> str:
    """Locals are copied into a module, which may have such a name already."""
    return f"dativo_{VARIABLES[cloud]}" if format == "hcl" else VARIABLES[cloud]


def is_name(text: str) -> bool:
    return PLAIN_KEY.fullmatch(text) is not None and text not in WORDS


def render(homes: Mapping[str, Tags], name: str, format: str) -> str:
    """The tags of the only home as `name`; of several, a map of them by `TENANT-ENVIRONMENT`."""
    if format == "json":
        value = homes if len(homes) > 1 else next(iter(homes.values()))
        return json.dumps({name: value}, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    head = f"# Made by `dativo tags export` for {_listed(list(homes))}.\n"
    if format == "hcl":
        return head + "locals {\n" + "".join(f"  {line}\n" for line in _assigned(name, homes)) + "}\n"
    return head + "".join(f"{line}\n" for line in _assigned(name, homes))


def _assigned(name: str, homes: Mapping[str, Tags]) -> list[str]:
    if len(homes) == 1:
        return [f"{name} = {{", *_entries(next(iter(homes.values()))), "}"]
    lines = [f"{name} = {{"]
    for home, tags in homes.items():
        lines += [f"  {_key(home)} = {{", *(f"  {line}" for line in _entries(tags)), "  }"]
    return [*lines, "}"]


def _entries(tags: Tags) -> list[str]:
    """Aligned as `terraform fmt` does it."""
    keys = {key: _key(key) for key in sorted(tags)}
    width = max(map(_width, keys.values()), default=0)
    return [f"  {shown}{' ' * (width - _width(shown))} = {quoted(tags[key])}" for key, shown in keys.items()]


def _key(text: str) -> str:
    return text if is_name(text) else quoted(text)


def _width(text: str) -> int:
    """In characters as a person counts them, near enough."""
    from unicodedata import combining

    return sum(not combining(sign) for sign in text)


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{len(names)} tenants and environments"
