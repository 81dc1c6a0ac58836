"""A project's id is neither its name nor its number."""

from __future__ import annotations

from collections.abc import Iterator

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic, diagnose
from dativo_compile.model.job import PlacedJob
from dativo_compile.model.project import Project
from dativo_compile.rules.gcp.project import project_fault
from dativo_compile.rules.provider.block import PROVIDER, at_run_time, provider_of
from dativo_compile.rules.provider.id_fault import brief
from dativo_compile.rules.provider.places import said_at

PROJECT_ID_MALFORMED = Code(
    "DC5030",
    "project-id-malformed",
    "error",
    "`{id}` is no id of a GCP project: {reason}",
    """\
A project of GCP has three names: the one that people gave it (`Acme Data`), a number, and its id (`acme-data-381204`),
which is the one that other ids are made of. An id has 6 to 30 lower-case letters, digits and hyphens, begins with a
letter and does not end with a hyphen. Older projects of an organisation have its domain before it:
`example.com:acme-data`.

Write the id. `gcloud projects list` shows it under PROJECT_ID, and the console on its dashboard.""",
    source="https://cloud.google.com/resource-manager/docs/creating-managing-projects",
)


def project_id_malformed(placed: PlacedJob, _project: Project) -> Iterator[Diagnostic]:
    block = provider_of(placed)
    text = block.get("project_id")
    if block.get("provider") != "gcp" or type(text) is not str or not text:
        return
    fault = project_fault(text)
    if fault is not None and not at_run_time(text):
        place = said_at(placed, (*PROVIDER, "project_id"))
        yield diagnose(PROJECT_ID_MALFORMED, place, help=fault.help, id=brief(text), reason=fault.reason)
