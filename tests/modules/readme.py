"""The tables of a module's README, made from its HCL: what is documented is what is declared."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.modules.reference import bare, declared


def inputs(folder: Path) -> str:
    rows = [
        f"| `{name}` | `{bare(body['type'])}` | {default(body)} | {bare(body['description'])} |"
        for name, body in declared(folder, "variable").items()
    ]
    return "\n".join(["| input | type | default | what it is |", "|---|---|---|---|", *rows])


def outputs(folder: Path) -> str:
    rows = [f"| `{name}` | {bare(body['description'])} |" for name, body in declared(folder, "output").items()]
    return "\n".join(["| output | what it is |", "|---|---|", *rows])


def default(body: dict[str, Any]) -> str:
    if "default" not in body:
        return "required"
    value = body["default"]
    text = {True: "true", False: "false", None: "null"}.get(value) if value is None or type(value) is bool else value
    return f"`{bare(str(text))}`"
