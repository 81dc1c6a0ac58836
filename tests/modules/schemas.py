"""What a provider's resources take and give, from the typed bindings that npm carries for each provider.

The bindings are made from the provider's own schema: one interface a block, one member an argument, its HCL name in
the comment above it, a question mark where it is optional. `faults` compares a module with them. It knows names,
nesting, what is required, what can be referred to, and the kind of a literal; a wrong value it does not see.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from tests.modules.reference import Block, bare, blocks, files, plain

INTERFACE = re.compile(r"^export interface (\w+)[^{]*\{(.*?)^\}", re.MULTILINE | re.DOTALL)
MEMBER = re.compile(r"/\*\*(?P<doc>(?:(?!\*/).)*)\*/\s*readonly \w+(?P<optional>\??): (?P<type>[^;{]*)", re.DOTALL)
READONLY = re.compile(r"^    readonly ", re.MULTILINE)
HCL_NAME = re.compile(r"#(\w+)\}")
GETTER = re.compile(r"^    get (\w+)\(\):", re.MULTILINE)
MAIN = re.compile(r"^export declare class (\w+) extends cdkt[fn]\.Terraform\w+ \{(.*?)^\}", re.MULTILINE | re.DOTALL)
REFERENCE = re.compile(r"\b(data\.)?((?:aws|google|azurerm)_\w+)\.\w+(?:\[[^\]]*\])?\.(\w+)")
META = {"count", "for_each", "depends_on", "lifecycle", "provider", "provisioner", "connection"}
KINDS = {"boolean": bool, "number": (int, float), "string": str, "string[]": list}


@dataclass(slots=True)
class Schema:
    """One block: `inner` are its nested ones, `blocks` those of them that HCL writes as blocks."""

    kinds: dict[str, str] = field(default_factory=dict)
    required: set[str] = field(default_factory=set)
    inner: dict[str, Schema] = field(default_factory=dict)
    blocks: set[str] = field(default_factory=set)
    gives: set[str] = field(default_factory=set)


def folder_of(block: Block) -> str:
    """Where the package keeps a block's types."""
    if block.kind == "provider":
        return "provider"
    name = block.type.partition("_")[2].replace("_", "-")
    return f"data-{block.type.partition('_')[0]}-{name}" if block.kind == "data" else name


@cache
def schema(types: Path) -> Schema:
    """The schema in one `index.d.ts`."""
    text = types.read_text("utf-8")
    interfaces = dict(INTERFACE.findall(text))
    (main, body), *_ = MAIN.findall(text)
    found = _of(f"{main}Config", interfaces)
    found.gives = set(GETTER.findall(body))
    return found


def _of(name: str, interfaces: dict[str, str]) -> Schema:
    made = Schema()
    members = list(MEMBER.finditer(interfaces[name]))
    assert len(members) == len(READONLY.findall(interfaces[name])), f"{name} was not understood"
    for member in members:
        hcl, type_ = HCL_NAME.findall(member["doc"])[-1], member["type"].split(" |")[0].strip()
        made.kinds[hcl] = type_
        if not member["optional"]:
            made.required.add(hcl)
        if type_.removesuffix("[]") in interfaces:
            made.inner[hcl] = _of(type_.removesuffix("[]"), interfaces)
            if re.search(rf"\b{hcl} block\b", member["doc"]):
                made.blocks.add(hcl)
    return made


def faults(module: Path, schemas: dict[str, Path]) -> list[str]:
    """`schemas` has a package's `lib` folder for each provider."""
    found: list[str] = []
    for block in blocks(module):
        types = schemas[block.type.partition("_")[0]] / folder_of(block) / "index.d.ts"
        label = f"{block.type}.{block.name}".rstrip(".")
        if not types.is_file():
            found.append(f"{label}: the provider has no {block.kind} `{block.type}`")
            continue
        found += _compared(label, _given(block.body), schema(types))
    return found + [fault for path in files(module) for fault in _references(path, schemas)]


def _given(body: dict[str, Any]) -> dict[str, Any]:
    """A body's arguments, `dynamic` blocks as the blocks that they make."""
    made = {key: value for key, value in plain(body).items() if key not in META | {"dynamic"}}
    for dynamic in body.get("dynamic", ()):
        made |= {bare(name): rule["content"] for name, rule in plain(dynamic).items()}
    return made


def _compared(label: str, given: dict[str, Any], wanted: Schema) -> Iterator[str]:
    yield from (f"{label}: no argument is named `{name}`" for name in sorted(given.keys() - wanted.kinds.keys()))
    yield from (f"{label}: `{name}` is required" for name in sorted(wanted.required - given.keys()))
    for name, value in given.items():
        is_block = isinstance(value, list) and any(isinstance(v, dict) and "__is_block__" in v for v in value)
        if name in wanted.kinds and is_block != (name in wanted.blocks):
            yield f"{label}: `{name}` is {'not ' if is_block else ''}a block"
        elif is_block and name in wanted.inner:
            for part in value:
                yield from _compared(f"{label}.{name}", _given(part), wanted.inner[name])
        elif name in wanted.kinds and not _fits(value, wanted.kinds[name]):
            yield f"{label}: `{name}` takes {wanted.kinds[name]}, not {value!r}"


def _fits(value: Any, kind: str) -> bool:
    if isinstance(value, str) and not value.startswith('"'):
        return True  # an expression
    wanted = KINDS.get(kind)
    return wanted is None or (isinstance(value, wanted) and not (kind == "number" and isinstance(value, bool)))


def _references(path: Path, schemas: dict[str, Path]) -> Iterator[str]:
    text = "\n".join(line for line in path.read_text("utf-8").splitlines() if not line.lstrip().startswith("#"))
    for data, type_, attribute in sorted(set(REFERENCE.findall(text))):
        block = Block("data" if data else "resource", type_, "", {})
        types = schemas[type_.partition("_")[0]] / folder_of(block) / "index.d.ts"
        camel = re.sub(r"_([a-z0-9])", lambda found: found[1].upper(), attribute)
        if not types.is_file() or camel not in schema(types).gives:
            yield f"{path.name}: `{type_}` has no attribute `{attribute}`"
