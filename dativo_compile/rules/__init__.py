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
from dativo_compile.rules.azure.azure_id_abbreviated import AZURE_ID_ABBREVIATED, azure_id_abbreviated
from dativo_compile.rules.azure.azure_id_malformed import AZURE_ID_MALFORMED, azure_id_malformed
from dativo_compile.rules.azure.azure_name_refused import AZURE_NAME_REFUSED, azure_name_refused
from dativo_compile.rules.gcp.bucket_uri_malformed import BUCKET_URI_MALFORMED, bucket_uri_malformed
from dativo_compile.rules.gcp.dataset_id_malformed import DATASET_ID_MALFORMED, dataset_id_malformed
from dativo_compile.rules.gcp.gcp_region_unlisted import GCP_REGION_UNLISTED, gcp_region_unlisted
from dativo_compile.rules.gcp.gcs_name_refused import GCS_NAME_REFUSED, gcs_name_refused
from dativo_compile.rules.gcp.project_differs import PROJECT_DIFFERS, project_differs
from dativo_compile.rules.gcp.project_id_malformed import PROJECT_ID_MALFORMED, project_id_malformed
from dativo_compile.rules.gcp.project_id_missing import PROJECT_ID_MISSING, project_id_missing
from dativo_compile.rules.gcp.service_account_malformed import SERVICE_ACCOUNT_MALFORMED, service_account_malformed
from dativo_compile.rules.project.location_nested import LOCATION_NESTED, location_nested
from dativo_compile.rules.project.location_shared import LOCATION_SHARED, location_shared
from dativo_compile.rules.project.resource_foreign import RESOURCE_FOREIGN, resource_foreign
from dativo_compile.rules.project.resource_shared import RESOURCE_SHARED, resource_shared
from dativo_compile.rules.project.secret_contested import SECRET_CONTESTED, secret_contested
from dativo_compile.rules.project.secret_shared import SECRET_SHARED, secret_shared
from dativo_compile.rules.project.sharing_unused import SHARING_UNUSED
from dativo_compile.rules.project.state_shared import STATE_SHARED, state_shared
from dativo_compile.rules.project.storage_shared import STORAGE_SHARED, storage_shared
from dativo_compile.rules.project.table_shared import TABLE_CONTESTED, TABLE_SHARED, table_shared
from dativo_compile.rules.project.tag_demand_idle import TAG_DEMAND_IDLE, tag_demand_idle
from dativo_compile.rules.project.tag_key_misspelt import TAG_KEY_MISSPELT, tag_key_misspelt
from dativo_compile.rules.project.tenant_in_two_accounts import TENANT_IN_TWO_ACCOUNTS, tenant_in_two_accounts
from dativo_compile.rules.provider.conventions import NAMING_MALFORMED
from dativo_compile.rules.provider.name_unconventional import (
    NAME_UNCONVENTIONAL,
    NAMING_ENVIRONMENT,
    name_unconventional,
)
from dativo_compile.rules.provider.promised_output_missing import PROMISED_OUTPUT_MISSING, promised_output_missing
from dativo_compile.rules.provider.resource_name_differs import RESOURCE_NAME_DIFFERS, resource_name_differs
from dativo_compile.rules.provider.resource_type_misplaced import (
    RESOURCE_TYPE_ELSEWHERE,
    RESOURCE_TYPE_UNKNOWN,
    resource_type_misplaced,
)
from dativo_compile.rules.provider.target_undeclared import TARGET_UNDECLARED, target_undeclared
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

# Asked of every job that has `infrastructure`. An unknown provider, and an account id that is not 12 digits, are the
# job schema's to report.
PROVIDER_RULES: tuple[ProviderRule, ...] = (
    resource_type_misplaced,
    promised_output_missing,
    resource_name_differs,
    gcs_name_refused,
    azure_name_refused,
    target_undeclared,
)
# Asked of jobs on that provider alone.
OWN_RULES: dict[str, tuple[ProviderRule, ...]] = {
    "aws": (
        region_missing,
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
    ),
    "gcp": (
        project_id_missing,
        project_id_malformed,
        bucket_uri_malformed,
        service_account_malformed,
        dataset_id_malformed,
        project_differs,
        gcp_region_unlisted,
    ),
    "azure": (
        azure_id_malformed,
        azure_id_abbreviated,
    ),
}
# Asked of every job, also of those without `infrastructure`.
NAMING_RULES: tuple[ProviderRule, ...] = (name_unconventional,)
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
    location_nested,
    storage_shared,
    state_shared,
    secret_shared,
    resource_foreign,
    resource_shared,
    tenant_in_two_accounts,
    tag_key_misspelt,
    tag_demand_idle,
)
CODES: tuple[Code, ...] = (
    REGION_MISSING,
    PROJECT_ID_MISSING,
    RESOURCE_TYPE_ELSEWHERE,
    RESOURCE_TYPE_UNKNOWN,
    PROMISED_OUTPUT_MISSING,
    PROJECT_ID_MALFORMED,
    BUCKET_URI_MALFORMED,
    GCS_NAME_REFUSED,
    SERVICE_ACCOUNT_MALFORMED,
    DATASET_ID_MALFORMED,
    PROJECT_DIFFERS,
    GCP_REGION_UNLISTED,
    AZURE_ID_MALFORMED,
    AZURE_ID_ABBREVIATED,
    AZURE_NAME_REFUSED,
    TARGET_UNDECLARED,
    NAME_UNCONVENTIONAL,
    NAMING_MALFORMED,
    NAMING_ENVIRONMENT,
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
    STORAGE_SHARED,
    LOCATION_NESTED,
    STATE_SHARED,
    SECRET_SHARED,
    RESOURCE_FOREIGN,
    RESOURCE_SHARED,
    TENANT_IN_TWO_ACCOUNTS,
    SHARING_UNUSED,
    TAG_MISSING,
    TAG_VALUE_NOT_ALLOWED,
    TAG_PATTERN_UNMET,
    ENVIRONMENTS_DISAGREE,
    TAG_KEY_REFUSED,
    TAG_TOO_LONG,
    TAGS_COLLIDE,
    TAGS_TOO_MANY,
    TAG_KEY_MISSPELT,
    TAG_DEMAND_IDLE,
)
