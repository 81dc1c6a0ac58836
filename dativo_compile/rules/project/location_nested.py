"""A table inside another table's place: cleaning the outer one deletes the files of the inner."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic, diagnose
from dativo_compile.model.job import Claim
from dativo_compile.model.project import Project
from dativo_compile.rules.project.claims import SHOWN, listed, place_in, relate, the_rest
from dativo_compile.rules.project.location_shared import PATHS
from dativo_compile.rules.project.storage_paths import above, storage_path

LOCATION_NESTED = Code(
    "DC7006",
    "location-nested",
    "error",
    "the table `{table}` has {inner} inside its location, `{location}`",
    """\
Iceberg takes every file below a table's location for its own. A table that lies deeper in the same place is
among those files: removing orphan files of the outer table deletes the data of the inner one.

A `prefix` is the place of one table, with nothing else below it: write `raw/orders` and `raw/refunds`, not
`raw` and `raw/refunds`. Without a `prefix`, or below a `warehouse`, namespace and name make the place.""",
    source="https://iceberg.apache.org/docs/latest/maintenance/#delete-orphan-files",
)


def location_nested(claims: Sequence[Claim], _project: Project) -> Iterator[Diagnostic]:
    """One finding for each outer place, however many tables lie in it."""
    first: dict[str, Claim] = {}  # of each location the first job, one of this compile if there is one
    for claim in claims:
        path = storage_path(claim.location)
        if path and (path not in first or (claim.ours and not first[path].ours)):
            first[path] = claim
    inside: dict[str, list[Claim]] = defaultdict(list)
    for path, claim in first.items():
        for outer in above(path):
            other = first.get(outer)
            if other is not None and other.identity != claim.identity:
                inside[outer].append(claim)
    for outer, inner in inside.items():
        finding = _finding(first[outer], inner, outer)
        if finding is not None:
            yield finding


def _finding(outer: Claim, inner: Sequence[Claim], location: str) -> Diagnostic | None:
    """At the outer table's job, whose prefix is too short; at an inner one's if only that is ours."""
    ours = [claim for claim in inner if claim.ours]
    if not outer.ours and not ours:
        return None
    at = outer if outer.ours else ours[-1]
    others = [claim for claim in (outer, *inner) if claim is not at]
    says = {outer.job_id: "writes the outer table"}
    return diagnose(
        LOCATION_NESTED,
        place_in(at, *PATHS),
        notes=the_rest(others[SHOWN:]),
        help=f"give `{outer.table}` a prefix below which nothing else lies",
        related=tuple(
            one for other in others[:SHOWN] for one in relate([other], says.get(other.job_id, "lies in it"), *PATHS)
        ),
        table=outer.table,
        location=location,
        inner=listed([claim.table for claim in inner]),
    )
