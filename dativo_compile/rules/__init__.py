"""Every rule, listed by hand; a rule yields what is wrong and stands in a file of its own beside its code."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic
from dativo_compile.model.job import Claim, PlacedJob, TaggedJob
from dativo_compile.model.project import Project
from dativo_compile.rules.aws.account_differs import ACCOUNT_DIFFERS, account_differs
from dativo_compile.rules.aws.arn_malformed import ARN_MALFORMED, arn_malformed
from dativo_compile.rules.aws.arn_of_other_service import ARN_OF_OTHER_SERVICE, arn_of_other_service
from dativo_compile.rules.aws.bucket_arn_malformed import BUCKET_ARN_MALFORMED, bucket_arn_malformed
from dativo_compile.rules.aws.bucket_name_refused import BUCKET_NAME_REFUSED, bucket_name_refused
from dativo_compile.rules.aws.glue_arn_malformed import GLUE_ARN_MALFORMED, glue_arn_malformed
from dativo_compile.rules.aws.partition_differs import PARTITION_DIFFERS, partition_differs
from dativo_compile.rules.aws.region_missing import REGION_MISSING, region_missing
from dativo_compile.rules.aws.region_unknown import REGION_UNKNOWN, REGION_UNLISTED, region_unknown
from dativo_compile.rules.aws.resource_region_differs import RESOURCE_REGION_DIFFERS, resource_region_differs
from dativo_compile.rules.aws.role_arn_malformed import ROLE_ARN_MALFORMED, role_arn_malformed
from dativo_compile.rules.gcp.project_id_missing import PROJECT_ID_MISSING, project_id_missing
from dativo_compile.rules.project.location_shared import LOCATION_SHARED, location_shared
from dativo_compile.rules.project.secret_contested import SECRET_CONTESTED, secret_contested
from dativo_compile.rules.project.table_shared import TABLE_CONTESTED, TABLE_SHARED, table_shared
from dativo_compile.rules.project.tag_key_misspelt import TAG_KEY_MISSPELT, tag_key_misspelt
from dativo_compile.rules.provider.promised_output_missing import PROMISED_OUTPUT_MISSING, promised_output_missing
from dativo_compile.rules.provider.resource_name_differs import RESOURCE_NAME_DIFFERS, resource_name_differs
from dativo_compile.rules.provider.resource_type_misplaced import (
    RESOURCE_TYPE_ELSEWHERE,
    RESOURCE_TYPE_UNKNOWN,
    resource_type_misplaced,
)
from dativo_compile.rules.tags.environments_disagree import ENVIRONMENTS_DISAGREE, environments_disagree
from dativo_compile.rules.tags.tag_missing import TAG_MISSING, tag_missing
from dativo_compile.rules.tags.tag_unfit import (
    TAG_KEY_REFUSED,
    TAG_TOO_LONG,
    TAGS_COLLIDE,
    TAGS_TOO_MANY,
    tag_unfit,
)
from dativo_compile.rules.tags.tag_value_refused import TAG_PATTERN_UNMET, TAG_VALUE_NOT_ALLOWED, tag_value_refused

ProviderRule = Callable[[PlacedJob, Project], Iterator[Diagnostic]]
TagRule = Callable[[TaggedJob, Project], Iterator[Diagnostic]]
ProjectRule = Callable[[Sequence[Claim], Project], Iterator[Diagnostic]]

# An unknown provider and an account id that is not 12 digits are the job schema's to report.
PROVIDER_RULES: tuple[ProviderRule, ...] = (
    region_missing,
    project_id_missing,
    resource_type_misplaced,
    promised_output_missing,
    region_unknown,
    arn_malformed,
    arn_of_other_service,
    bucket_arn_malformed,
    bucket_name_refused,
    role_arn_malformed,
    glue_arn_malformed,
    account_differs,
    resource_region_differs,
    partition_differs,
    resource_name_differs,
)
TAG_RULES: tuple[TagRule, ...] = (
    tag_missing,
    tag_value_refused,
    environments_disagree,
    tag_unfit,
)
PROJECT_RULES: tuple[ProjectRule, ...] = (
    table_shared,
    location_shared,
    secret_contested,
    tag_key_misspelt,
)
CODES: tuple[Code, ...] = (
    REGION_MISSING,
    PROJECT_ID_MISSING,
    RESOURCE_TYPE_ELSEWHERE,
    RESOURCE_TYPE_UNKNOWN,
    PROMISED_OUTPUT_MISSING,
    REGION_UNKNOWN,
    REGION_UNLISTED,
    ARN_MALFORMED,
    ARN_OF_OTHER_SERVICE,
    BUCKET_ARN_MALFORMED,
    BUCKET_NAME_REFUSED,
    ROLE_ARN_MALFORMED,
    GLUE_ARN_MALFORMED,
    ACCOUNT_DIFFERS,
    RESOURCE_REGION_DIFFERS,
    PARTITION_DIFFERS,
    RESOURCE_NAME_DIFFERS,
    TABLE_SHARED,
    TABLE_CONTESTED,
    LOCATION_SHARED,
    SECRET_CONTESTED,
    TAG_MISSING,
    TAG_VALUE_NOT_ALLOWED,
    TAG_PATTERN_UNMET,
    ENVIRONMENTS_DISAGREE,
    TAG_KEY_REFUSED,
    TAG_TOO_LONG,
    TAGS_COLLIDE,
    TAGS_TOO_MANY,
    TAG_KEY_MISSPELT,
)
