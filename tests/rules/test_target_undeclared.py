"""What a job writes to is among its resources, where that can be told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dativo_compile.model.job import LinkedJob, PlacedJob, Table
from dativo_compile.model.project import Project
from dativo_compile.rules.provider.target_undeclared import target_undeclared
from tests.rules.placed import document

AZURE = "/subscriptions/3f2c1b0a-0000-4000-8000-00003f2c1b0a/resourceGroups/acme/providers/"
DATABASE = "arn:aws:glue:eu-west-1:123456789012:database/{}"


def found(
    provider: str, ids: list[tuple[str, str]], target: dict[str, Any], table: tuple[str, str, str] | None = None
) -> list[tuple[str, int]]:
    """Messages, each with the number of places related to it. `table` is catalog, project and namespace."""
    resources = [{"resource_type": kind, "resource_id": text} for kind, text in ids]
    body = {"infrastructure": {"provider": {"provider": provider, "resources": resources}}, "target": target}
    linked = LinkedJob("acme/orders", document("{}"), "acme", "prod", "orders", None, None, None, body, {})
    placed = None
    if table is not None:
        catalog, project, namespace = table
        placed = Table(namespace, "t", None, {}, (catalog, "", project, "", namespace, "t"))
    job = PlacedJob(linked, None, body, {}, placed, {"namespace": "rule:namespace-pattern"})
    return [(each.message, len(each.related)) for each in target_undeclared(job, Project(Path()))]


def gcs(bucket: str) -> dict[str, Any]:
    return {"connection": {"gcs": {"bucket": bucket}}}


def test_one_of_several_is_enough() -> None:
    ids = [("gcs_bucket", "gs://acme-raw"), ("gcs_bucket", "gs://acme-lake")]
    assert found("gcp", ids, gcs("acme-lake")) == []
    message = "the job writes to the bucket `acme-late`, which is not among its resources"
    assert found("gcp", ids, gcs("acme-late")) == [(message, 2)]


@pytest.mark.parametrize(
    "ids",
    [
        [],
        [("service_account", "acme-etl@acme-data.iam.gserviceaccount.com")],
        [("gcs_bucket", "gs://acme-raw"), ("gcs_bucket", "Acme Lake")],
        [("gcs_bucket", "gs://acme-raw"), ("gcs_bucket", "gs://${BUCKET}")],
        [("s3_bucket", "arn:aws:s3:::acme-raw")],
    ],
)
def test_nothing_is_said_where_it_cannot_be_told(ids: list[tuple[str, str]]) -> None:
    assert found("gcp", ids, gcs("acme-lake")) == []


def test_azure_is_compared_without_case() -> None:
    ids = [("storage_account", f"{AZURE}Microsoft.Storage/storageAccounts/acmelake")]
    for name, count in (("acmelake", 0), ("AcmeLake", 0), ("acmelake2", 1)):
        target = {"connection": {"azure": {"container": "raw", "account_name": name}}}
        assert len(found("azure", ids, target)) == count


def test_an_abbreviated_id_names_its_account_too() -> None:
    ids = [("storage_account", "/subscriptions/.../storageAccounts/acmelake")]
    assert found("azure", ids, {"warehouse": "abfss://raw@acmelake.dfs.core.windows.net/t"}) == []
    assert len(found("azure", ids, {"warehouse": "abfss://raw@other.dfs.core.windows.net/t"})) == 1


@pytest.mark.parametrize(
    ("ids", "namespace", "count"),
    [
        ([DATABASE.format("sales")], "sales", 0),
        ([DATABASE.format("Sales")], "sales", 0),
        ([DATABASE.format("lake/sales")], "sales", 0),
        ([DATABASE.format("sales")], "orders", 1),
        ([DATABASE.format("sales"), DATABASE.format("orders")], "orders", 0),
        ([DATABASE.format("sales"), "arn:aws:glue:eu-west-1:123456789012:catalog"], "orders", 0),
        ([DATABASE.format("sales"), "arn:aws:glue:eu-west-1:123456789012:catalog/lake"], "orders", 0),
    ],
)
def test_databases(ids: list[str], namespace: str, count: int) -> None:
    listed = [("glue_catalog", text) for text in ids]
    assert len(found("aws", listed, {}, ("glue", "123456789012", namespace))) == count
    assert found("aws", listed, {}, ("rest", "", namespace)) == []


@pytest.mark.parametrize(
    ("project", "namespace", "shown"),
    [
        ("acme-data", "orders", None),
        ("", "orders", None),
        ("acme-data", "sales", "sales"),
        ("acme-staging", "orders", "acme-staging.orders"),
        ("acme-staging", "sales", "sales"),
    ],
)
def test_datasets(project: str, namespace: str, shown: str | None) -> None:
    ids = [("bigquery_dataset", "acme-data:orders")]
    message = f"the job writes to the BigQuery dataset `{shown}`, which is not among its resources"
    assert found("gcp", ids, {}, ("bigquery", project, namespace)) == ([] if shown is None else [(message, 1)])


def test_of_many_resources_a_few_are_shown() -> None:
    ids = [("gcs_bucket", f"gs://acme-{number}") for number in range(40)]
    assert [count for _, count in found("gcp", ids, gcs("elsewhere"))] == [5]
