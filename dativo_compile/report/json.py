"""Diagnostics as JSON lines, for programs: one object a line, every field always there but for `fix`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from dativo_compile.diagnostics.diagnostic import Diagnostic, Fix
from dativo_compile.model.place import Place


def render(diagnostics: Iterable[Diagnostic]) -> str:
    """Not capped. Without a place, file and positions are null. schemas/diagnostics.schema.json"""
    return "".join(json.dumps(_shape(d), ensure_ascii=False) + "\n" for d in diagnostics)


def _shape(diagnostic: Diagnostic) -> dict[str, Any]:
    return {
        "code": diagnostic.code.id,
        "severity": diagnostic.severity,
        "message": diagnostic.message,
        **_position(diagnostic.place),
        "help": diagnostic.help,
        "notes": list(diagnostic.notes),
        "related": [{"message": r.message, **_position(r.place)} for r in diagnostic.related],
        **({"fix": _fix(diagnostic.fix)} if diagnostic.fix else {}),
    }


def _fix(fix: Fix) -> dict[str, Any]:
    edits = [{**_position(edit.place), "text": edit.text} for edit in fix.edits]
    return {"description": fix.description, "edits": edits}


def _position(place: Place | None) -> dict[str, Any]:
    return {
        "file": place.file if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "end_line": place.end_line if place else None,
        "end_column": place.end_column if place else None,
    }
