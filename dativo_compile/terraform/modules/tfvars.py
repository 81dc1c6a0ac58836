"""Which variables the `.tfvars` files of a module give values to; never which values."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

from dativo_compile.terraform.hcl.tokens import HclError, tokens_of

PATTERNS = ("*.tfvars", "*.tfvars.json", "[!.]*/*.tfvars", "[!.]*/*.tfvars.json")  # `-var-file` files lie one below
LARGEST = 1_000_000  # bytes of one file


def names_given(folder: Path) -> frozenset[str]:
    """Of every file, whichever of them Terraform is called with; one that cannot be read gives none."""
    found: set[str] = set()
    for pattern in PATTERNS:
        for path in folder.glob(pattern):
            found |= _names(path)
    return frozenset(found)


def _names(path: Path) -> set[str]:
    try:
        if path.stat().st_size > LARGEST:
            return set()
        text = path.read_bytes().decode("utf-8-sig")
        if path.name.endswith(".json"):
            top = json.loads(text)
            return set(top) if isinstance(top, dict) else set()
        tokens = tokens_of(text)
    except (OSError, ValueError, RecursionError, HclError):
        return set()
    depth = 0
    names: set[str] = set()
    for token, after in pairwise(tokens):
        depth += (token.kind in ("{", "[", "(")) - (token.kind in ("}", "]", ")"))
        if depth == 0 and token.kind == "ident" and after.kind == "=":
            names.add(token.text)
    return names
