"""The ARN of a Glue catalog or of a database in one."""

from __future__ import annotations

from collections.abc import Iterator

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic
from dativo_compile.model.job import PlacedJob
from dativo_compile.model.project import Project
from dativo_compile.rules.aws.glue_names import glue_faults
from dativo_compile.rules.aws.resources import arns_of, refused

GLUE_ARN_MALFORMED = Code(
    "DC5013",
    "glue-arn-malformed",
    "error",
    "this is no ARN of a Glue catalog or database: {reason}",
    """\
Each account has one Glue catalog in each region, so both stand in the ARN: `arn:aws:glue:REGION:ACCOUNT:catalog`. A
database in it is `database/NAME`; catalogs within it are `catalog/NAME` and `catalog/NAME/NAME`, and their databases
`database/NAME/NAME/NAME`. Each name has 1 to 255 characters. A table (`table/...`) is no `glue_catalog`.

Write the ARN of the database that the job's table lies in, or that of its catalog.""",
    source="https://docs.aws.amazon.com/glue/latest/dg/glue-specifying-resource-arns.html",
)


def glue_arn_malformed(placed: PlacedJob, _project: Project) -> Iterator[Diagnostic]:
    for number, resource, arn in arns_of(placed):
        if resource["resource_type"] == "glue_catalog":
            for fault in glue_faults(arn):
                yield refused(GLUE_ARN_MALFORMED, placed, number, arn.text, fault)
