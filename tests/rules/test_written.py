"""Which buckets a target names, and which of them are the provider's own."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dativo_compile.model.job import LinkedJob, PlacedJob
from dativo_compile.rules.provider.written import written
from tests.rules.placed import document

OPTIONAL = {"$ref": "env:S3_ENDPOINT", "optional": True}


def job(target: dict[str, Any]) -> PlacedJob:
    body = {"target": {"catalog": {"type": "sql"}, **target}}
    linked = LinkedJob("acme/orders", document("{}"), "acme", "prod", "orders", None, None, None, body, {})
    return PlacedJob(linked, None, body, {}, None, {})


def names(target: dict[str, Any]) -> list[tuple[str, str]]:
    return [(each.kind, each.name) for each in written(job(target))]


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ({}, []),
        ({"connection": None}, []),
        ({"connection": {"s3": {"bucket": "lake"}}}, [("s3", "lake")]),
        ({"connection": {"s3": {"prefix": "raw"}}}, []),
        ({"connection": {"s3": {"bucket": {"$ref": "env:BUCKET"}}}}, []),
        ({"connection": {"s3": {"$ref": "secret:s"}}}, []),
        ({"connection": {"minio": {"bucket": "lake"}}}, [("minio", "lake")]),
        ({"connection": {"gcs": {"bucket": "lake"}}}, [("gcs", "lake")]),
        ({"type": "s3", "connection": {"bucket": "lake"}}, [("s3", "lake")]),
        ({"type": "minio", "connection": {"bucket": "lake"}}, [("minio", "lake")]),
        ({"type": "postgres", "connection": {"bucket": "lake"}}, []),
        ({"connection": {"azure": {"container": "raw", "account_name": "acmelake"}}},
         [("container", "raw"), ("azure", "acmelake")]),
        ({"connection": {"abfs": {"bucket": "raw", "storage_account": "acmelake"}}},
         [("container", "raw"), ("azure", "acmelake")]),
        ({"connection": {"s3": {"bucket": "s3://lake"}}}, []),  # DC8112 has said so
    ],
)  # fmt: skip
def test_what_a_connection_names(target: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert names(target) == expected


@pytest.mark.parametrize(
    ("warehouse", "expected"),
    [
        ("s3://lake/tables", [("s3", "lake")]),
        ("s3a://lake", [("s3", "lake")]),
        ("s3://key:not-a-secret@lake/t", [("s3", "lake")]),
        ("gs://lake/", [("gcs", "lake")]),
        ("abfss://raw@acmelake.dfs.core.windows.net/t", [("container", "raw"), ("azure", "acmelake")]),
        ("wasbs://raw@acmelake.blob.core.windows.net", [("container", "raw"), ("azure", "acmelake")]),
        ("abfss://raw/t", []),
        ("hdfs://host/t", []),
        ("main", []),
        ("s3:///t", []),
        ({"$ref": "env:WAREHOUSE"}, []),
        ({"$concat": ["s3://lake/", {"$ref": "env:RUN"}]}, [("s3", "lake")]),
        ({"$concat": ["s3://lake-", {"$ref": "env:RUN"}, "/t"]}, []),
        ({"$concat": [{"$ref": "env:SCHEME"}, "://lake/t"]}, []),
    ],
)
def test_what_a_warehouse_names(warehouse: Any, expected: list[tuple[str, str]]) -> None:
    assert names({"warehouse": warehouse}) == expected


@pytest.mark.parametrize(
    ("endpoint", "kind"),
    [
        (None, "s3"),
        ("", "s3"),
        ("https://s3.eu-west-1.amazonaws.com", "s3"),
        ("s3.eu-west-1.amazonaws.com:443", "s3"),
        ("https://bucket.vpce-1a2b.s3.eu-west-1.vpce.amazonaws.com/", "s3"),
        ("https://s3.cn-north-1.amazonaws.com.cn", "s3"),
        (OPTIONAL, "s3"),
        ({"$ref": "env:S3_ENDPOINT"}, "minio"),
        ("http://minio:9000", "minio"),
        ("https://amazonaws.com.example", "minio"),
        ("https://example/s3.amazonaws.com", "minio"),
    ],
)
def test_a_store_with_an_endpoint_of_its_own_is_not_amazons(endpoint: Any, kind: str) -> None:
    assert names({"connection": {"s3": {"bucket": "lake", "endpoint": endpoint}}}) == [(kind, "lake")]
    assert names({"warehouse": "s3://lake", "connection": {"s3": {"endpoint": endpoint}}}) == [(kind, "lake")]
    assert names({"type": "s3", "connection": {"bucket": "lake", "endpoint": endpoint}}) == [(kind, "lake")]


def test_a_warehouse_beside_minio_is_in_minio() -> None:
    assert names({"warehouse": "s3://lake", "connection": {"minio": {"bucket": "raw"}}}) == [
        ("minio", "lake"), ("minio", "raw"),
    ]  # fmt: skip


def test_each_name_is_said_once_and_that_of_the_warehouse_first() -> None:
    assert names({"warehouse": "gs://lake/t", "connection": {"gcs": {"bucket": "lake"}}}) == [("gcs", "lake")]
    assert names({"warehouse": "gs://lake/t", "connection": {"gcs": {"bucket": "raw"}}}) == [
        ("gcs", "lake"), ("gcs", "raw"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("target: {warehouse: gs://acme-lake/tables}", "acme-lake"),
        ('target: {warehouse: "gs://acme-lake/tables"}', "acme-lake"),
        ("target: {warehouse: 'gs://gs/gs'}", "gs"),
        ('target: {warehouse: "gs://acme\\x2dlake/tables"}', '"gs://acme\\x2dlake/tables"'),
        ("target: {connection: {gcs: {bucket: acme-lake}}}", "acme-lake"),
        ('target: {connection: {gcs: {bucket: "acme-lake"}}}', "acme-lake"),
    ],
)
def test_the_name_alone_is_underlined(text: str, part: str) -> None:
    read = document(text)
    body = {"target": {"catalog": {"type": "sql"}, **read.value["target"]}}
    linked = LinkedJob("acme/orders", read, "acme", "prod", "orders", None, None, None, body, {})
    only = next(iter(written(PlacedJob(linked, None, body, read.marks, None, {}))))
    place = only.place
    assert text[place.column - 1 : place.end_column - 1] == part
    assert json.dumps(only.name)
