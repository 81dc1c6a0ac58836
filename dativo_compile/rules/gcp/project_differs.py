"""A resource lies in the project that the job says."""

from __future__ import annotations

from collections.abc import Iterator

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic, Related, diagnose
from dativo_compile.model.job import PlacedJob
from dativo_compile.model.project import Project
from dativo_compile.rules.gcp.project import project_fault
from dativo_compile.rules.gcp.resources import ids_of
from dativo_compile.rules.provider.block import PROVIDER, provider_of
from dativo_compile.rules.provider.places import said_at
from dativo_compile.rules.provider.resource import id_part

PROJECT_DIFFERS = Code(
    "DC5035",
    "project-differs",
    "error",
    "this lies in project `{there}`, and the job in `{here}`",
    """\
The id of a service account or of a dataset names the project that it lies in. When that is not the job's `project_id`,
one of the two was copied from another environment or another tenant, and data would end in somebody else's project, or
the job would run with somebody else's rights. The accounts and agents that Google names by number, and buckets, say no
project.

Correct the id, or the job's `project_id`. Where jobs do use accounts or datasets of a project of their own,
`severity: {DC5035: warning}` in `dativo.yaml`, or `off`.""",
    source="https://cloud.google.com/iam/docs/service-account-overview",
)


def project_differs(placed: PlacedJob, _project: Project) -> Iterator[Diagnostic]:
    here = provider_of(placed).get("project_id")
    if type(here) is not str or not here:
        return
    for number, resource, read in ids_of(placed):
        if read.project in ("", here) or project_fault(here):
            continue
        place = id_part(placed, number, resource, read.start, read.end)
        said = Related(said_at(placed, (*PROVIDER, "project_id")), "the project of the job")
        help = "correct the id, or the job's `project_id`"
        yield diagnose(PROJECT_DIFFERS, place, help=help, related=(said,), there=read.project, here=here)
