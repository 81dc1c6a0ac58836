"""A bucket that is named is one that can exist: the declared ones, and the one that the job writes to."""

from __future__ import annotations

from collections.abc import Iterator

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic, diagnose
from dativo_compile.model.job import PlacedJob
from dativo_compile.model.project import Project
from dativo_compile.rules.aws.bucket_names import bucket_name_fault
from dativo_compile.rules.aws.resources import arns_of, refused
from dativo_compile.rules.provider.block import provider_of
from dativo_compile.rules.provider.id_fault import IdFault, brief
from dativo_compile.rules.provider.written import written

BUCKET_NAME_REFUSED = Code(
    "DC5011",
    "bucket-name-refused",
    "error",
    "no bucket can be named `{name}`: {reason}",
    """\
Amazon S3 takes names of 3 to 63 characters: lower-case letters, digits, dots and hyphens, the first and the last a
letter or digit. Two dots in a row and the form of an IP address are refused, and so are beginnings and endings that
AWS keeps for itself (`xn--`, `sthree-`, `amzn-s3-demo-`; `-s3alias`, `--ol-s3`, `.mrap`, `--x-s3`, `--table-s3`). The
buckets among `resources` are checked, and the one that the job writes to unless it has an `endpoint` of its own.

Correct the name. A bucket in us-east-1 from before 2018 may have a name that would be refused today: for those,
`severity: {DC5011: warning}` in `dativo.yaml`.""",
    source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html",
)


def bucket_name_refused(placed: PlacedJob, _project: Project) -> Iterator[Diagnostic]:
    for number, resource, arn in arns_of(placed):
        if resource["resource_type"] != "s3_bucket":
            continue
        name = arn.resource.split("/")[0]
        fault = bucket_name_fault(name)
        if fault is not None:
            start, end = arn.span("resource")
            at = (start + fault.start, start + fault.end) if name else (start, end)
            shifted = IdFault(fault.reason, *at, fault.help or "correct the name")
            yield refused(BUCKET_NAME_REFUSED, placed, number, arn.text, shifted, name=brief(name))
    if provider_of(placed).get("provider") != "aws":
        return
    for one in written(placed, ("s3",)):
        fault = bucket_name_fault(one.name)
        if fault is not None:
            place, help = one.part(fault.start, fault.end), fault.help or "correct the name"
            yield diagnose(BUCKET_NAME_REFUSED, place, help=help, name=brief(one.name), reason=fault.reason)
