"""Which backend a module's folder names: what `terraform init` recorded, or a literal block in its HCL."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

from dativo_compile.diagnostics.codes.state import STATE_NOT_JSON
from dativo_compile.terraform.contents import contents
from dativo_compile.terraform.fault import StateFault
from dativo_compile.terraform.hcl.blocks import Block, blocks_of
from dativo_compile.terraform.hcl.literals import NotLiteral, literal
from dativo_compile.terraform.hcl.tokens import HclError
from dativo_compile.terraform.modules.module import is_module_file, is_override

POINTER = ".terraform/terraform.tfstate"


def recorded(folder: Path) -> dict[str, Any] | None:
    """The backend with its settings, as `terraform init` left it; absent if it was never run. Raises `StateFault`."""
    try:
        data = contents(folder / POINTER)
    except OSError:
        return None
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        value = None
    if type(value) is not dict:
        raise StateFault(
            STATE_NOT_JSON, found=f"`{POINTER}`, Terraform's note of the backend, is broken",
            help="remove the module's `.terraform` folder and run `terraform init` again",
        )  # fmt: skip
    backend = value.get("backend")
    if type(backend) is not dict or type(backend.get("type")) is not str:
        return None
    config = backend.get("config")
    return {**(config if type(config) is dict else {}), "type": backend["type"]}


def written(folder: Path) -> dict[str, Any] | None:
    """The backend that the module's own files name in a literal block; absent without one.

    An override file's block goes before the others; a file that cannot be read names none (`check_module` reports it).
    """
    found: dict[str, Any] | None = None
    names = (path.name for path in folder.glob("*.tf*") if is_module_file(path.name))
    for name in sorted(names, key=lambda name: (is_override(name), name)):
        try:
            text = contents(folder / name).decode("utf-8-sig", "replace")
        except OSError:
            continue
        if "backend" in text or "cloud" in text:
            config = _of_json(text) if name.endswith(".json") else _of_hcl(text)
            found = config if config and (found is None or is_override(name)) else found
    return found


def _of_hcl(text: str) -> dict[str, Any] | None:
    try:
        blocks = blocks_of(text, "terraform".__eq__)
    except HclError:
        return None
    for block in (inner for outer in blocks for inner in outer.blocks):
        if block.kind.text == "backend" and block.names:
            return {**_settings(block), "type": block.names[0]}
        if block.kind.text == "cloud":
            return {**_settings(block), "type": "cloud"}
    return None


def _settings(block: Block) -> dict[str, Any]:
    """What is no literal is left out, as if not written."""
    found: dict[str, Any] = {inner.kind.text: _settings(inner) for inner in block.blocks}
    for name, attribute in block.attributes.items():
        with contextlib.suppress(NotLiteral):
            found[name] = literal(attribute.tokens)
    return found


def _of_json(text: str) -> dict[str, Any] | None:
    try:
        top = json.loads(text)
    except (ValueError, RecursionError):
        return None
    terraform = top.get("terraform") if type(top) is dict else None
    for block in terraform if type(terraform) is list else [terraform]:
        backend = block.get("backend") if type(block) is dict else None
        if type(backend) is dict and backend:
            kind, config = next(iter(backend.items()))
            return {**(config if type(config) is dict else {}), "type": kind}
        if type(block) is dict and type(block.get("cloud")) is dict:
            return {**block["cloud"], "type": "cloud"}
    return None
