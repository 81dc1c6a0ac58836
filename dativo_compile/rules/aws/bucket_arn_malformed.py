"""The ARN of a bucket has neither region nor account, and ends with the name."""

from __future__ import annotations

from collections.abc import Iterator

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic
from dativo_compile.model.job import PlacedJob
from dativo_compile.model.project import Project
from dativo_compile.rules.aws.arn import Arn, emptiness_faults
from dativo_compile.rules.aws.resources import arns_of, refused
from dativo_compile.rules.provider.id_fault import IdFault, brief

BUCKET_ARN_MALFORMED = Code(
    "DC5010",
    "bucket-arn-malformed",
    "error",
    "this is no ARN of a bucket: {reason}",
    """\
The name of a bucket is unique in its whole partition, so its ARN needs no region and no account, and both parts stay
empty: `arn:aws:s3:::NAME`. What comes after a slash names objects in the bucket, as policies do, not the bucket.

Write `arn:aws:s3:::NAME`; a region goes into the resource's own `region`, a prefix into
`target.connection.s3.prefix`.""",
    source="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html",
)


def bucket_arn_malformed(placed: PlacedJob, _project: Project) -> Iterator[Diagnostic]:
    for number, resource, arn in arns_of(placed):
        if resource["resource_type"] == "s3_bucket" and (arn.region or arn.account or "/" in arn.resource):
            for fault in _faults(arn):
                yield refused(BUCKET_ARN_MALFORMED, placed, number, arn.text, fault)


def _faults(arn: Arn) -> list[IdFault]:
    faults = emptiness_faults(arn, "region", "account")
    name, slash, below = arn.resource.partition("/")
    if slash:
        start, end = arn.span("resource")
        reason = f"`{brief(slash + below)}` names objects in the bucket" if below else "it ends with `/`"
        faults.append(IdFault(reason, start + len(name), end, f"write `arn:{arn.partition}:s3:::{name}`"))
    return faults
