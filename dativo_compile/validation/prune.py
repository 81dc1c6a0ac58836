"""A job without its faulty parts, so that later passes can still look at the rest."""

from __future__ import annotations

from typing import Any

from dativo_compile.model.source import Document
from dativo_compile.validation.fault import Fault, Path
from dativo_compile.validation.load import WRITTEN
from dativo_compile.validation.schema import faults_of

# Without these, later passes miss nothing that they would report as a fault of its own.
INERT: tuple[Path, ...] = (
    ("description",),
    ("schedule",),
    ("retry_config",),
    ("logging",),
    ("plugins",),
    ("schema_validation_mode",),
    ("classification_overrides",),
    ("governance_overrides",),
    ("source", "connection"),
    ("source", "credentials"),
    ("source", "custom_reader"),
    ("source", "engine"),
    ("source", "incremental"),
    ("target", "branch"),
    ("target", "credentials"),
    ("target", "custom_writer"),
    ("target", "engine"),
    ("target", "file_format"),
    ("infrastructure", "metadata"),
    ("infrastructure", "provider", "account_id"),
    ("infrastructure", "provider", "resources"),
    ("infrastructure", "terraform", "variables"),
)


def pruned(document: Document, faults: tuple[Fault, ...]) -> Document | None:
    """The document as far as it satisfies the job schema; absent if what is left would mislead."""
    value, marks = document.value, document.marks
    while faults:
        cuts = {cut: fault.meant if cut[1] else "" for fault in faults if (cut := _cut(fault))}
        if any(fault.misplaced for fault in faults) or not all(_harmless(cut) for cut in cuts):
            return None
        for (path, _), meant in cuts.items():
            value, marks = _without(value, marks, path, meant)
        faults = faults_of(WRITTEN, value)
    return Document(document.file, document.role, value, marks)


def _cut(fault: Fault) -> tuple[Path, bool]:
    """What to take away, and whether it is an unknown key; a whole list rather than an element."""
    path = fault.path
    for depth, step in enumerate(path):
        if isinstance(step, int):
            return path[:depth], False
    return path, fault.code.name == "key-unknown"


def _harmless(cut: tuple[Path, bool]) -> bool:
    path, unknown = cut
    return bool(path) and (unknown or any(path[: len(inert)] == inert for inert in INERT))


def _without(value: Any, marks: Any, path: Path, meant: str = "") -> tuple[Any, Any]:
    """Both trees without what is at `path`; the old ones stay as they were.

    What stood under a misspelt key goes where it was `meant` to stand, if nothing is there: a later
    pass must not miss it.
    """
    step = path[0]
    if type(value) is not dict or step not in value:
        return value, marks
    value, marks = dict(value), dict(marks)
    if len(path) > 1:
        value[step], marks[step] = _without(value[step], marks[step], path[1:], meant)
        return value, marks
    inner, mark = value.pop(step), marks.pop(step)
    if meant and meant not in value:
        value[meant], marks[meant] = inner, mark
    return (value, marks) if value else (value, first_mark(mark))


def first_mark(marks: Any) -> str:
    while type(marks) is not str:
        marks = next(iter(marks.values() if type(marks) is dict else marks))
    return marks
