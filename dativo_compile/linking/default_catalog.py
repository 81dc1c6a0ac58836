"""`default_catalog` of `dativo.yaml`, as a connector would have said it."""

from __future__ import annotations

from typing import Any

from dativo_compile.diagnostics.codes.link import REFERENCE_MISPLACED
from dativo_compile.diagnostics.diagnostic import Diagnostic, diagnose
from dativo_compile.linking.catalog import IDENTITY_KEYS
from dativo_compile.linking.connector import default_warnings
from dativo_compile.linking.merge import Tree, without_nulls
from dativo_compile.linking.references import rewrite, typed_text
from dativo_compile.model.source import Document
from dativo_compile.validation.words import dotted
from dativo_compile.yaml.spans import place_of

KEY = "default_catalog"


def default_catalog(document: Document, found: list[Diagnostic]) -> Tree:
    """Empty without one; a bare name is a type. Text that may be known at run time only is typed."""
    value, marks = document.value.get(KEY), document.marks.get(KEY)
    if type(value) is str:
        return {"type": value}, {"type": marks}
    if not value:
        return {}, {}

    def visit(path: tuple[str | int, ...], text: str) -> Any:
        made = typed_text(text)
        full = (KEY, *path)
        if type(made) is str:
            return made
        if path[0] in IDENTITY_KEYS:
            place = place_of(document, full)
            found.append(diagnose(REFERENCE_MISPLACED, place, path=dotted(full), help="write the value itself"))
            return text
        found.extend(default_warnings(document, full, made))
        return made

    value, marks = without_nulls(*rewrite(value, marks, visit))
    return (value, marks) if value else ({}, {})
