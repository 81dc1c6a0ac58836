"""The reference modules as python-hcl2 reads them, for every test that asks what they declare."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import hcl2

ROOT = Path(__file__).resolve().parent.parent.parent
MODULES = {name: ROOT / "terraform" / name / "dativo-etl" for name in ("aws", "gcp", "azure")}
EXAMPLES = {name: next((folder / "examples").iterdir()) for name, folder in MODULES.items()}
MARKS = ("__is_block__", "__comments__")


@dataclass(frozen=True, slots=True)
class Block:
    """One block that has a type and a name; `kind` is resource, data or provider."""

    kind: str
    type: str
    name: str
    body: dict[str, Any]


@cache
def parsed(path: Path) -> dict[str, Any]:
    return hcl2.loads(path.read_text("utf-8"))


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.tf"))


def declared(folder: Path, kind: str) -> dict[str, dict[str, Any]]:
    """The variables or outputs of a module by name, in the order written."""
    blocks = [block for path in files(folder) for block in parsed(path).get(kind, ())]
    return {bare(name): body for block in blocks for name, body in block.items()}


def blocks(folder: Path) -> Iterator[Block]:
    for path in files(folder):
        tree = parsed(path)
        for kind in ("resource", "data"):
            for typed in tree.get(kind, ()):
                for type_, named in plain(typed).items():
                    for name, body in plain(named).items():
                        yield Block(kind, bare(type_), bare(name), body)
        for provider in tree.get("provider", ()):
            for name, body in provider.items():
                yield Block("provider", bare(name), "", body)


def plain(tree: dict[str, Any]) -> dict[str, Any]:
    """Without the marks that python-hcl2 puts among the keys."""
    return {key: value for key, value in tree.items() if key not in MARKS}


def bare(text: str) -> str:
    """A label or literal without the quotes, an expression without `${}` around it."""
    return re.sub(r'\A(?:"(.*)"|\$\{(.*)\})\Z', lambda found: found[1] or found[2] or "", text, flags=re.DOTALL)
