"""Two jobs that write one table: they may fit together, or each undo what the other did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic, diagnose
from dativo_compile.model.job import Claim
from dativo_compile.model.project import Project
from dativo_compile.rules.project.claims import SHOWN, contested, more, place_in, relate

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
PATHS = (("target", "table"), ("asset",), ("asset_path",))


def table_shared(claims: Sequence[Claim], project: Project) -> Iterator[Diagnostic]:
    for group in contested(claims, lambda claim: claim.identity):
        if group[0].table in project.shared_tables:
            continue
        earlier: dict[tuple[bool, str, str], list[Claim]] = {}
        for number, claim in enumerate(group):
            kind = (claim.write_mode in ADDING, claim.shape, claim.location.rstrip("/"))
            if number and claim.ours:
                unlike = [other for key, others in earlier.items() if key != kind or not kind[0] for other in others]
                yield _finding(claim, unlike or group[:number], TABLE_CONTESTED if unlike else TABLE_SHARED)
            others = earlier.setdefault(kind, [])
            if len(others) <= SHOWN:  # more would not be shown, and ten thousand jobs would compare with each other
                others.append(claim)


def _finding(claim: Claim, others: Sequence[Claim], code: Code) -> Diagnostic:
    first = others[0]
    return diagnose(
        code,
        place_in(claim, *PATHS),
        notes=more(others),
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
