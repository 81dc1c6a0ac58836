"""Resources of a state: addresses, ids and tags in both formats that have them; nothing else is kept."""

from __future__ import annotations

import json
import tracemalloc
from typing import Any

import pytest

from dativo_compile.model.resource import Resource
from dativo_compile.terraform.fault import StateFault
from dativo_compile.terraform.resource_ids import ids_of, spelt
from dativo_compile.terraform.resources import read_whole

SENTINEL = "sentinel-31c7"
AWS, GOOGLE, AZURE = (f'provider["providers.example/hashicorp/{name}"]' for name in ("aws", "google", "azurerm"))
BUCKET = {
    "arn": "arn:aws:s3:::acme-lake", "bucket": "acme-lake", "id": "acme-lake", "force_destroy": False,
    "tags": {"CostCenter": "DATA-001"}, "tags_all": {"CostCenter": "DATA-001", "Team": "lake"},
}  # fmt: skip


def block(kind: str, *instances: dict[str, Any], name: str = "it", provider: str = AWS, **more: Any) -> dict[str, Any]:
    return {"mode": "managed", "type": kind, "name": name, "provider": provider, "instances": list(instances), **more}


def instance(attributes: dict[str, Any], sensitive: Any = (), **more: Any) -> dict[str, Any]:
    return {"schema_version": 0, "attributes": attributes, "sensitive_attributes": list(sensitive), **more}


def v4(*blocks: dict[str, Any]) -> bytes:
    return json.dumps({"version": 4, "serial": 1, "lineage": "l", "outputs": {}, "resources": list(blocks)}).encode()


def shown(*resources: dict[str, Any], **module: Any) -> bytes:
    root = {"resources": list(resources), **module}
    return json.dumps({"format_version": "1.0", "values": {"root_module": root}}).encode()


def found(data: bytes) -> tuple[Resource, ...]:
    resources = read_whole(data, "x").resources
    assert resources is not None
    return resources


def one(data: bytes) -> Resource:
    (resource,) = found(data)
    return resource


def attr(*names: str) -> list[dict[str, Any]]:
    """A path as Terraform writes it: an attribute, then members of a map."""
    steps: list[dict[str, Any]] = [{"type": "get_attr", "value": names[0]}]
    return steps + [{"type": "index", "value": {"value": name, "type": "string"}} for name in names[1:]]


def test_a_bucket_has_the_tags_that_the_provider_made() -> None:
    assert one(v4(block("aws_s3_bucket", instance(BUCKET)))) == Resource(
        "aws_s3_bucket.it", "aws_s3_bucket", "aws", "arn:aws:s3:::acme-lake",
        frozenset({"arn:aws:s3:::acme-lake", "acme-lake"}), {"CostCenter": "DATA-001", "Team": "lake"},
    )  # fmt: skip


def test_both_formats_say_the_same() -> None:
    resource = {"address": "aws_s3_bucket.it", "mode": "managed", "type": "aws_s3_bucket", "name": "it",
                "values": BUCKET, "sensitive_values": {"tags": {}, "tags_all": {}}}  # fmt: skip
    assert found(shown(resource)) == found(v4(block("aws_s3_bucket", instance(BUCKET))))


@pytest.mark.parametrize(
    ("kind", "attributes", "tags"),
    [
        ("aws_s3_bucket", {"tags": {"a": "b"}, "tags_all": None}, {"a": "b"}),
        ("aws_s3_bucket", {"tags": None, "tags_all": None}, {}),
        ("aws_s3_bucket", {"tags": {"a": "b"}, "tags_all": {}}, {}),
        ("aws_s3_bucket", {"tags": {"a": "b", "n": None, "list": []}}, {"a": "b"}),
        ("aws_iam_role_policy", {"name": "x"}, None),
        ("google_storage_bucket", {"labels": {"a": "b"}, "effective_labels": {"goog-x": "true"}}, {"goog-x": "true"}),
        ("google_storage_bucket", {"labels": {"a": "b"}}, {"a": "b"}),
        ("google_service_account", {"email": "x@p.iam.gserviceaccount.com"}, None),
        ("azurerm_storage_account", {"tags": {"A": "b"}}, {"A": "b"}),
        ("aws_autoscaling_group", {"tags": [{"key": "a"}]}, {}),
    ],
)
def test_which_attribute_has_the_tags(kind: str, attributes: dict[str, Any], tags: dict[str, str] | None) -> None:
    assert one(v4(block(kind, instance(attributes)))).tags == tags


def test_addresses_name_modules_and_instances() -> None:
    data = v4(
        block(
            "aws_s3_bucket", instance(BUCKET, index_key=1), instance(BUCKET, index_key='a"b'), module='module.m["x"]'
        ),
        block("aws_s3_bucket", instance(BUCKET)),
        block("aws_s3_bucket", instance(BUCKET), mode="data"),
        block("terraform_data", instance({"input": {"value": "x"}})),
        block("aws_s3_bucket", instance(BUCKET, deposed="0a1b2c3d"), name="gone"),
    )
    assert [resource.address for resource in found(data)] == [
        "aws_s3_bucket.it", 'module.m["x"].aws_s3_bucket.it["a\\"b"]', 'module.m["x"].aws_s3_bucket.it[1]',
    ]  # fmt: skip


def test_modules_lie_in_one_another_where_a_state_is_shown() -> None:
    inner = {
        "address": "module.a.module.b.aws_s3_bucket.it",
        "mode": "managed",
        "type": "aws_s3_bucket",
        "values": BUCKET,
    }
    module = {"address": "module.a", "child_modules": [{"address": "module.a.module.b", "resources": [inner]}]}
    assert one(shown(child_modules=[module])).address == inner["address"]


