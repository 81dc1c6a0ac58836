"""How project rules walk over claims, and where they point."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Any

from dativo_compile.diagnostics.diagnostic import Related
from dativo_compile.model.job import Claim
from dativo_compile.model.place import Place
from dativo_compile.yaml.spans import place_of

SHOWN = 5  # related places of one finding

Path = tuple[str, ...]


def contested(claims: Sequence[Claim], key: Callable[[Claim], Hashable]) -> Iterator[list[Claim]]:
    """Claims with one key, where there are two or more; those of this compile last, each part in file order.

    So the later one of two is always a job that we have the text of. A falsy key claims nothing.
    """
    groups: dict[Hashable, list[Claim]] = defaultdict(list)
    for claim in claims:
        found = key(claim)
        if found:
            groups[found].append(claim)
    for group in groups.values():
        if len(group) > 1:
            yield sorted(group, key=lambda claim: (claim.ours, claim.file, claim.job_id))


def place_in(claim: Claim, *paths: Path) -> Place:
    """The first of these paths that the job has; its file as such if we have no text of it."""
    document = claim.reread(claim.file) if claim.reread else None
    if document is None:
        return Place.whole(claim.file)
    for path in paths:
        value: Any = document.value
        for step in path:
            value = value.get(step) if type(value) is dict else None
        if value is not None:
            return place_of(document, path)
    return place_of(document, ("tenant_id",), key=True)


def relate(claims: Iterable[Claim], what: str, *paths: Path) -> tuple[Related, ...]:
    return tuple(Related(place_in(claim, *paths), f"`{claim.job_id}` {what}") for claim in claims)


def more(claims: Sequence[Claim]) -> tuple[str, ...]:
    """A note about the places that are not shown."""
    return ("more jobs than the ones shown do so",) if len(claims) > SHOWN else ()
