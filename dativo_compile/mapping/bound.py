"""A job with its outputs in place meets the schema again; a fault is shown at the mapping's line."""

from __future__ import annotations

from typing import Any

from dativo_compile.diagnostics.codes.mapping import BOUND_UNFIT
from dativo_compile.diagnostics.diagnostic import Diagnostic, diagnose
from dativo_compile.mapping.dotpath import show
from dativo_compile.mapping.plan import Mapping
from dativo_compile.model.job import LinkedJob
from dativo_compile.model.output import State
from dativo_compile.validation.fault import Fault
from dativo_compile.validation.load import WRITTEN
from dativo_compile.validation.schema import faults_of
from dativo_compile.yaml.spans import place_of


def misfits(
    linked: LinkedJob, mappings: tuple[Mapping, ...], body: dict[str, Any], state: State | None
) -> list[Diagnostic]:
    """At most one for each mapping."""
    value = {**linked.document.value, **body}
    faults = faults_of("job", value)
    if not faults or not mappings:
        return []  # a literal: `parse` has reported it
    before = {fault.path for fault in faults_of("job", {**linked.document.value, **linked.body})}
    hit: dict[Mapping, Fault] = {}
    for fault in sorted(faults, key=lambda fault: len(fault.path)):
        mapping = None if fault.path in before else _cause(fault, mappings)
        if mapping is not None:
            hit.setdefault(mapping, fault)
    # As its author would have written it: a mapping that is no reference is told to be no text, and no more.
    for fault in faults_of(WRITTEN, value):
        mapping = _cause(fault, mappings)
        if mapping in hit and len(fault.path) <= len(hit[mapping].path):
            hit[mapping] = fault
    return [_misfit(linked, mapping, hit[mapping], state) for mapping in mappings if mapping in hit]


def _cause(fault: Fault, mappings: tuple[Mapping, ...]) -> Mapping | None:
    """The mapping whose value is at fault, else one on whose way something was made that lacks something."""
    inside = (m for m in mappings if fault.path[: len(m.target)] == m.target)
    above = (m for m in mappings if m.target[: len(fault.path)] == fault.path)
    return next(inside, None) or next(above, None)


def _misfit(linked: LinkedJob, mapping: Mapping, fault: Fault, state: State | None) -> Diagnostic:
    path = show(fault.path)
    return diagnose(
        BOUND_UNFIT, place_of(linked.document, mapping.path, key=mapping.index is None),
        expression=mapping.expression.text, path=path, reason=fault.message.removeprefix(f"`{path}` "),
        notes=(f"read from {state.location}",) if state else (),
        help=fault.help or "map an output of the right type, or correct the path",
    )  # fmt: skip
