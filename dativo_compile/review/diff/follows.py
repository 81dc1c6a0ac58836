"""Changes that echo another one: a table property shows a tag, the location a bucket, the list of references a leaf."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dativo_compile.review.diff.classify import BUCKETS
from dativo_compile.review.diff.model import Change, Element, Step, Steps

# A property's name after its namespace is a tag's, but for these of the provider.
PROVIDER = {
    "infrastructure.provider": ("infrastructure", "provider", "provider"),
    "infrastructure.region": ("infrastructure", "provider", "region"),
    "infrastructure.account_id": ("infrastructure", "provider", "account_id"),
    "infrastructure.project_id": ("infrastructure", "provider", "project_id"),
    "infrastructure.tenant_id": ("job", "tenant_id"),
    "asset.name": ("job", "asset"),
    "dativo.job": ("job", "id"),
}
SPACES = ("tags.", "infrastructure.", "finops.", "compliance.", "")
FIELDS = "classification.fields."
STORAGE = BUCKETS | {"prefix"}
PLACING = ("warehouse", "table", "catalog")


def echoes(changes: Sequence[Change]) -> dict[Steps, Change]:
    """Steps of each change that follows -> the change that it follows."""
    by_steps = {change.steps: change for change in changes}
    found = {change.steps: _leader(change, by_steps) for change in changes}
    return {steps: leader for steps, leader in found.items() if leader is not None}


def _leader(change: Change, by_steps: dict[Steps, Change]) -> Change | None:
    match change.steps:
        case ("table_properties", str(key)):
            return _tag_of(change, key, by_steps)
        case ("target", "location"):
            return _placing(by_steps)
        case ("references", Element() as element):
            return _user_of(element, change, by_steps)
        case ("job", "name"):
            return by_steps.get(("job", "id"))
        case _:
            return None


def _placing(by_steps: dict[Steps, Change]) -> Change | None:
    """What moved the location: the storage, else the warehouse, else the table's names."""
    storage = [c for c in _below(by_steps, ("target", "connection")) if str(c.steps[-1]) in STORAGE]
    return next(iter(storage), next((c for step in PLACING for c in _below(by_steps, ("target", step))), None))


def _tag_of(change: Change, key: str, by_steps: dict[Steps, Change]) -> Change | None:
    """The tag of the same name, if old or new value is what the property has; the column of a classification."""
    if key in PROVIDER and (leader := by_steps.get(PROVIDER[key])):
        return leader
    for space in SPACES:
        tag = by_steps.get(("tags", key.removeprefix(space))) if key.startswith(space) else None
        if tag is not None and ((tag.new, tag.how) == (change.new, change.how) or tag.old == change.old):
            return tag
    if key.startswith(FIELDS):
        column: Step = Element("name", key.removeprefix(FIELDS))
        return by_steps.get(("schema", column, "classification")) or by_steps.get(("schema", column))
    return None


def _user_of(element: Element, change: Change, by_steps: dict[Steps, Change]) -> Change | None:
    """The first changed leaf that has the reference on either side."""
    return next(
        (
            other
            for other in by_steps.values()
            if other.steps[0] != "references" and (_has(other.old, element.value) or _has(other.new, element.value))
        ),
        None,
    )


def _has(value: Any, ref: str) -> bool:
    if type(value) is dict:
        return value.get("$ref") == ref or any(_has(inner, ref) for inner in value.values())
    return type(value) is list and any(_has(inner, ref) for inner in value)


def _below(by_steps: dict[Steps, Change], start: tuple[str, str]) -> list[Change]:
    return [change for steps, change in by_steps.items() if steps[:2] == start]
