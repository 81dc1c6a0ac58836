"""What a job's values name, wherever they stand, and nothing that only looks alike."""

from __future__ import annotations

from typing import Any

import pytest

from dativo_compile.mapping.uses import uses_of
from dativo_compile.model.job import LinkedJob, PlacedJob, Table
from tests.rules.placed import document

ROLE = "arn:aws:iam::012345678901:role/etl"


def uses(
    target: dict[str, Any] | None = None,
    source: dict[str, Any] | None = None,
    metadata: dict[str, Any] | None = None,
    table: Table | None = None,
    account: str = "",
    **roots: Any,
) -> dict[str, str]:
    body = {"target": target or {}, "source": source or {}, "infrastructure": {"metadata": metadata or {}}, **roots}
    linked = LinkedJob("a", document("tenant_id: acme\n"), "acme", "prod", "a", None, None, None, body, {})
    return dict(uses_of(PlacedJob(linked, None, body, {}, table, {}), account))


TARGETS = [
    ({"connection": {"s3": {"bucket": "lake"}}}, {"s3://lake": "target.connection.s3.bucket"}),
    ({"connection": {"gcs": {"bucket": "lake", "prefix": "raw"}}}, {"gs://lake": "target.connection.gcs.bucket"}),
    ({"type": "gcs", "connection": {"bucket": "lake"}}, {"gs://lake": "target.connection.bucket"}),
    ({"type": "s3", "connection": {"bucket": "lake"}}, {"s3://lake": "target.connection.bucket"}),
    (
        {"connection": {"azure": {"container": "raw", "account": "Acme"}}},
        {"storageAccounts/acme": "target.connection.azure.account"},
    ),
    ({"warehouse": "s3://lake/wh"}, {"s3://lake": "target.warehouse"}),
    ({"warehouse": {"$concat": ["s3://", {"$ref": "env:B"}]}}, {}),
    ({"location": "s3://lake/raw"}, {}),
    ({"catalog": {"type": "rest", "warehouse": "s3://lake/wh"}}, {"s3://lake": "target.catalog.warehouse"}),
    ({"connection": {"s3": {"role_arn": ROLE}}}, {ROLE: "target.connection.s3.role_arn"}),
    ({"connection": {"minio": {"bucket": "lake"}}}, {}),
    ({"connection": {"s3": {"bucket": "lake", "endpoint": "https://minio.acme.example"}}}, {}),
    (
        {"connection": {"s3": {"bucket": "lake", "endpoint": "https://s3.eu-west-1.amazonaws.com"}}},
        {"s3://lake": "target.connection.s3.bucket"},
    ),
    (
        {"connection": {"s3": {"bucket": "lake", "endpoint": {"$ref": "env:E", "optional": True}}}},
        {"s3://lake": "target.connection.s3.bucket"},
    ),
    ({"connection": {"s3": {"bucket": "lake", "endpoint": {"$ref": "env:E"}}}}, {}),
    ({"connection": {"s3": {"bucket": {"$ref": "env:BUCKET"}}}}, {}),
    ({"warehouse": "s3://lake/wh", "connection": {"minio": {"endpoint": "http://minio:9000"}}}, {}),
    ({"type": "minio", "warehouse": "s3://lake/wh"}, {}),
    ({"type": "minio", "connection": {"bucket": "lake", "role_arn": ROLE}}, {ROLE: "target.connection.role_arn"}),
]


@pytest.mark.parametrize(("target", "named"), TARGETS)
def test_a_target_names_its_storage(target: dict[str, Any], named: dict[str, str]) -> None:
    assert uses(target) == named


def test_a_source_names_what_it_reads() -> None:
    assert uses(source={"connection": {"host": "db.globex.example", "port": 5432, "user": "x"}}) == {
        "db.globex.example": "source.connection.host"
    }
    assert uses(source={"connection": {"project": "p", "dataset": "d"}}) == {
        "projects/p/datasets/d": "source.connection.dataset"
    }
    assert uses(source={"connection": {"dataset": "d"}}) == {}
    assert uses(source={"files": [{"path": "raw/a.csv"}, {"path": "s3://landing/a.csv"}]}) == {
        "s3://landing": "source.files[1].path"
    }


def test_metadata_names_roles_and_accounts() -> None:
    said = {"iam_role_arn": ROLE, "sa": "etl@acme.iam.gserviceaccount.com", "ticket": "OPS-1", "roles": [ROLE]}
    assert uses(metadata=said) == {
        ROLE: "infrastructure.metadata.iam_role_arn",
        "etl@acme.iam.gserviceaccount.com": "infrastructure.metadata.sa",
    }
    assert uses(metadata={"role_name": "etl"}, account="012345678901") == {ROLE: "infrastructure.metadata.role_name"}
    assert uses(metadata={"role_name": "etl"}) == {}


@pytest.mark.parametrize(
    ("identity", "catalog", "top", "named"),
    [
        (
            ("glue", "", "012345678901", "eu-west-1", "db", "t"),
            {"type": "glue", "glue_database": "db"},
            {},
            {"arn::glue:eu-west-1:012345678901:database/db": "target.catalog.glue_database"},
        ),
        (
            ("bigquery", "", "", "", "db", "t"),
            {"type": "bigquery"},
            {"bigquery_dataset": "db"},
            {"projects//datasets/db": "catalog.bigquery_dataset"},
        ),
        (("glue", "", "", "", "acme_iceberg_prod", "t"), {"type": "glue"}, {}, {}),  # by the pattern
        (("rest", "https://c", "", "", "db", "t"), {"type": "rest", "namespace": "db"}, {}, {}),
    ],
)
def test_a_catalog_of_the_cloud_names_its_database(
    identity: tuple[str, ...], catalog: dict[str, Any], top: dict[str, Any], named: dict[str, str]
) -> None:
    assert uses(table=Table("db", "t", None, catalog, identity), catalog=top) == named


def test_a_resource_is_told_once_and_jobs_share_the_tuple() -> None:
    both = {"connection": {"s3": {"bucket": "lake"}}}
    assert uses(both, both) == {"s3://lake": "target.connection.s3.bucket"}
