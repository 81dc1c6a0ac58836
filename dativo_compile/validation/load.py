"""The schemas that travel with the package, and one compiled validator for each."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

FILES = ("project", "job", "connector", "asset", "manifest", "lock", "diagnostics", "diff", "plan", "check", "affected")
JOB = "job"
WRITTEN = "written"  # a job as its author writes it: no reference is an object yet


@cache
def schema_of(kind: str) -> dict[str, Any]:
    """The schema of a kind of file, or `WRITTEN`; shared, never changed.

    The published job schema is for authors. That of `JOB` differs from it in one definition: once
    outputs are in place, references are the objects that the manifest has.
    """
    name = JOB if kind == WRITTEN else kind
    schema: dict[str, Any] = json.loads(text_of(name))
    if kind == JOB:
        schema["$defs"]["reference"] = schema_of("manifest")["$defs"]["reference"]
    return schema


def text_of(kind: str) -> str:
    """A schema as it is published."""
    return (files("dativo_compile") / "schemas" / f"{kind}.schema.json").read_text(encoding="utf-8")


@cache
def validator_of(kind: str) -> Any:
    import jsonschema_rs  # 30 ms: not for a command that reads no file

    return jsonschema_rs.Draft202012Validator(schema_of(kind))


def schema_at(kind: str, path: list[str | int]) -> Any:
    """The part of a schema at a location without references, as validators report it."""
    part: Any = schema_of(kind)
    for step in path:
        part = part[step]
    return part
