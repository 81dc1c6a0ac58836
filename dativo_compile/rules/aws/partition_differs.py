"""What a job names lies in one partition of AWS: nothing in one reaches into another."""

from __future__ import annotations

from collections.abc import Iterator

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic, Related, diagnose
from dativo_compile.model.job import PlacedJob
from dativo_compile.model.place import Place
from dativo_compile.model.project import Project
from dativo_compile.rules.aws.arn import Arn
from dativo_compile.rules.aws.regions import partition_name, partition_of
from dativo_compile.rules.aws.resources import arns_of, id_path
from dativo_compile.rules.provider.block import PROVIDER, provider_of
from dativo_compile.rules.provider.places import part_at, said_at

PARTITION_DIFFERS = Code(
    "DC5016",
    "partition-differs",
    "error",
    "the partition of {this} is `{there}`, and that of {other} `{here}`",
    """\
AWS is several clouds that share no accounts, names or credentials: `aws`, `aws-cn` in China, `aws-us-gov` for the US
government, and a few more. The second part of an ARN is the partition, and each region lies in one. A job whose parts
lie in two could reach only some of them.

Correct the partition of the ARN, or the region.""",
    source="https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html",
)


def partition_differs(placed: PlacedJob, _project: Project) -> Iterator[Diagnostic]:
    """Against the partition of the job's region, or, where that is not known, that of the first resource."""
    block = provider_of(placed)
    here = partition_of(block.get("region") or "")
    first: int | None = None
    for number, _, arn in arns_of(placed):
        if not here:
            here, first = arn.partition, number
        elsewhere = partition_of(arn.region) if arn.service == "glue" else ""
        if arn.partition != here:
            place = _part(placed, number, arn, "partition")
            yield _differs(place, "this ARN", arn.partition, *_other(placed, first), here)
        elif elsewhere and elsewhere != here:
            said = Related(_part(placed, number, arn, "partition"), "the partition of the ARN")
            yield _differs(_part(placed, number, arn, "region"), f"`{arn.region}`", elsewhere, "its ARN", said, here)


def _part(placed: PlacedJob, number: int, arn: Arn, part: str) -> Place:
    return part_at(placed.linked.document, id_path(number), arn.text, *arn.span(part))


def _other(placed: PlacedJob, first: int | None) -> tuple[str, Related]:
    if first is None:
        return "the job's region", Related(said_at(placed, (*PROVIDER, "region")), "the region of the job")
    return "an ARN above", Related(said_at(placed, id_path(first)), "the first ARN")


def _differs(place: Place, this: str, there: str, other: str, said: Related, here: str) -> Diagnostic:
    notes = (f"`{there}` is {partition_name(there)}, `{here}` is {partition_name(here)}",)
    help = "correct the ARN, or the region"
    return diagnose(
        PARTITION_DIFFERS,
        place,
        notes=notes,
        help=help,
        related=(said,),
        this=this,
        there=there,
        other=other,
        here=here,
    )
