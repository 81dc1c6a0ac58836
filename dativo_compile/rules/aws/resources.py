"""The resources that an AWS job declares, with their ARNs taken apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic, diagnose
from dativo_compile.model.job import PlacedJob
from dativo_compile.rules.aws.arn import Arn, arn_of
from dativo_compile.rules.aws.bucket_names import bucket_name_fault
from dativo_compile.rules.aws.glue_names import glue_faults, glue_name
from dativo_compile.rules.aws.roles import role_faults, role_name
from dativo_compile.rules.provider.block import PROVIDER, at_run_time, provider_of
from dativo_compile.rules.provider.id_fault import IdFault
from dativo_compile.rules.provider.places import part_at

T = TypeVar("T")
Found = tuple[int, dict[str, Any], T]
SERVICES = {"s3_bucket": "s3", "iam_role": "iam", "glue_catalog": "glue"}


def resources_of(placed: PlacedJob) -> list[Found[Arn | IdFault]]:
    """Number, resource, and its id as far as it can be read; none of another provider's types.

    Lists, not iterators: a dozen rules walk over the same few resources of every job.
    """
    block = provider_of(placed)
    if block.get("provider") != "aws":
        return []
    found: list[Found[Arn | IdFault]] = []
    for number, resource in enumerate(block.get("resources") or ()):
        text = resource["resource_id"]
        if resource["resource_type"] in SERVICES and ("$" not in text or not at_run_time(text)):
            found.append((number, resource, arn_of(text)))
    return found


def arns_of(placed: PlacedJob) -> list[Found[Arn]]:
    """Of those the ones whose id is an ARN of the service that their type asks for."""
    return [
        (number, resource, arn)
        for number, resource, arn in resources_of(placed)
        if type(arn) is Arn and arn.service == SERVICES[resource["resource_type"]]
    ]


def name_in(kind: str, arn: Arn) -> str | None:
    """The name of the bucket, role, database or catalog; absent if there is none, or none that AWS would take."""
    if kind == "s3_bucket":
        return arn.resource if not bucket_name_fault(arn.resource) else None
    if kind == "iam_role":
        return role_name(arn) if not role_faults(arn) else None
    return glue_name(arn) if not glue_faults(arn) else None


def names_in_ids(placed: PlacedJob) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Number of a resource -> what its `resource_name` may be, of those that have a name."""
    for number, resource, arn in arns_of(placed):
        name = name_in(resource["resource_type"], arn)
        if name is not None:
            way = arn.resource.partition("/")[2] if arn.service == "glue" else name
            yield number, (name, way)


def id_path(number: int) -> tuple[str | int, ...]:
    return (*PROVIDER, "resources", number, "resource_id")


def refused(code: Code, placed: PlacedJob, number: int, text: str, fault: IdFault, name: str = "") -> Diagnostic:
    """The fault at its part of the id; `name` is for a message that has one beside the reason."""
    place = part_at(placed.linked.document, id_path(number), text, fault.start, fault.end)
    return diagnose(code, place, help=fault.help or "correct the id", reason=fault.reason, name=name)
