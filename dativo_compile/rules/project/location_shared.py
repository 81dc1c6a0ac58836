"""Two tables in one place: cleaning one deletes the other's files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic, diagnose
from dativo_compile.model.job import Claim
from dativo_compile.model.project import Project
from dativo_compile.rules.project.claims import NAMED, SHOWN, contested, place_in, relate, the_rest

LOCATION_SHARED = Code(
    "DC7003",
    "location-shared",
    "error",
    "the tables `{table}` and `{other}` have one location, `{location}`",
    """\
Iceberg takes every file below a table's location for its own. With two tables in one place, expiring
snapshots or removing orphan files of one deletes the data of the other.

Give each table a place of its own: another bucket or `prefix`, or none, so that namespace and name make
the place. If both jobs should write one table, give them one `target.table`.""",
    guarded=True,
)
PATHS = (
    ("target", "warehouse"), ("target", "connection"), ("target", "table"), ("asset",), ("asset_path",),
)  # fmt: skip


def location_shared(claims: Sequence[Claim], _project: Project) -> Iterator[Diagnostic]:
    for group in contested(claims, lambda claim: claim.location.rstrip("/")):
        earlier: dict[tuple[str, ...], Claim] = {}  # the first job of each table
        for claim in group:
            if claim.ours:
                count = len(earlier) - (claim.identity in earlier)
                others = (other for identity, other in earlier.items() if identity != claim.identity)
                if count:
                    yield _finding(claim, list(islice(others, SHOWN + NAMED)), count)
            earlier.setdefault(claim.identity, claim)


def _finding(claim: Claim, others: Sequence[Claim], count: int) -> Diagnostic:
    return diagnose(
        LOCATION_SHARED,
        place_in(claim, *PATHS),
        notes=the_rest(others[SHOWN:], count - SHOWN),
        help="give each table a bucket or prefix of its own",
        related=relate(others[:SHOWN], "is there too", *PATHS),
        table=claim.table,
        other=others[0].table,
        location=claim.location,
    )
