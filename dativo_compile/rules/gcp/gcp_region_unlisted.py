"""A region that is named is one that GCP has, as far as this version knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic, diagnose
from dativo_compile.diagnostics.near import did_you_mean
from dativo_compile.model.job import PlacedJob
from dativo_compile.model.place import Place
from dativo_compile.model.project import Project
from dativo_compile.rules.provider.block import PROVIDER, at_run_time, provider_of
from dativo_compile.rules.provider.id_fault import brief
from dativo_compile.rules.provider.places import said_at
from dativo_compile.rules.published import published

GCP_REGION_UNLISTED = Code(
    "DC5036",
    "gcp-region-unlisted",
    "warning",
    "`{region}` is not among the regions of GCP that are known",
    """\
The name is on no list that this version of `dativo-compile` brings along: neither of regions, such as `us-central1`,
nor of the multi-regions and predefined dual-regions of storage, such as `eu`. It is misspelt, a zone (`us-central1-a`),
a name of another provider (`us-east-1`), or a region that has opened since.

Correct the name. For a region that is new, update `dativo-compile`, or end the line with
`# dativo: ignore[DC5036] opened in May`.""",
    source="https://cloud.google.com/about/locations",
)
ZONE = re.compile("(.+)-[a-z]")


@cache
def known() -> dict[str, str]:
    """Regions, and where they are; multi-regions too as BigQuery writes them, `EU`."""
    gcp = published("gcp")
    wide = gcp["multi_regions"]["names"]
    return {**gcp["regions"]["names"], **wide, **{name.upper(): where for name, where in wide.items()}}


def gcp_region_unlisted(placed: PlacedJob, _project: Project) -> Iterator[Diagnostic]:
    block = provider_of(placed)
    if block.get("provider") != "gcp":
        return
    here = block.get("region")
    if type(here) is str and here and here not in known() and not at_run_time(here):
        yield _told(here, said_at(placed, (*PROVIDER, "region")))
    for number, resource in enumerate(block.get("resources") or ()):
        region = resource.get("region")
        if region and region != here and region not in known() and not at_run_time(region):
            yield _told(region, said_at(placed, (*PROVIDER, "resources", number, "region")))


def _told(region: str, place: Place) -> Diagnostic:
    zone = ZONE.fullmatch(region)
    city = next((name for name, where in known().items() if where.casefold() == region.casefold()), "")
    if zone is not None and zone[1] in known():
        help = f"write `{zone[1]}`, the region that this zone is in"
    elif city:
        help = f"write `{city}`, the region there"
    else:
        help = did_you_mean(region, known()) or "write one like `us-central1`"
    return diagnose(GCP_REGION_UNLISTED, place, help=help, region=brief(region))
