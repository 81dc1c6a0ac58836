"""The ARN of a resource is one of the service that its type belongs to."""

from __future__ import annotations

from collections.abc import Iterator

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic, diagnose
from dativo_compile.model.job import PlacedJob
from dativo_compile.model.project import Project
from dativo_compile.rules.aws.arn import Arn
from dativo_compile.rules.aws.resources import SERVICES, id_path, resources_of
from dativo_compile.rules.provider.places import part_at

KIND = {service: kind for kind, service in SERVICES.items()}
OTHERS = {
    "sts": "this is a session of a role: write the role itself, `arn:PARTITION:iam::ACCOUNT:role/NAME`",
    "s3express": "directory buckets hold no tables: name a general purpose bucket",
    "s3tables": "table buckets are no `s3_bucket`: describe one under `infrastructure.metadata`",
}

ARN_OF_OTHER_SERVICE = Code(
    "DC5009",
    "arn-of-other-service",
    "error",
    "`{kind}` takes an ARN of `{wanted}`, and this is one of `{service}`",
    """\
The third part of an ARN is the service: `s3` for a bucket, `iam` for a role, `glue` for a catalog or database. It must
go with `resource_type`; one of the two is wrong, most often because a neighbouring resource was copied. The session
of a role (`arn:aws:sts::123456789012:assumed-role/...`) is not the role.

Correct `resource_type` or `resource_id`, whichever is wrong.""",
    source="https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
)


def arn_of_other_service(placed: PlacedJob, _project: Project) -> Iterator[Diagnostic]:
    for number, resource, arn in resources_of(placed):
        kind = resource["resource_type"]
        wanted = SERVICES[kind]
        if type(arn) is not Arn or arn.service == wanted:
            continue
        place = part_at(placed.linked.document, id_path(number), arn.text, *arn.span("service"))
        meant = KIND.get(arn.service)
        help = (
            f"set `resource_type: {meant}`, or correct the id" if meant else OTHERS.get(arn.service, "correct the id")
        )
        if arn.service.lower() == wanted:
            help = f"write `{wanted}`"
        yield diagnose(ARN_OF_OTHER_SERVICE, place, help=help, kind=kind, wanted=wanted, service=arn.service)
