"""What passes and rules say of values that a plan does not tell: nothing of it is to be believed.

A stand-in is a text like any other to them, so that no rule needs to know of plans. What they then say is told apart
afterwards: it quotes a stand-in, or it stands at the words that map one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from dativo_compile.diagnostics.diagnostic import Diagnostic
from dativo_compile.mapping.pick import pick
from dativo_compile.mapping.plan import plan_of
from dativo_compile.model.job import StatedJob
from dativo_compile.model.place import Place
from dativo_compile.model.unknown import first_unknown, is_unknown
from dativo_compile.yaml.spans import place_of

VALUES = "DC5"  # from here on codes are about values; before, about files, states and mappings


def judged(diagnostics: Iterable[Diagnostic], stated: StatedJob) -> list[Diagnostic]:
    """Without what is said of the unknown values of a job."""
    mapped = {_start(place) for place in _places(stated)}
    return [
        found
        for found in diagnostics
        if not quotes(found)
        and not (found.code.id >= VALUES and found.place is not None and _start(found.place) in mapped)
    ]


def quotes(found: Diagnostic) -> bool:
    """Whether a stand-in is in any of its texts."""
    texts = (found.message, found.help, *found.notes, *(related.message for related in found.related))
    return any(is_unknown(text) for text in texts)


def _places(stated: StatedJob) -> Iterator[Place]:
    """Where the job maps what is unknown."""
    linked, state = stated.linked, stated.state
    if state is None or not state.unknown:
        return
    infrastructure = linked.document.value.get("infrastructure") or {}
    for mapping in plan_of((infrastructure.get("terraform") or {}).get("outputs") or {}).mappings:
        if mapping.expression.output not in state.unknown:
            continue
        place = place_of(linked.document, mapping.path)
        value, _ = pick(mapping.expression, state, partial(_same, place))
        if first_unknown(value) is not None:
            yield place
            yield place_of(linked.document, mapping.path, key=mapping.index is None)


def _same(place: Place) -> Place:
    return place


def _start(place: Place) -> tuple[str, int, int]:
    return place.file, place.line, place.column
