"""Fixes of the names of outputs: where a job maps them, each key of the `outputs:` block."""

from __future__ import annotations

from typing import Any

from dativo_compile.diagnostics.diagnostic import Edit, Fix
from dativo_compile.mapping.plan import Mapping, plan_of
from dativo_compile.model.source import Document
from dativo_compile.yaml.fixes import swapped
from dativo_compile.yaml.spans import place_of

BLOCK = ("infrastructure", "terraform", "outputs")


def rewritten(document: Document, mapping: Mapping, text: str) -> Fix | None:
    """The mapping's expression as `text`. Absent if the block has that one too: which of them is meant is unknown."""
    place = place_of(document, (*BLOCK, mapping.key), key=True)
    return None if text in _block(document) else swapped(document.file, place, mapping.key, text)


def renamed(document: Document, output: str, name: str) -> Fix | None:
    """Every mapping of `output` maps `name` instead; absent for no name, and unless all of them can be changed."""
    edits: list[Edit] = []
    mappings = plan_of(_block(document)).mappings
    for key, mapping in {m.key: m for m in mappings if m.expression.output == output}.items():
        fix = rewritten(document, mapping, name + key[len(output) :]) if key.startswith(output) and name else None
        if fix is None:
            return None
        edits += fix.edits
    edits.sort(key=lambda edit: edit.place)
    return Fix(f"write `{name}`", tuple(edits)) if edits else None


def _block(document: Document) -> dict[str, Any]:
    block = document.value
    for step in BLOCK:
        block = block[step]
    return block
