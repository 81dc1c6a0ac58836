"""Every rule, listed by hand; a rule yields what is wrong and stands in a file of its own beside its code."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic
from dativo_compile.model.job import Claim, PlacedJob, TaggedJob
from dativo_compile.model.project import Project
from dativo_compile.rules.aws.region_missing import REGION_MISSING, region_missing
from dativo_compile.rules.gcp.project_id_missing import PROJECT_ID_MISSING, project_id_missing
from dativo_compile.rules.project.location_shared import LOCATION_SHARED, location_shared
from dativo_compile.rules.project.secret_contested import SECRET_CONTESTED, secret_contested
from dativo_compile.rules.project.table_shared import TABLE_CONTESTED, TABLE_SHARED, table_shared
from dativo_compile.rules.provider.promised_output_missing import PROMISED_OUTPUT_MISSING, promised_output_missing
from dativo_compile.rules.provider.resource_type_misplaced import (
    RESOURCE_TYPE_ELSEWHERE,
    RESOURCE_TYPE_UNKNOWN,
    resource_type_misplaced,
)

ProviderRule = Callable[[PlacedJob, Project], Iterator[Diagnostic]]
TagRule = Callable[[TaggedJob, Project], Iterator[Diagnostic]]
ProjectRule = Callable[[Sequence[Claim], Project], Iterator[Diagnostic]]

# An unknown provider and an account id that is not 12 digits are the job schema's to report.
PROVIDER_RULES: tuple[ProviderRule, ...] = (
    region_missing,
    project_id_missing,
    resource_type_misplaced,
    promised_output_missing,
)
TAG_RULES: tuple[TagRule, ...] = ()
PROJECT_RULES: tuple[ProjectRule, ...] = (
    table_shared,
    location_shared,
    secret_contested,
)
CODES: tuple[Code, ...] = (
    REGION_MISSING,
    PROJECT_ID_MISSING,
    RESOURCE_TYPE_ELSEWHERE,
    RESOURCE_TYPE_UNKNOWN,
    PROMISED_OUTPUT_MISSING,
    TABLE_SHARED,
    TABLE_CONTESTED,
    LOCATION_SHARED,
    SECRET_CONTESTED,
)
