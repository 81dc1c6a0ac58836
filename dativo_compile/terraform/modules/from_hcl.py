"""The declarations in one `.tf` file."""

from __future__ import annotations

from typing import Any

from dativo_compile.terraform.hcl.blocks import Block, blocks_of
from dativo_compile.terraform.hcl.literals import NotLiteral, literal
from dativo_compile.terraform.hcl.tokens import HclError
from dativo_compile.terraform.modules.declarations import Declaration, Kind
from dativo_compile.terraform.modules.types import type_of

KINDS: dict[str, Kind] = {"output": "output", "variable": "variable"}
LITERAL = ("description", "sensitive", "ephemeral", "nullable")


def read_hcl(text: str) -> tuple[Declaration, ...]:
    """Raises `HclError`."""
    return tuple(_declaration(KINDS[block.kind.text], block) for block in blocks_of(text, KINDS.__contains__))


def _declaration(kind: Kind, block: Block) -> Declaration:
    if len(block.labels) != 1:
        raise HclError.on(f"`{kind}` has one label, its name", block.labels[1] if block.labels else block.kind)
    label = block.labels[0]
    values: dict[str, Any] = {}
    for name in LITERAL:
        if name in block.attributes:
            try:
                values[name] = literal(block.attributes[name].tokens)
            except NotLiteral:
                continue  # Terraform refuses it; what it would mean is not ours to guess
    for name in ("default", "value"):
        if name in block.attributes:
            values[name] = None  # only whether there is one counts
    declared = block.attributes.get("type") if kind == "variable" else None
    type = type_of(declared.tokens) if declared else None
    return Declaration(kind, block.names[0], label.at, label.at + len(label.text), values, type)
