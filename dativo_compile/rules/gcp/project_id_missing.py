"""GCP jobs name their project: every resource of GCP but a bucket belongs to one by name."""

from __future__ import annotations

from collections.abc import Iterator

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic, diagnose
from dativo_compile.model.job import PlacedJob
from dativo_compile.model.project import Project
from dativo_compile.rules.provider.block import PROVIDER, lacks, provider_of
from dativo_compile.yaml.spans import place_of

PROJECT_ID_MISSING = Code(
    "DC5002",
    "project-id-missing",
    "error",
    "a GCP job needs a project",
    """\
`infrastructure.provider` says `gcp`, and no `project_id`. Datasets and service accounts are found by
project, and the project is what is billed; without it each machine that runs the job would use its own
default.

Write `project_id` beside `provider`, or map a Terraform output to `infrastructure.provider.project_id`.""",
)


def project_id_missing(placed: PlacedJob, _project: Project) -> Iterator[Diagnostic]:
    if provider_of(placed).get("provider") == "gcp" and lacks(placed, "project_id"):
        yield diagnose(
            PROJECT_ID_MISSING,
            place_of(placed.linked.document, (*PROVIDER, "provider")),
            help="add `project_id` beside it, or map an output to `infrastructure.provider.project_id`",
        )
