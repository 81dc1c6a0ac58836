"""The id of a BigQuery dataset names its project, and the dataset."""

from __future__ import annotations

from collections.abc import Iterator

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic
from dativo_compile.model.job import PlacedJob
from dativo_compile.model.project import Project
from dativo_compile.rules.gcp.dataset import dataset_of
from dativo_compile.rules.gcp.resources import with_project
from dativo_compile.rules.provider.id_fault import IdFault
from dativo_compile.rules.provider.resource import declared, id_refused

DATASET_ID_MALFORMED = Code(
    "DC5034",
    "dataset-id-malformed",
    "error",
    "`{id}` is no id of a BigQuery dataset: {reason}",
    """\
A dataset among `resources` is named together with its project: `PROJECT.DATASET`, or `PROJECT:DATASET` as older tools
write it. The dataset has letters, digits and underscores, at most 1,024 of them, and no hyphens. The project is written
by its id, as in `project_id`.

Write both. In Terraform a `google_bigquery_dataset` has them as `project` and `dataset_id`; its `id` is the name in the
API, `projects/PROJECT/datasets/DATASET`.""",
    source="https://cloud.google.com/bigquery/docs/datasets#dataset-naming",
)


def dataset_id_malformed(placed: PlacedJob, _project: Project) -> Iterator[Diagnostic]:
    for number, resource in declared(placed, "gcp", "bigquery_dataset"):
        read = dataset_of(resource["resource_id"])
        if type(read) is IdFault:
            yield id_refused(DATASET_ID_MALFORMED, placed, number, resource, with_project(placed, read))
