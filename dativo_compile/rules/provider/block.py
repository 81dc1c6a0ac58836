"""What provider rules ask of a job's infrastructure block."""

from __future__ import annotations

from typing import Any

from dativo_compile.linking.references import typed_text
from dativo_compile.model.job import PlacedJob

NAMES = {"aws": "AWS", "gcp": "GCP", "azure": "Azure"}
PROVIDER = ("infrastructure", "provider")


def provider_of(placed: PlacedJob) -> dict[str, Any]:
    """`infrastructure.provider` with its outputs in place; empty without the block."""
    return _mapping(_mapping(placed.body.get("infrastructure")).get("provider"))


def outputs_of(placed: PlacedJob) -> dict[str, Any]:
    """The job's output mappings as written; empty if it maps none."""
    return _mapping(
        _mapping(_mapping(placed.linked.document.value.get("infrastructure")).get("terraform")).get("outputs")
    )


def lacks(placed: PlacedJob, field: str) -> bool:
    """Whether a field of the provider has no value, and no output was to give it one.

    An output that could not be mapped has been reported already.
    """
    if provider_of(placed).get(field) not in (None, ""):
        return False
    target = f"infrastructure.provider.{field}"
    return not any(target == to or (type(to) is list and target in to) for to in outputs_of(placed).values())


def at_run_time(text: str) -> bool:
    """Whether a text holds a reference. None may stand in this block, which has been reported: it is no other fault."""
    return "$" in text and type(typed_text(text)) is not str


def _mapping(value: Any) -> dict[str, Any]:
    return value if type(value) is dict else {}
