"""Where rules about tags point: into the job, or the asset that gave a tag."""

from __future__ import annotations

from typing import Any

from dativo_compile.diagnostics.diagnostic import Related
from dativo_compile.model.job import LinkedJob
from dativo_compile.model.origin import FromOutput, winner
from dativo_compile.model.place import Place
from dativo_compile.model.project import Project
from dativo_compile.model.source import Document
from dativo_compile.model.tag_demands import Path
from dativo_compile.tags.places import element_place, leaf_of, place_for
from dativo_compile.yaml.spans import place_of

TAGS = ("infrastructure", "tags")


def document_of(linked: LinkedJob, origin: Any) -> Document:
    """The file that a tag stands in; for an output, the job that maps it."""
    mark = winner(leaf_of(origin))
    text = mark.mapped if type(mark) is FromOutput else str(mark)
    return linked.documents.get(text.partition(":")[0], linked.document)


def key_place(linked: LinkedJob, origin: Any) -> Place:
    return place_for(document_of(linked, origin), origin, key=True)


def value_place(linked: LinkedJob, origin: Any, part: str | None = None) -> Place:
    """The value, or the element of a list that reads `part`."""
    return element_place(document_of(linked, origin), origin, part)


def block_place(linked: LinkedJob) -> Place:
    """`infrastructure.tags` of the job; its tenant if it has no such block."""
    document = linked.document
    block = document.value.get("infrastructure")
    if type(block) is dict and "tags" in block:
        return place_of(document, TAGS, key=True)
    return place_of(document, ("tenant_id",), key=True)


def demanded_at(project: Project, path: Path, what: str) -> tuple[Related, ...]:
    """The line of `dativo.yaml` that makes a demand."""
    return (Related(place_of(project.document, path), what),) if project.document else ()


def key_shown(text: str) -> str:
    """A key or a short text in a message: on one line, and not too long."""
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:57] + "..."


def listed(names: list[str]) -> str:
    """`a`, `b` and `c`"""
    quoted = [f"`{name}`" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"
