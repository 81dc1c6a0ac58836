"""AWS jobs name their region: nothing in AWS but a bucket's name is found without one."""

from __future__ import annotations

from collections.abc import Iterator

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic, diagnose
from dativo_compile.model.job import PlacedJob
from dativo_compile.model.project import Project
from dativo_compile.rules.provider.block import PROVIDER, lacks, provider_of
from dativo_compile.yaml.spans import place_of

REGION_MISSING = Code(
    "DC5001",
    "region-missing",
    "error",
    "an AWS job needs a region",
    """\
`infrastructure.provider` says `aws`, and no `region`. Glue, STS and the bucket's own endpoint are
found by region; without it each machine that runs the job would use its own default.

Write `region` beside `provider`, or map a Terraform output to `infrastructure.provider.region`.""",
)


def region_missing(placed: PlacedJob, _project: Project) -> Iterator[Diagnostic]:
    if provider_of(placed).get("provider") == "aws" and lacks(placed, "region"):
        yield diagnose(
            REGION_MISSING,
            place_of(placed.linked.document, (*PROVIDER, "provider")),
            help="add `region` beside it, or map an output to `infrastructure.provider.region`",
        )
