"""A region that is named is one that AWS has, as far as this version knows."""

from __future__ import annotations

from collections.abc import Iterator

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic, Fix, diagnose
from dativo_compile.model.job import PlacedJob
from dativo_compile.model.place import Place
from dativo_compile.model.project import Project
from dativo_compile.rules.aws.arn import Arn
from dativo_compile.rules.aws.regions import near_region, partition_name, region_of, sure_region
from dativo_compile.rules.aws.resources import arns_of, id_path
from dativo_compile.rules.provider.block import PROVIDER, at_run_time, provider_of
from dativo_compile.rules.provider.id_fault import brief
from dativo_compile.rules.provider.places import part_at, said_at
from dativo_compile.rules.published import published
from dativo_compile.yaml.fixes import swapped
from dativo_compile.yaml.spans import Path

REGION: Path = (*PROVIDER, "region")
SOURCE = "https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html"

REGION_UNKNOWN = Code(
    "DC5006",
    "region-unknown",
    "error",
    "AWS has no region `{region}`",
    """\
Regions of AWS are named like `eu-west-1`. This name is on no list and has not the form of one: it is misspelt, a zone
(`eu-west-1a`), the name of a place, or a region of another provider. Every request to it would go to a host that does
not exist.

Write the name of the region. The list is that of the AWS SDK for Python, and `dativo-compile` brings it along.""",
    source=SOURCE,
)
REGION_UNLISTED = Code(
    "DC5007",
    "region-unlisted",
    "warning",
    "`{region}` is not among the regions of AWS that are known",
    """\
The name has the form of a region, and is not on the list that this version of `dativo-compile` brings along. Either it
is misspelt, or AWS has opened the region since. Nothing else is wrong with the job.

Correct the name. For a region that is new, update `dativo-compile`, or end the line with
`# dativo: ignore[DC5007] opened in May`.""",
    source=SOURCE,
)


def region_unknown(placed: PlacedJob, _project: Project) -> Iterator[Diagnostic]:
    if provider_of(placed).get("provider") != "aws":
        return
    warned: set[str] = set()  # a warning for a region is enough; an error is mended place by place
    for region, path, arn in _said(placed):
        standing, _ = region_of(region)
        if standing == "listed" or region in warned or at_run_time(region):
            continue
        if standing == "unlisted":
            warned.add(region)
        document = placed.linked.document
        place = part_at(document, path, arn.text, *arn.span("region")) if arn else said_at(placed, path)
        yield _told(region, place, swapped(document.file, place, region, sure_region(region)))


def _said(placed: PlacedJob) -> Iterator[tuple[str, Path, Arn | None]]:
    """Each region that the job names, and where; in an ARN its whole id is there."""
    block = provider_of(placed)
    if block.get("region"):
        yield block["region"], REGION, None
    for number, resource in enumerate(block.get("resources") or ()):
        if resource.get("region"):
            yield resource["region"], (*PROVIDER, "resources", number, "region"), None
    for number, _, arn in arns_of(placed):
        if arn.service == "glue" and arn.region:
            yield arn.region, id_path(number), arn


def _told(region: str, place: Place, fix: Fix | None) -> Diagnostic:
    standing, partition = region_of(region)
    help = near_region(region)
    if standing == "unknown":
        help = help or "write one like `eu-west-1`"
        return diagnose(REGION_UNKNOWN, place, help=help, fix=fix, region=brief(region))
    notes = (
        f"it has the form of a region of {partition_name(partition)} (`{partition}`)",
        f"the list is that of botocore {published('aws')['botocore']}",
    )
    return diagnose(REGION_UNLISTED, place, notes=notes, help=help or "correct it, or ignore this", region=region)
