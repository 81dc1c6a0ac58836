"""How project rules walk over claims, where they point, and how they name what does not fit on a screen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

from dativo_compile.diagnostics.diagnostic import Related
from dativo_compile.mapping.dotpath import find, parse
from dativo_compile.model.job import Claim
from dativo_compile.model.place import Place
from dativo_compile.yaml.spans import place_of

SHOWN = 5  # related places of one finding
NAMED = 5  # further jobs that a note names
OUTPUTS = ("infrastructure", "terraform", "outputs")

Path = tuple[str, ...]


def contested(claims: Iterable[Claim], key: Callable[[Claim], Hashable]) -> Iterator[list[Claim]]:
    """Claims with one key, where there are two or more, in the order of the claims. A falsy key claims nothing."""
    groups: dict[Hashable, list[Claim]] = defaultdict(list)
    for claim in claims:
        found = key(claim)
        if found:
            groups[found].append(claim)
    return (group for group in groups.values() if len(group) > 1)


def place_in(claim: Claim, *paths: Path) -> Place:
    """The first of these paths that the job has; its file as such if we have no text of it."""
    document = claim.reread(claim.file) if claim.reread else None
    if document is None:
        return Place.whole(claim.file)
    for path in paths:
        if find(document.value, path) is not None:
            return place_of(document, path)
    return place_of(document, ("tenant_id",), key=True)


def place_of_value(claim: Claim, path: str) -> tuple[Place, str]:
    """Where the job gives the value at a dot-path, maps an output to it, or names the connector; and where it is from.

    The second is empty for a value that stands in the job.
    """
    document = claim.reread(claim.file) if claim.reread else None
    if document is None:
        return Place.whole(claim.file), ""
    steps = parse(path) or ()
    if type(find(document.value, steps)) is str:
        return place_of(document, steps), ""
    for expression, targets in (find(document.value, OUTPUTS) or {}).items():
        for target in targets if type(targets) is list else [targets]:
            if path == target or path.startswith((f"{target}.", f"{target}[")):
                return place_of(document, (*OUTPUTS, expression)), f"the output `{expression}` of {claim.state}"
    connector = find(document.value, (f"{steps[0]}_connector_path",)) if steps else None
    if connector is not None:
        return place_of(document, (f"{steps[0]}_connector_path",)), "the connector"
    return place_in(claim, tuple(map(str, steps[:-1]))), ""


def relate(claims: Iterable[Claim], what: str, *paths: Path) -> tuple[Related, ...]:
    return tuple(Related(place_in(claim, *paths), f"`{claim.job_id}` {what}") for claim in claims)


def the_rest(claims: Sequence[Claim], count: int | None = None) -> tuple[str, ...]:
    """A note about the jobs that are not shown; `count` says how many there are, if `claims` are not all."""
    count = len(claims) if count is None else count
    if count <= 0:
        return ()
    return (f"so {'does' if count == 1 else 'do'} {listed([claim.job_id for claim in claims], count, 'more jobs')}",)


def listed(names: Iterable[str], count: int | None = None, more: str = "more") -> str:
    """`a`, `b` and 7 more: at most five are named. `count` says how many there are, if `names` are not all."""
    quoted = [f"`{name}`" for name in names]
    count = len(quoted) if count is None else count
    if count > NAMED:
        return f"{', '.join(quoted[:NAMED])} and {count - NAMED} {more}"
    return " and ".join(filter(None, (", ".join(quoted[:-1]), quoted[-1])))
