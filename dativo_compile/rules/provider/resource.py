"""The resources that a job declares, as rules walk over them, and how they report an id that is refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic, diagnose
from dativo_compile.model.job import PlacedJob
from dativo_compile.model.place import Place
from dativo_compile.rules.provider.block import PROVIDER, at_run_time, provider_of
from dativo_compile.rules.provider.id_fault import IdFault, brief
from dativo_compile.rules.provider.places import part_at

Resource = dict[str, Any]


def declared(placed: PlacedJob, provider: str, *kinds: str) -> Iterator[tuple[int, Resource]]:
    """Number and resource, of these types.

    None if the job is on another provider, and none whose id holds a reference: both have been reported.
    """
    block = provider_of(placed)
    if block.get("provider") != provider:
        return
    for number, resource in enumerate(block.get("resources") or ()):
        if resource["resource_type"] in kinds and not at_run_time(resource["resource_id"]):
            yield number, resource


def id_part(placed: PlacedJob, number: int, resource: Resource, start: int, end: int) -> Place:
    """The place of a part of a resource's id."""
    path = (*PROVIDER, "resources", number, "resource_id")
    return part_at(placed.linked.document, path, resource["resource_id"], start, end)


def id_refused(
    code: Code, placed: PlacedJob, number: int, resource: Resource, fault: IdFault, *, name: str = "", what: str = ""
) -> Diagnostic:
    """The fault at its part of the id; `name` and `what` are for messages that have them."""
    place = id_part(placed, number, resource, fault.start, fault.end)
    shown = brief(resource["resource_id"])
    return diagnose(code, place, help=fault.help, id=shown, reason=fault.reason, name=name, what=what)
