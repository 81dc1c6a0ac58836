"""A job that lists its resources writes to those: a bucket that is not among them is often somebody else's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic, Related, diagnose
from dativo_compile.diagnostics.near import asked, nearest
from dativo_compile.mapping.places import origin_place
from dativo_compile.model.job import PlacedJob, Table
from dativo_compile.model.origin import winner
from dativo_compile.model.place import Place
from dativo_compile.model.project import Project
from dativo_compile.rules.provider.block import provider_of
from dativo_compile.rules.provider.id_fault import brief
from dativo_compile.rules.provider.named import Named, declared_names
from dativo_compile.rules.provider.written import written

TARGET_UNDECLARED = Code(
    "DC5050",
    "target-undeclared",
    "warning",
    "the job writes to the {what} `{name}`, which is not among its resources",
    """\
The job lists its resources, and has some of this type. What it writes to, once the outputs of Terraform are in place,
is none of them: the bucket, the storage account, the Glue database or the BigQuery dataset was changed in one place and
forgotten in the other, or belongs to another tenant or environment. A job without resources of the type is not asked,
nor is one that writes to a store other than the provider's own (MinIO, say) or whose bucket is known at run time only.

Correct the name, or list the resource under `infrastructure.provider.resources`.""",
)
SHOWN = 5  # related places of one finding
BUCKETS = {"s3": "s3_bucket", "gcs": "gcs_bucket", "azure": "storage_account"}
TABLES = {"glue": "glue_catalog", "bigquery": "bigquery_dataset"}
WHAT = {
    "s3_bucket": "bucket", "gcs_bucket": "bucket", "storage_account": "storage account",
    "glue_catalog": "Glue database", "bigquery_dataset": "BigQuery dataset",
}  # fmt: skip


def target_undeclared(placed: PlacedJob, _project: Project) -> Iterator[Diagnostic]:
    names = declared_names(placed)
    if not names:
        return
    listed = [resource["resource_type"] for resource in provider_of(placed)["resources"]]
    for one in written(placed, BUCKETS):
        kind = BUCKETS[one.kind]
        known = _all_of(kind, listed, names)
        if known and not any(_same(kind, one.name, other.name) for other in known):
            yield _undeclared(placed, kind, one.name, one.place, known)
    if placed.table is not None and placed.table.identity[0] in TABLES:
        yield from _of_table(placed, placed.table, listed, names)


def _of_table(placed: PlacedJob, table: Table, listed: Sequence[str], names: Sequence[Named]) -> Iterator[Diagnostic]:
    kind = TABLES[table.identity[0]]
    known = _all_of(kind, listed, names)
    project = table.identity[2] if kind == "bigquery_dataset" else ""
    for other in known:
        if _same(kind, table.namespace, other.name) and project in ("", other.project):
            return
    if not known:
        return
    # The project is worth a word only where the dataset alone would not tell.
    full = bool(project) and any(other.name == table.namespace for other in known)
    origin = placed.table_origins["namespace"]
    by_rule = winner(origin) == "rule:namespace-pattern"
    notes = ("its catalog names none, so that it comes from the pattern of namespaces",) if by_rule else ()
    name = f"{project}.{table.namespace}" if full else table.namespace
    yield _undeclared(placed, kind, name, origin_place(placed.linked, origin), known, full=full, notes=notes)


def _all_of(kind: str, listed: Sequence[str], names: Sequence[Named]) -> list[Named]:
    """The declared resources of a type; none if one of them cannot be read, or is more than one name."""
    found = [one for one in names if one.kind == kind]
    return found if len(found) == listed.count(kind) else []


def _same(kind: str, one: str, other: str) -> bool:
    """Azure and Glue tell no two names apart by case."""
    return one == other or (kind in ("storage_account", "glue_catalog") and one.casefold() == other.casefold())


def _undeclared(
    placed: PlacedJob, kind: str, name: str, place: Place, known: Sequence[Named], *,
    full: bool = False, notes: tuple[str, ...] = (),
) -> Diagnostic:  # fmt: skip
    """`full` names have their project before them."""
    what = WHAT[kind]
    shown = [f"{one.project}.{one.name}" if full else one.name for one in known]
    near = nearest(name, shown)
    listing = f"list the {what} under `infrastructure.provider.resources`"
    help = f"{asked(near)} otherwise {listing}" if near else f"correct the name, or {listing}"
    pairs = list(zip(known, shown, strict=True))[:SHOWN]
    related = tuple(Related(one.place(placed), f"`{brief(text)}` is") for one, text in pairs)
    return diagnose(TARGET_UNDECLARED, place, notes=notes, help=help, related=related, what=what, name=brief(name))
