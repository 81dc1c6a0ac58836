"""From an origin back to a place that a person can open."""

from __future__ import annotations

from typing import Any

from dativo_compile.diagnostics.diagnostic import Fix
from dativo_compile.linking.merge import first_leaf
from dativo_compile.model.job import LinkedJob
from dativo_compile.model.origin import FromOutput, winner
from dativo_compile.model.place import Place
from dativo_compile.yaml.fixes import swapped
from dativo_compile.yaml.spans import place_at, place_of


def origin_fix(linked: LinkedJob, origin: Any, old: str, new: str) -> Fix | None:
    """Writes `new` where the text `old` with this origin stands; absent for what an output or a rule made."""
    place = origin_place(linked, origin)
    file = next((d.file for d in linked.documents.values() if d.file.name == place.file), None)
    return swapped(file, place, old, new)


def origin_place(linked: LinkedJob, origin: Any) -> Place:
    """The value's own place, the line that mapped it, or the job's first line for what a rule made."""
    won = winner(first_leaf(origin))
    mark = won.mapped if type(won) is FromOutput else won
    role = str(mark).split(":", 1)[0]
    document = linked.documents.get(role)
    if document is None:
        return place_of(linked.document, ("tenant_id",), key=True)
    return place_at(document.file, str(mark))
