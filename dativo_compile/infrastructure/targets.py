"""Where the outputs of the documented names go, and what else a state's outputs tell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dativo_compile.model.output import State

TARGETS: Mapping[str, Mapping[str, str]] = {
    "aws": {
        "s3_bucket_name": "target.connection.s3.bucket",
        "s3_bucket_region": "target.connection.s3.region",
        "glue_database_name": "target.catalog.glue_database",
        "s3_bucket_arn": "infrastructure.metadata.s3_bucket_arn",
        "iam_role_arn": "infrastructure.metadata.iam_role_arn",
    },
    "gcp": {
        "gcs_bucket_name": "target.connection.gcs.bucket",
        "bigquery_dataset_id": "target.catalog.bigquery_dataset",
        "service_account_email": "infrastructure.metadata.service_account_email",
    },
    "azure": {
        "container_name": "target.connection.azure.container",
        "storage_account_name": "target.connection.azure.account_name",
        "storage_account_id": "infrastructure.metadata.storage_account_id",
        "managed_identity_id": "infrastructure.metadata.managed_identity_id",
    },
}
CATALOGS = {"glue_database_name": "glue", "bigquery_dataset_id": "bigquery"}
TAGS = ("resource_tags", "labels", "tags")  # outputs that the reference modules give their tags by
DIGITS = 12  # of an AWS account, which a number may have lost some of


def texts_of(state: State) -> dict[str, str]:
    """Outputs that are known texts with something in them."""
    outputs = ((name, output.value) for name, output in sorted(state.outputs.items()))
    return {name: value for name, value in outputs if type(value) is str and value}


def account_of(state: State) -> str:
    output = state.outputs.get("account_id")
    value = output.value if output is not None else None
    if type(value) is int:
        return f"{value:0{DIGITS}}"
    return value if type(value) is str else ""


def providers_of(texts: Mapping[str, str]) -> list[str]:
    """The clouds whose documented outputs are there."""
    return [provider for provider, targets in TARGETS.items() if targets.keys() & texts.keys()]


def mapped(texts: Mapping[str, str], provider: str, catalog: str) -> dict[str, str]:
    """The documented outputs that are there, with their targets; `catalog` is the type that the job itself names."""
    fitting = (name for name in TARGETS[provider] if name in texts)
    return {name: TARGETS[provider][name] for name in fitting if not catalog or CATALOGS.get(name, catalog) == catalog}


def tags_of(state: State) -> list[Mapping[str, str]]:
    found: list[Any] = [state.outputs[name].value for name in TAGS if name in state.outputs]
    return [tags for tags in found if type(tags) is dict and all(type(value) is str for value in tags.values())]
