"""A resource lies in the region that the job says, however its own region is known."""

from __future__ import annotations

from collections.abc import Iterator

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic, Related, diagnose
from dativo_compile.model.job import PlacedJob
from dativo_compile.model.place import Place
from dativo_compile.model.project import Project
from dativo_compile.rules.aws.regions import partition_of
from dativo_compile.rules.aws.resources import arns_of, id_path
from dativo_compile.rules.provider.block import PROVIDER, provider_of
from dativo_compile.rules.provider.places import part_at, said_at
from dativo_compile.yaml.spans import Path

RESOURCE_REGION_DIFFERS = Code(
    "DC5015",
    "resource-region-differs",
    "error",
    "this lies in `{there}`, and {whose} in `{here}`",
    """\
A job runs in one region. A Glue catalog exists once in each, so the region in its ARN decides which catalog gets the
table; a bucket in another region costs transfer with every byte. So `resources[].region`, the region in an ARN and
`infrastructure.provider.region` must be the same.

Correct the one that is wrong. Where resources elsewhere are meant, say so in `dativo.yaml`:
`severity: {DC5015: warning}`.""",
    source="https://docs.aws.amazon.com/glue/latest/dg/glue-specifying-resource-arns.html",
)


def resource_region_differs(placed: PlacedJob, _project: Project) -> Iterator[Diagnostic]:
    block = provider_of(placed)
    if block.get("provider") != "aws":
        return
    here = block.get("region") or ""
    home = partition_of(here)  # empty for a region that is missing or unknown: that is an error of its own
    for number, resource in enumerate(block.get("resources") or ()):
        own = resource.get("region")
        if own and own != here and home and partition_of(own):
            path = (*PROVIDER, "resources", number, "region")
            yield _differs(placed, said_at(placed, path), own, (*PROVIDER, "region"), here, "the job")
    for number, resource, arn in arns_of(placed):
        own = resource.get("region")
        beside, home = own or here, partition_of(own or here)
        if arn.service != "glue" or arn.region in ("", here, own) or partition_of(arn.region) != arn.partition:
            continue
        if home == arn.partition:
            place = part_at(placed.linked.document, id_path(number), arn.text, *arn.span("region"))
            said: Path = ("resources", number, "region") if own else ("region",)
            whose = "the resource" if own else "the job"
            yield _differs(placed, place, arn.region, (*PROVIDER, *said), beside, whose)


def _differs(placed: PlacedJob, place: Place, there: str, path: Path, here: str, whose: str) -> Diagnostic:
    said = Related(said_at(placed, path), f"the region of {whose}")
    help = "correct the one that is wrong"
    return diagnose(RESOURCE_REGION_DIFFERS, place, help=help, related=(said,), there=there, whose=whose, here=here)
