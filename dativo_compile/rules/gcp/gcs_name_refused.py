"""A GCS bucket that is named is one that can exist: the declared ones, and the one that the job writes to."""

from __future__ import annotations

from collections.abc import Iterator

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic, diagnose
from dativo_compile.model.job import PlacedJob
from dativo_compile.model.project import Project
from dativo_compile.rules.gcp.bucket_names import SCHEME, bucket_name_fault, uri_fault
from dativo_compile.rules.provider.id_fault import IdFault, brief
from dativo_compile.rules.provider.resource import declared, id_refused
from dativo_compile.rules.provider.written import written

GCS_NAME_REFUSED = Code(
    "DC5032",
    "gcs-name-refused",
    "error",
    "no GCS bucket can be named `{name}`: {reason}",
    """\
Cloud Storage takes names of 3 to 63 lower-case letters, digits, hyphens, underscores and dots that begin and end with a
letter or digit. A name with dots may have 222 characters, 63 between two dots, and belongs to whoever owns the domain.
The form of an IP address is refused, and so are names that begin with `goog` or have `google` or `g00gle` in them. The
buckets among `resources` are checked, and the one that the job writes to.

Correct the name.""",
    source="https://cloud.google.com/storage/docs/buckets#naming",
)
CORRECT = "correct the name"


def gcs_name_refused(placed: PlacedJob, _project: Project) -> Iterator[Diagnostic]:
    told = set()
    for number, resource in declared(placed, "gcp", "gcs_bucket"):
        text = resource["resource_id"]
        name = text.removeprefix(SCHEME)
        fault = None if uri_fault(text) else bucket_name_fault(name)
        if fault is not None:
            told.add(name)
            start = len(SCHEME)
            moved = IdFault(fault.reason, start + fault.start, start + fault.end, fault.help or CORRECT)
            yield id_refused(GCS_NAME_REFUSED, placed, number, resource, moved, name=brief(name))
    for place in written(placed, ("gcs",)):
        fault = bucket_name_fault(place.name) if place.name not in told else None
        if fault is not None:
            help = fault.help or CORRECT
            at = place.part(fault.start, fault.end)
            yield diagnose(GCS_NAME_REFUSED, at, help=help, name=brief(place.name), reason=fault.reason)
