"""One resource has one spelling, and two have two."""

from __future__ import annotations

import pytest

from dativo_compile.mapping.resources import dataset, glue_database, loosened, named, resource

NAMED = [
    ("arn:aws:s3:::acme-lake", "s3://acme-lake"),
    ("arn:aws-cn:s3:::acme-lake/raw/*", "s3://acme-lake"),
    ("s3://acme-lake", "s3://acme-lake"),
    ("s3a://acme-lake/raw/orders", "s3://acme-lake"),
    ("gs://acme-lake/raw", "gs://acme-lake"),
    ("arn:aws:iam::012345678901:role/etl", "arn:aws:iam::012345678901:role/etl"),
    ("arn:aws:iam::012345678901:role/team/data/etl", "arn:aws:iam::012345678901:role/etl"),
    ("arn:aws:glue:eu-west-1:012345678901:database/acme", "arn:aws:glue:eu-west-1:012345678901:database/acme"),
    ("arn:aws:glue:eu-west-1:012345678901:database/cat/acme", "arn:aws:glue:eu-west-1:012345678901:database/cat/acme"),
    ("arn:aws:glue:eu-west-1:012345678901:table/acme/orders", "arn:aws:glue:eu-west-1:012345678901:database/acme"),
    ("abfss://raw@AcmeStore.dfs.core.windows.net/orders", "storageAccounts/acmestore"),
    ("wasbs://raw@acmestore.blob.core.windows.net", "storageAccounts/acmestore"),
    ("https://acmestore.blob.core.windows.net/raw", "storageAccounts/acmestore"),
    ("/subscriptions/1/providers/Microsoft.Storage/storageAccounts/AcmeStore", "storageAccounts/acmestore"),
    ("/subscriptions/.../storageAccounts/acmestore", "storageAccounts/acmestore"),
    ("/subscriptions/1/userAssignedIdentities/Etl", "/subscriptions/1/userassignedidentities/etl"),
    ("etl@acme.iam.gserviceaccount.com", "etl@acme.iam.gserviceaccount.com"),
    ("serviceAccount:Etl@acme.iam.gserviceaccount.com", "etl@acme.iam.gserviceaccount.com"),
    ("projects/acme/serviceAccounts/etl@acme.iam.gserviceaccount.com", "etl@acme.iam.gserviceaccount.com"),
    ("projects/acme/datasets/lake", "projects/acme/datasets/lake"),
    ("raw/orders", ""),
    ("acme-lake", ""),
    ("https://api.stripe.example/v1", ""),
    ("arn:aws:sqs:eu-west-1:012345678901:queue", ""),
    ("s3://", ""),
    ("", ""),
]  # fmt: skip
DECLARED = [
    ("s3_bucket", "arn:aws:s3:::acme-lake", "", "s3://acme-lake"),
    ("s3_bucket", " acme-lake ", "", "s3://acme-lake"),
    ("s3_bucket", "lake", "acme-lake", "s3://acme-lake"),
    ("gcs_bucket", "acme-lake", "", "gs://acme-lake"),
    ("storage_account", "AcmeStore", "", "storageAccounts/acmestore"),
    ("bigquery_dataset", "acme.lake", "lake", "projects/acme/datasets/lake"),
    ("bigquery_dataset", "acme:lake", "", "projects/acme/datasets/lake"),
    ("bigquery_dataset", "example.com:acme.lake", "", "projects/example.com:acme/datasets/lake"),
    ("bigquery_dataset", "lake", "", "projects//datasets/lake"),
    ("glue_catalog", "arn:aws:glue:eu-west-1:012345678901:catalog", "", "arn:aws:glue:eu-west-1:012345678901:catalog"),
    ("iam_role", "etl", "etl", "etl"),
    ("rds_instance", "db.acme.example", "", "db.acme.example"),
]


@pytest.mark.parametrize(("text", "name"), NAMED)
def test_a_text_names_a_resource(text: str, name: str) -> None:
    assert named(text) == name
    assert named(name) in (name, "")  # the spelling names the same, or cannot be told from the text alone


@pytest.mark.parametrize(("kind", "id", "name", "spelling"), DECLARED)
def test_a_declared_resource_has_the_spelling_of_its_uses(kind: str, id: str, name: str, spelling: str) -> None:
    assert resource(kind, id, name) == spelling


def test_who_does_not_know_the_account_names_the_same_database() -> None:
    declared = resource("glue_catalog", "arn:aws-cn:glue:cn-north-1:012345678901:database/acme")
    known = {("cn-north-1", "012345678901"), ("cn-north-1", ""), ("", "012345678901"), ("", "")}
    assert set(loosened(declared)) == {glue_database(region, account, "acme") for region, account in known}
    assert loosened(dataset("acme", "lake")) == (dataset("", "lake"),)
    for name in ("s3://acme-lake", "arn:aws:iam::012345678901:role/etl", "arn:aws:glue", "etl"):
        assert loosened(name) == ()
