"""Assets and jobs for the tests of tags, made of the text of their files."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent
from typing import Any

from dativo_compile.diagnostics.diagnostic import Diagnostic
from dativo_compile.linking.asset import normalise
from dativo_compile.linking.job_text import typed
from dativo_compile.model.asset import Asset
from dativo_compile.model.job import LinkedJob, PlacedJob, TaggedJob
from dativo_compile.model.project import Project
from dativo_compile.model.source import Document, Role, SourceFile
from dativo_compile.passes.merge_tags import merge_tags
from dativo_compile.yaml.reader import Marks, read

PROJECT = Project(Path("/nowhere"))
ASSET = """\
name: orders
schema:
  - {name: id, type: bigint}
  - {name: email, type: string, classification: PII}
"""


def document(text: str, role: Role, file: str = "") -> Document:
    data = dedent(text).encode()
    value, marks = read(data, Marks(role))
    return Document(SourceFile(file or f"{role}.yaml", data), role, value, marks)


def asset(text: str) -> tuple[Asset | None, list[Diagnostic]]:
    found: list[Diagnostic] = []
    return normalise(document(text, "asset"), found), found


def placed(job: str, asset_text: str | None = ASSET) -> PlacedJob:
    """A job that says at least who its tenant is; `asset_text` must be free of faults."""
    found: list[Diagnostic] = []
    its = typed(document("tenant_id: acme\n" + dedent(job), "job"), found)
    made = normalise(document(asset_text, "asset"), found) if asset_text else None
    body: dict[str, Any] = {}
    origins: dict[str, Any] = {}
    if "infrastructure" in its.value:
        body["infrastructure"], origins["infrastructure"] = its.value["infrastructure"], its.marks["infrastructure"]
    linked = LinkedJob("acme/orders", its, "acme", "prod", "orders", None, None, made, body, origins, None)
    return PlacedJob(linked, None, body, origins, None, {})


def tagged(job: str, asset_text: str | None = ASSET) -> tuple[TaggedJob, list[Diagnostic]]:
    found: list[Diagnostic] = []
    return merge_tags(placed(job, asset_text), PROJECT, found), found


def told(found: list[Diagnostic]) -> list[tuple[str, str]]:
    return [(d.code.name, d.message) for d in found]


def underlined(text: str, diagnostic: Diagnostic) -> str:
    """What stands at a diagnostic's place; `text` is the whole file."""
    place = diagnostic.place
    assert place is not None
    return dedent(text).splitlines()[place.line - 1][place.column - 1 : place.end_column - 1]
