"""What a project has names for by convention is named by it, where the project turns that on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic, diagnose
from dativo_compile.linking.templates import EnvironmentNeeded
from dativo_compile.mapping.places import origin_place
from dativo_compile.model.job import PlacedJob
from dativo_compile.model.place import Place
from dativo_compile.model.project import Project
from dativo_compile.rules.provider.conventions import expected, fits, whose
from dativo_compile.rules.provider.id_fault import brief
from dativo_compile.rules.provider.named import declared_names
from dativo_compile.rules.provider.written import written
from dativo_compile.yaml.spans import place_of

NAME_UNCONVENTIONAL = Code(
    "DC5060",
    "name-unconventional",
    "warning",
    "the {what} is named `{name}`, and by convention it would be `{wanted}`",
    """\
`naming` in `dativo.yaml` says how things are named, and this one is not: the name was mistyped, is older than the
convention, or is that of another tenant or environment. Resources of the job are checked, the bucket or container that
it writes to, and the namespace of its table. A name that a tenant's own id makes impossible is asked for as near as it
can be: with `_` for each `-` in a BigQuery dataset, and with `-` for each `_` in an S3 bucket, an Azure container or a
service account; all of these but the first, and Glue databases, in lower case. Where the pattern gives more characters
than such a name can have, nothing is asked for.

Correct the name, or the pattern. A single name that is meant ends its line with
`# dativo: ignore[DC5060] older than the convention`.""",
)
NAMING_ENVIRONMENT = Code(
    "DC5062",
    "naming-environment",
    "error",
    "the naming convention `{pattern}` needs an environment, and the job has none",
    """\
The pattern for a name of this job in `dativo.yaml` has `{environment}` in it, and the job says no `environment`: there
is nothing that the name could be compared with.

Add `environment` to the job, or take the field out of the pattern.""",
)


@dataclass(frozen=True, slots=True)
class Subject:
    """Something with a name: what it is in words, its convention, and what kind of names it can have."""

    what: str
    convention: str
    kind: str


SUBJECTS = {
    "s3_bucket": Subject("bucket", "bucket", "s3"),
    "gcs_bucket": Subject("bucket", "bucket", "gcs"),
    "s3": Subject("bucket", "bucket", "s3"),
    "minio": Subject("bucket", "bucket", "s3"),
    "gcs": Subject("bucket", "bucket", "gcs"),
    "container": Subject("container", "bucket", "container"),
    "iam_role": Subject("role", "role", "iam_role"),
    "service_account": Subject("service account", "service_account", "service_account"),
    "glue_catalog": Subject("Glue database", "namespace", "glue"),
    "bigquery_dataset": Subject("dataset", "namespace", "bigquery"),
}


def name_unconventional(placed: PlacedJob, project: Project) -> Iterator[Diagnostic]:
    patterns = project.naming
    if not patterns:
        return
    linked = placed.linked
    for subject, name, place_of_name in _subjects(placed):
        pattern = patterns.get(subject.convention)
        if pattern is None:
            continue
        try:
            wanted = expected(pattern, linked.tenant, linked.environment, subject.kind)
        except EnvironmentNeeded:
            place = place_of(linked.document, ("tenant_id",), key=True)
            help = f"add `environment: NAME` to the job, or correct `naming.{subject.convention}` in dativo.yaml"
            yield diagnose(NAMING_ENVIRONMENT, place, help=help, pattern=pattern)
            return  # one is enough
        if not fits(name, wanted, subject.kind):
            yield _unconventional(placed, subject, name, place_of_name(), pattern, wanted)


def _unconventional(
    placed: PlacedJob, subject: Subject, name: str, place: Place, pattern: str, wanted: str
) -> Diagnostic:
    owner = whose(name, pattern, placed.linked.tenant, placed.linked.environment)
    notes = (f"the pattern is `{pattern}`, from `naming.{subject.convention}`",)
    return diagnose(
        NAME_UNCONVENTIONAL, place,
        notes=(f"it would be the name for {owner}", *notes) if owner else notes,
        help=f"name the {subject.what} `{wanted}`, or correct `naming.{subject.convention}` in dativo.yaml",
        what=subject.what, name=brief(name), wanted=wanted,
    )  # fmt: skip


def _subjects(placed: PlacedJob) -> Iterator[tuple[Subject, str, Callable[[], Place]]]:
    """Each name of a kind once, with its place: what is declared comes before what the target resolves to."""
    names: dict[tuple[Subject, str], Callable[[], Place]] = {}
    for one in declared_names(placed):
        if one.kind in SUBJECTS:
            names.setdefault((SUBJECTS[one.kind], one.name), partial(one.place, placed))
    for target in written(placed, SUBJECTS):
        names.setdefault((SUBJECTS[target.kind], target.name), partial(target.part, 0, len(target.name)))
    table = placed.table
    if table is not None:
        kind = table.identity[0]
        subject = Subject({"glue": "Glue database", "bigquery": "dataset"}.get(kind, "namespace"), "namespace", kind)
        origin = placed.table_origins["namespace"]
        names.setdefault((subject, table.namespace), partial(origin_place, placed.linked, origin))
    for (subject, name), place in names.items():
        yield subject, name, place
