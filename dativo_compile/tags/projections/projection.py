"""A projection: the tags of one destination, made of logical keys and texts by a pure function that never raises.

The input is the text form of tags as it stands in manifests (`compliance` is `SOC2,GDPR`): a comma parts elements.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal

from dativo_compile.tags.projections.styles import Style, styled

Reason = Literal["empty-key", "bad-start", "reserved", "key-too-long", "value-too-long", "collision", "too-many"]
Refusal = tuple[Reason, str]
NO_NAMES: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Fault:
    """Why tags cannot be sent: `keys` are logical, in order; `made` is the key that they would have there.

    `text` is a phrase for a message; `size` and `limit` are given where something is too long or too many.
    """

    keys: tuple[str, ...]
    reason: Reason
    made: str
    text: str
    size: int = 0
    limit: int = 0


@dataclass(frozen=True, slots=True)
class Projected:
    """What would be sent, in order of its keys. `logical` has the logical key of each, `left` those not sent as tags.

    `tags` keep the limits of the destination, faults or none: what has a fault is not among them.
    """

    tags: dict[str, str]
    faults: tuple[Fault, ...] = ()
    logical: dict[str, str] = field(default_factory=dict)
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """How a destination counts the length of a text, and how long keys and values may be by it."""

    unit: str
    of: Callable[[str], int]
    key: int
    value: int


@dataclass(frozen=True, slots=True)
class Limits:
    """`most` tags on one resource; absent where the destination sets no limit."""

    measures: tuple[Measure, ...]
    most: int | None = None


def characters(key: int, value: int) -> Measure:
    return Measure("characters", len, key, value)


def octets(key: int, value: int) -> Measure:
    return Measure("bytes in UTF-8", lambda text: len(text.encode("utf-8", "surrogatepass")), key, value)


def same(text: str) -> str:
    return text


def fits(_key: str) -> Refusal | None:
    return None


def taken(_key: str, _value: str) -> bool:
    return True


@dataclass(frozen=True, slots=True, eq=False)
class Projection:
    """One destination. `key` and `value` replace characters one by one, and leave alone what they gave before.

    `refused` says why a key of fitting characters is none. Keys with one `folded` form are one key there. What `takes`
    declines is left out without a fault. `thing` and `things` are what a message calls
    such tags; `source` is the published page.
    """

    name: str
    thing: str
    things: str
    style: Style
    limits: Limits
    source: str
    key: Callable[[str], str] = same
    value: Callable[[str], str] = same
    refused: Callable[[str], Refusal | None] = fits
    folded: Callable[[str], str] = same
    takes: Callable[[str, str], bool] = taken


@dataclass(frozen=True, slots=True)
class Fit:
    """One tag at a destination, before the others are seen."""

    logical: str
    key: str
    folded: str
    value: str
    taken: bool
    fault: Fault | None


def project(
    projection: Projection, tags: Mapping[str, str], style: Style | None = None, names: Mapping[str, str] = NO_NAMES
) -> Projected:
    """`style` is the projection's own unless given; a key in `names` is replaced by the name, and not styled."""
    way = style or projection.style
    fitted = [fit(projection, key, names.get(key) or styled(key, way), tags[key]) for key in sorted(tags)]
    kept = [one for one in fitted if one.taken]
    faults = [one.fault for one in kept if one.fault]
    lost: frozenset[str] = frozenset()
    if len({one.folded for one in kept}) < len(kept):
        faults += (collisions := _collisions(kept))
        lost = frozenset(key for fault in collisions for key in fault.keys)
    sent = sorted((one.key, one.logical, one.value) for one in kept if not one.fault and one.logical not in lost)
    most = projection.limits.most
    if most is not None and len(sent) > most:
        faults.append(_too_many(projection, sent, most))
        sent = sent[:most]
    return Projected(
        {key: value for key, _, value in sent}, tuple(faults), {key: logical for key, logical, _ in sent},
        tuple(one.logical for one in fitted if not one.taken),
    )  # fmt: skip


@lru_cache(maxsize=16384)  # tenants share keys and values
def fit(projection: Projection, logical: str, written: str, text: str) -> Fit:
    key, value = projection.key(written), projection.value(text)
    return Fit(
        logical, key, projection.folded(key), value, projection.takes(key, value),
        _fault(projection, logical, key, value),
    )  # fmt: skip


def _fault(projection: Projection, logical: str, key: str, value: str) -> Fault | None:
    refusal: Refusal | None = projection.refused(key) if key else ("empty-key", "a key cannot be empty")
    if refusal:
        return Fault((logical,), refusal[0], key, refusal[1])
    for measure in projection.limits.measures:
        size = measure.of(key)
        if size > measure.key:
            return _too_long(Fault((logical,), "key-too-long", key, "key", size, measure.key), measure)
        size = measure.of(value)
        if size > measure.value:
            return _too_long(Fault((logical,), "value-too-long", key, "value", size, measure.value), measure)
    return None


def _too_long(fault: Fault, measure: Measure) -> Fault:
    return replace(fault, text=f"its {fault.text} has {fault.size} {measure.unit}, and at most {fault.limit} fit")


def _collisions(fitted: Sequence[Fit]) -> list[Fault]:
    groups: dict[str, list[Fit]] = {}
    for one in fitted:
        groups.setdefault(one.folded, []).append(one)
    return [_collision(group) for group in groups.values() if len(group) > 1]


def _collision(group: Sequence[Fit]) -> Fault:
    key = group[0].key
    how = "both" if len(group) == 2 else "all"
    return Fault(tuple(one.logical for one in group), "collision", key, f"they would {how} be `{key}`")


def _too_many(projection: Projection, sent: Sequence[tuple[str, str, str]], most: int) -> Fault:
    text = f"{len(sent)} tags, and there is room for {most}"
    return Fault(tuple(logical for _, logical, _ in sent[most:]), "too-many", "", text, len(sent), most)
