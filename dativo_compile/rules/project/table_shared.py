"""Two jobs that write one table: they may fit together, or each undo what the other did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic, diagnose
from dativo_compile.model.job import Claim
from dativo_compile.model.project import Project
from dativo_compile.rules.project.claims import NAMED, SHOWN, contested, place_in, relate, the_rest

TABLE_SHARED = Code(
    "DC7001",
    "table-shared",
    "warning",
    "`{job}` and `{other}` write one table, `{table}`",
    """\
Two jobs name the same table in the same catalog. They only add rows, with one schema, one partitioning
and one location, so neither harms the other; but often one was copied from the other and its table
was forgotten.

Give one of them another `target.table`. If the sharing is meant, declare it in `dativo.yaml` with its
reason, under `tables.shared`.""",
)
TABLE_CONTESTED = Code(
    "DC7002",
    "table-contested",
    "error",
    "`{job}` and `{other}` write one table, `{table}`, {how}",
    """\
Two jobs name the same table in the same catalog, and at least one replaces rows of the other, or they
differ in schema, partitioning or location. Whichever runs last wins, and the other's data is lost or
unreadable.

Give one of them another `target.table`. If the sharing is meant (each job overwrites partitions of its
own, say), declare it in `dativo.yaml` with its reason, under `tables.shared`.""",
    guarded=True,
)
ADDING = ("append", "upsert")
MOST = SHOWN + NAMED  # jobs kept by name: with all, ten thousand would compare with each other
PATHS = (("target", "table"), ("asset",), ("asset_path",))


def table_shared(claims: Sequence[Claim], project: Project) -> Iterator[Diagnostic]:
    for group in contested(claims, lambda claim: claim.identity):
        if group[0].table not in project.shared_tables:
            yield from _findings(group)


def shared_tables(claims: Sequence[Claim]) -> set[str]:
    """The tables that several jobs write."""
    return {group[0].table for group in contested(claims, lambda claim: claim.identity)}


def _findings(group: Sequence[Claim]) -> Iterator[Diagnostic]:
    earlier: dict[tuple[bool, str, str], list[Claim]] = {}
    counts: Counter[tuple[bool, str, str]] = Counter()
    for number, claim in enumerate(group):
        kind = (claim.write_mode in ADDING, claim.shape, claim.location.rstrip("/"))
        if number and claim.ours:
            unlike = (other for key, others in earlier.items() if key != kind or not kind[0] for other in others)
            count = number - counts[kind] if kind[0] else number
            if count:
                yield _finding(claim, list(islice(unlike, MOST)), count, TABLE_CONTESTED)
            else:
                yield _finding(claim, group[: min(number, MOST)], number, TABLE_SHARED)
        counts[kind] += 1
        others = earlier.setdefault(kind, [])
        if len(others) < MOST:
            others.append(claim)


def _finding(claim: Claim, others: Sequence[Claim], count: int, code: Code) -> Diagnostic:
    first = others[0]
    return diagnose(
        code,
        place_in(claim, *PATHS),
        notes=the_rest(others[SHOWN:], count - SHOWN),
        help="choose another `target.table`, or declare the sharing in dativo.yaml under `tables.shared`",
        related=relate(others[:SHOWN], "writes it too", *PATHS),
        job=claim.job_id,
        other=first.job_id,
        table=claim.table,
        how=_conflict(claim, first),
    )


def _conflict(one: Claim, other: Claim) -> str:
    if one.location.rstrip("/") != other.location.rstrip("/"):
        return "in two locations"
    if one.shape != other.shape:
        return "with two schemas or partitionings"
    return "and may replace each other's rows"
