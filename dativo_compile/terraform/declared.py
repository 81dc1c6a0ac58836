"""Which backend a module's folder names: what `terraform init` recorded, or a literal block in its HCL."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from dativo_compile.diagnostics.codes.state import STATE_NOT_JSON
from dativo_compile.terraform.contents import contents
from dativo_compile.terraform.fault import StateFault

POINTER = ".terraform/terraform.tfstate"
TOKENS = re.compile(r'"(?:\\.|[^"\\\n])*"?|#[^\n]*|//[^\n]*|/\*.*?(?:\*/|\Z)', re.DOTALL)
BLOCK = re.compile(r'\bbackend\s+"([a-z0-9_-]+)"\s*\{([^{}]*)')
CLOUD = re.compile(r"(?:^|[{\n])[ \t]*cloud\s*\{")
SETTING = re.compile(r'([a-z_]+)\s*=\s*"([^"$%\\]*)"')


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
    """The backend that the module's own HCL names in a literal block; absent without one."""
    for path in sorted(folder.glob("*.tf")):
        try:
            text = contents(path).decode("utf-8", "replace")
        except OSError:
            continue
        if "backend" not in text and "cloud" not in text:
            continue
        text = TOKENS.sub(_without_comment, text)
        block = BLOCK.search(text)
        if block:
            return {**dict(SETTING.findall(block[2])), "type": block[1]}
        if CLOUD.search(text):
            return {"type": "cloud"}
    return None


def _without_comment(token: re.Match[str]) -> str:
    return token[0] if token[0].startswith('"') else " "
