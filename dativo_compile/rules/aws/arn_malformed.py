"""The ids of AWS resources are ARNs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic, diagnose
from dativo_compile.model.job import PlacedJob
from dativo_compile.model.project import Project
from dativo_compile.rules.aws.arn import Arn
from dativo_compile.rules.aws.bucket_names import bucket_name_fault
from dativo_compile.rules.aws.regions import partition_of
from dativo_compile.rules.aws.resources import id_path, resources_of
from dativo_compile.rules.provider.block import provider_of
from dativo_compile.rules.provider.id_fault import brief
from dativo_compile.rules.provider.places import part_at
from dativo_compile.yaml.fixes import swapped

NAME = re.compile(r"[A-Za-z0-9_.-]+")
BUCKET_URI = re.compile(r"s3[an]?://([^/]+)")

ARN_MALFORMED = Code(
    "DC5008",
    "arn-malformed",
    "error",
    "`{id}` is no ARN: {reason}",
    """\
An AWS resource is named by its ARN, `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`: six parts with colons between
them, some of which stay empty. The partition is `aws`, `aws-cn`, `aws-us-gov` or one of the few others. An id that is
no ARN says neither in which account a resource lies nor in which region, so that nothing of it could be checked.

Write the ARN. The console and `terraform state show` have it ready to copy, and outputs of modules end in `_arn`.""",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html",
)


def arn_malformed(placed: PlacedJob, _project: Project) -> Iterator[Diagnostic]:
    document = placed.linked.document
    for number, resource, arn in resources_of(placed):
        if isinstance(arn, Arn):
            continue
        text, path = resource["resource_id"], id_path(number)
        place = part_at(document, path, text, arn.start, arn.end)
        meant = _meant(resource["resource_type"], text, placed)
        sure = meant if meant.endswith(f":s3:::{text}") and provider_of(placed).get("region") else ""
        fix = swapped(document.file, place, text, sure)  # the place is the whole id
        help = arn.help or f"write `{meant}`"
        yield diagnose(ARN_MALFORMED, place, help=help, fix=fix, id=brief(text), reason=arn.reason)


def _meant(kind: str, text: str, placed: PlacedJob) -> str:
    """The ARN itself as far as the job tells it, around a bare name, or the bucket of a URI."""
    block = provider_of(placed)
    region, account = block.get("region") or "REGION", block.get("account_id") or "ACCOUNT"
    partition = partition_of(region) or "aws"
    name = text if NAME.fullmatch(text) else "NAME"
    if kind == "iam_role":
        return f"arn:{partition}:iam::{account}:role/{name}"
    if kind == "glue_catalog":
        return f"arn:{partition}:glue:{region}:{account}:database/{name}"
    bucket = BUCKET_URI.match(text)
    name = bucket[1] if bucket else name
    return f"arn:{partition}:s3:::{'NAME' if bucket_name_fault(name) else name}"
