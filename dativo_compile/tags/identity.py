"""What is known of a job itself, and tags that must not contradict it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dativo_compile.diagnostics.codes.tags import TAG_CONTRADICTS
from dativo_compile.diagnostics.diagnostic import Diagnostic, Related, diagnose
from dativo_compile.model.job import PlacedJob
from dativo_compile.model.source import Document
from dativo_compile.tags.levels import Level
from dativo_compile.tags.places import place_for
from dativo_compile.tags.text import plain_text

PROVIDER_KEYS = ("provider", "region", "account_id", "project_id")

Identity = dict[str, tuple[str, Any]]


def identity_of(placed: PlacedJob) -> Identity:
    """Name -> value and origin, as far as known; `tenant_id` always is."""
    linked = placed.linked
    known: Identity = {"tenant_id": (linked.tenant, linked.document.marks["tenant_id"])}
    block = placed.body.get("infrastructure")
    provider = block.get("provider") if type(block) is dict else None
    if type(provider) is dict and provider:
        origins = placed.origins["infrastructure"]["provider"]
        for key in PROVIDER_KEYS:
            text = plain_text(provider.get(key))
            if text is not None:
                known[key] = text, origins[key]
    return known


def check_identity(known: Identity, levels: Sequence[Level], job: Document, found: list[Diagnostic]) -> None:
    """Each level by itself: the weakest is also written to the table as it stands."""
    for level in levels:
        values = level.values
        if known.keys().isdisjoint(values):
            continue
        for name, (value, origin) in known.items():
            said = values.get(name)
            if said is not None and said != value:
                found.append(_contradiction(name, value, origin, level, job))


def _contradiction(name: str, value: str, origin: Any, level: Level, job: Document) -> Diagnostic:
    assert level.document is not None
    related = Related(place_for(job, origin), f"the job's {name}")
    return diagnose(
        TAG_CONTRADICTS, place_for(level.document, level.origins[name]), related=(related,),
        help=f"write `{value}`, or remove the tag", tag=name, value=level.values[name], known=value,
    )  # fmt: skip
