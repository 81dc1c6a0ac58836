"""The id of a GCS bucket is its URI."""

from __future__ import annotations

from collections.abc import Iterator

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic
from dativo_compile.model.job import PlacedJob
from dativo_compile.model.project import Project
from dativo_compile.rules.gcp.bucket_names import uri_fault
from dativo_compile.rules.provider.resource import declared, id_refused

BUCKET_URI_MALFORMED = Code(
    "DC5031",
    "bucket-uri-malformed",
    "error",
    "`{id}` is no URI of a GCS bucket: {reason}",
    """\
A bucket among `resources` is named by its URI, `gs://NAME`, and by nothing more: what comes after a slash names
objects in the bucket. In Terraform that is the attribute `url` of a `google_storage_bucket`; its `id` is the bare name.

Write `gs://` and the name. A prefix belongs into `target.connection.gcs.prefix`.""",
    source="https://cloud.google.com/storage/docs/buckets",
)


def bucket_uri_malformed(placed: PlacedJob, _project: Project) -> Iterator[Diagnostic]:
    for number, resource in declared(placed, "gcp", "gcs_bucket"):
        fault = uri_fault(resource["resource_id"])
        if fault is not None:
            yield id_refused(BUCKET_URI_MALFORMED, placed, number, resource, fault)