SECRET = BUCKET | {"tags": {"Key": SENTINEL, "a": "b"}, "tags_all": {"Key": SENTINEL, "a": "b"}}


@pytest.mark.parametrize(
    ("path", "tags", "hidden"),
    [
        (attr("tags", "Key"), {"a": "b", "Key": None}, False),
        (attr("tags_all", "Key"), {"a": "b", "Key": None}, False),
        (attr("tags"), None, True),
        (attr("tags_all"), None, True),
        (["not a path"], None, True),
    ],
)
def test_a_sensitive_tag_is_sensitive_in_every_attribute(path: Any, tags: Any, hidden: bool) -> None:
    """Terraform marks what was written (`tags`), and not what the provider computed from it (`tags_all`)."""
    bucket = one(v4(block("aws_s3_bucket", instance(SECRET, [path]))))
    assert (bucket.tags, bucket.hidden) == (tags, hidden)


@pytest.mark.parametrize(
    ("sensitive", "tags", "hidden"),
    [
        ({"tags": {"Key": True}, "tags_all": {}}, {"a": "b", "Key": None}, False),
        ({"tags": True}, None, True),
        (True, None, True),
    ],
)
def test_a_state_that_is_shown_marks_them_by_shape(sensitive: Any, tags: Any, hidden: bool) -> None:
    resource = {"address": "aws_s3_bucket.it", "mode": "managed", "type": "aws_s3_bucket",
                "values": SECRET, "sensitive_values": sensitive}  # fmt: skip
    bucket = one(shown(resource))
    assert (bucket.tags, bucket.hidden) == (tags, hidden)


def test_a_sensitive_id_is_not_kept() -> None:
    bucket = one(v4(block("aws_s3_bucket", instance(BUCKET | {"arn": SENTINEL}, [attr("arn")]))))
    assert (bucket.id, bucket.ids) == ("acme-lake", frozenset({"acme-lake"}))


def test_nothing_secret_is_kept() -> None:
    password = {"type": "get_attr", "value": "master_password"}
    database = {"arn": "a", "master_password": SENTINEL, "tags": {"Key": SENTINEL}, "user_data": SENTINEL}
    data = v4(block("aws_rds_cluster", instance(database, [[password], attr("tags", "Key")])))
    assert SENTINEL not in repr(read_whole(data, "x"))


@pytest.mark.parametrize(
    "state",
    [
        {"version": 3, "modules": [{"path": ["root"], "outputs": {"a": {"value": "b", "type": "string"}}}]},
        {"a": {"value": "b", "type": "string", "sensitive": False}},
    ],
)
def test_a_format_without_resources_says_so(state: dict[str, Any]) -> None:
    assert read_whole(json.dumps(state).encode(), "x").resources is None


def test_a_state_with_nothing_in_it_is_refused() -> None:
    with pytest.raises(StateFault):
        read_whole(v4(), "x")


def test_attributes_are_not_built() -> None:
    bucket = block("aws_s3_bucket", instance(BUCKET | {"policy": "p" * 20_000, "list": list(range(2_000))}))
    data = v4(*[bucket] * 200)
    tracemalloc.start()
    try:
        state = read_whole(data, "x")
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(state.resources or ()) == 200
    assert kept < len(data) / 10


SUBSCRIPTION = "/subscriptions/0a1b/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/acmelake"


@pytest.mark.parametrize(
    ("kind", "attributes", "written"),
    [
        (
            "aws_iam_role",
            {"arn": "arn:aws:iam::123456789012:role/etl", "id": "etl"},
            "arn:aws:iam::123456789012:role/etl",
        ),
        ("google_storage_bucket", {"name": "acme-lake", "id": "acme-lake"}, "gs://acme-lake"),
        ("google_storage_bucket", {"name": "acme-lake"}, "gs://acme-lake/"),
        ("google_bigquery_dataset", {"project": "p", "dataset_id": "d"}, "p.d"),
        ("google_bigquery_dataset", {"project": "p", "dataset_id": "d"}, "p:d"),
        ("google_bigquery_dataset", {"project": "acme.example:p", "dataset_id": "d"}, "acme.example:p:d"),
        ("google_service_account", {"email": "etl@p.iam.gserviceaccount.com"}, "etl@p.iam.gserviceaccount.com"),
        ("azurerm_storage_account", {"id": SUBSCRIPTION}, SUBSCRIPTION.lower()),
        ("azurerm_storage_account", {"id": SUBSCRIPTION}, "/subscriptions/.../storageAccounts/AcmeLake"),
    ],
)
def test_a_resource_answers_to_what_jobs_call_it(kind: str, attributes: dict[str, Any], written: str) -> None:
    raw = {name: json.dumps(value).encode() for name, value in attributes.items()}
    assert spelt(written) in ids_of(kind, raw)[1]


@pytest.mark.parametrize(
    ("kind", "attributes", "written"),
    [
        ("aws_s3_bucket", {"arn": "arn:aws:s3:::acme-lake"}, "arn:aws:s3:::Acme-lake"),
        ("google_storage_bucket", {"name": "acme-lake"}, "s3://acme-lake"),
        ("google_bigquery_dataset", {"project": "p", "dataset_id": "d"}, "q.d"),
        ("google_bigquery_dataset", {"project": "p"}, "p."),
        ("azurerm_storage_account", {"id": SUBSCRIPTION}, SUBSCRIPTION.replace("0a1b", "0a1c")),
        ("azurerm_storage_account", {"id": SUBSCRIPTION}, "/subscriptions/.../userAssignedIdentities/acmelake"),
    ],
)
def test_a_resource_does_not_answer_to_another_name(kind: str, attributes: dict[str, Any], written: str) -> None:
    raw = {name: json.dumps(value).encode() for name, value in attributes.items()}
    assert spelt(written) not in ids_of(kind, raw)[1]
