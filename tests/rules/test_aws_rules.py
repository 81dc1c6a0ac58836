"""Rules of AWS that look at more than one id: regions, and what must agree with what."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dativo_compile.diagnostics.diagnostic import Diagnostic
from dativo_compile.mapping.bound import misfits
from dativo_compile.mapping.plan import plan_of
from dativo_compile.model.job import LinkedJob
from dativo_compile.model.project import Project
from dativo_compile.passes.validate_providers import validate_providers
from dativo_compile.report.text import render
from tests.rules.placed import document, placed, underlined

ACCOUNT = "123456789012"
BUCKET, ROLE = "arn:aws:s3:::acme-lake", f"arn:aws:iam::{ACCOUNT}:role/etl"
DATABASE = f"arn:aws:glue:us-east-1:{ACCOUNT}:database/sales"

CHINESE = DATABASE.replace("us-east-1", "cn-north-1")


def job(*resources: str, region: str | None = "us-east-1", account: str | None = ACCOUNT) -> str:
    """Each resource is the inside of a flow mapping; its values stand as they are."""
    lines = ["infrastructure:", "  provider:", "    provider: aws"]
    lines += [f"    region: {region}"] if region else []
    lines += [f'    account_id: "{account}"'] if account else []
    lines += ["    resources:", *(f"      - {{{each}}}" for each in resources)] if resources else []
    return "\n".join(lines) + "\n"


def bucket(id: str = BUCKET, **more: str) -> str:
    return resource("s3_bucket", id, **more)


def role(id: str = ROLE, **more: str) -> str:
    return resource("iam_role", id, **more)


def glue(id: str = DATABASE, **more: str) -> str:
    return resource("glue_catalog", id, **more)


def resource(kind: str, id: str, **more: str) -> str:
    said = {"resource_type": kind, "resource_id": json.dumps(id), **more}
    return ", ".join(f"{key}: {value}" for key, value in said.items())


def diagnostics(text: str, **options: Any) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    validate_providers(placed(text, **options), Project(Path()), found)
    return found


def found(text: str, **options: Any) -> list[tuple[str, str]]:
    """(id of the code, what is underlined)."""
    return [(each.code.id, underlined(text, each)) for each in diagnostics(text, **options)]


REGIONS = [
    ("us-east-1", None, ""),
    ("eusc-de-east-1", None, ""),
    ("us-isof-south-1", None, ""),
    ("eu-west-9", "DC5007", "did you mean `eu-west-1`, `eu-west-2` or `eu-west-3`?"),
    ("us-est-1", "DC5007", "did you mean `us-east-1` or `us-west-1`?"),
    ("cn-west-1", "DC5007", "did you mean `cn-northwest-1`, China (Ningxia)?"),
    ("us-gov-north-1", "DC5007", "did you mean `us-gov-east-1` or `us-gov-west-1`?"),
    ("eusc-de-west-1", "DC5007", "did you mean `eusc-de-east-1`, AWS European Sovereign Cloud (Germany)?"),
    ("US-EAST-1", "DC5006", "did you mean `us-east-1`, US East (N. Virginia)?"),
    ("us-East-1", "DC5006", "did you mean `us-east-1`, US East (N. Virginia)?"),
    ("us-east-1a", "DC5006", "`us-east-1a` is a zone; its region is `us-east-1`"),
    ("us-gov_west-1", "DC5007", "did you mean `us-gov-west-1`, AWS GovCloud (US-West)?"),
    ("useast1", "DC5006", "did you mean `us-east-1`, US East (N. Virginia)?"),
    ("us-east", "DC5006", "did you mean `us-east-1` or `us-east-2`?"),
    ("eu_west_1", "DC5006", "did you mean `eu-west-1`, Europe (Ireland)?"),
    ("Ireland", "DC5006", "did you mean `eu-west-1`, Europe (Ireland)?"),
    ("aws-global", "DC5006", "write one like `eu-west-1`"),
    ("xx-east-1", "DC5006", "did you mean `ap-east-1`, `sa-east-1` or `us-east-1`?"),
    ("the-moon", "DC5006", "write one like `eu-west-1`"),
    ("us-east-\u0661", "DC5006", "did you mean `us-east-1` or `us-east-2`?"),
    ("us-east-1\u00a0", "DC5006", "did you mean `us-east-1`, US East (N. Virginia)?"),
    ("us-iso-\uff45ast-1", "DC5006", "did you mean `us-iso-east-1`, US ISO East?"),
]


@pytest.mark.parametrize(("region", "code", "help"), REGIONS)
def test_regions(region: str, code: str | None, help: str) -> None:
    text = job(region=json.dumps(region), account=None)
    expected = [(code, help)] if code else []
    assert [(each.code.id, each.help) for each in diagnostics(text)] == expected


@pytest.mark.parametrize(
    ("region", "help"),
    [
        ("us-central1", "`us-central1` is a region of GCP: set `provider: gcp`, or correct it"),
        ("us-east1", "did you mean `us-east-1`? `us-east1` is a region of GCP"),
    ],
)
def test_a_region_of_another_provider(region: str, help: str) -> None:
    assert [(each.code.id, each.help) for each in diagnostics(job(region=region))] == [("DC5006", help)]


@pytest.mark.parametrize(
    ("resources", "at"),
    [
        ((bucket(region="us-esat"),), ["us-esat"]),
        ((bucket(region="us-east-1"), bucket(region="moon")), ["moon"]),
        ((glue(DATABASE.replace("us-east-1", "us-east")),), ["us-east"]),
        ((bucket(region="null"), bucket(region='""')), []),
    ],
)
def test_regions_of_resources(resources: tuple[str, ...], at: list[str]) -> None:
    assert found(job(*resources)) == [("DC5006", each) for each in at]


def test_an_unlisted_region_is_told_once() -> None:
    text = job(bucket(region="us-east-9"), glue(DATABASE.replace("us-east-1", "us-east-9")), region="us-east-9")
    assert found(text) == [("DC5007", "us-east-9")]
    place = diagnostics(text)[0].place
    assert place is not None and place.line == 4


ELSEWHERE = "210987654321"


@pytest.mark.parametrize(
    ("resources", "expected"),
    [
        ((bucket(), role(), glue()), []),
        ((role(ROLE.replace(ACCOUNT, ELSEWHERE)),), [("DC5014", ELSEWHERE)]),
        ((glue(DATABASE.replace(ACCOUNT, ELSEWHERE)),), [("DC5014", ELSEWHERE)]),
        ((role(ROLE.replace(ACCOUNT, "1234")),), [("DC5012", "1234")]),  # one cause, one error
        ((bucket(f"arn:aws:s3::{ELSEWHERE}:acme-lake"),), [("DC5010", ELSEWHERE)]),
        ((glue(DATABASE.replace("us-east-1", "us-east-2")),), [("DC5015", "us-east-2")]),
        ((bucket(region="us-east-2"),), [("DC5015", "us-east-2")]),
        ((glue(region="us-east-1"), role(region="us-east-1")), []),
        ((glue(region="us-east-2"),), [("DC5015", "us-east-2")]),
        ((glue(DATABASE.replace("us-east-1", "us-east-2"), region="us-east-2"),), [("DC5015", "us-east-2")]),
        ((glue(DATABASE.replace("us-east-1", "us-east-2"), region="us-east-1"),), [("DC5015", "us-east-2")]),
        ((bucket(BUCKET.replace("aws", "aws-cn")),), [("DC5016", "aws-cn")]),
        ((glue(CHINESE),), [("DC5016", "cn-north-1")]),
        ((glue(DATABASE.replace(":us-east-1", ":cn-north-1").replace("aws", "aws-cn")),), [("DC5016", "aws-cn")]),
        ((bucket(resource_name="acme-lake"), role(resource_name="etl"), glue(resource_name="sales")), []),
        ((bucket(resource_name="acme"),), [("DC5017", "acme")]),
        ((bucket(resource_name="Acme-Lake"),), [("DC5017", "Acme-Lake")]),
        ((role(ROLE.replace("role/", "role/team/"), resource_name="etl"),), []),
        ((role(ROLE.replace("role/", "role/team/"), resource_name="team/etl"),), [("DC5017", "team/etl")]),
        ((glue(DATABASE.replace("sales", "s3tablescatalog/lake/sales"), resource_name="sales"),), []),
        ((glue(DATABASE.replace("database/sales", "catalog/redshift"), resource_name="redshift"),), []),
        ((glue(DATABASE.replace("database/sales", "catalog"), resource_name="anything"),), []),
        ((bucket(BUCKET + "_", resource_name="acme"),), [("DC5011", "_")]),  # the id is wrong, and so is what it names
        ((bucket(resource_name="null"), bucket(resource_name='""')), []),
    ],
)  # fmt: skip
def test_resources_agree_with_the_job(resources: tuple[str, ...], expected: list[tuple[str, str]]) -> None:
    assert found(job(*resources)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (job(role(ROLE.replace(ACCOUNT, ELSEWHERE)), account=None), []),
        (job(glue(), region=None), [("DC5001", "aws")]),
        (job(glue(region="us-east-2"), region=None), [("DC5001", "aws"), ("DC5015", "us-east-1")]),
        (job(glue(region="us-east-2"), region="moon"), [("DC5006", "moon"), ("DC5015", "us-east-1")]),
        (job(bucket(), role(ROLE.replace("aws", "aws-cn")), region=None), [("DC5001", "aws"), ("DC5016", "aws-cn")]),
        (job(glue(CHINESE), region=None), [("DC5001", "aws"), ("DC5016", "cn-north-1")]),
        (job(role(ROLE.replace("aws", "aws-cn")), region="cn-north-9"), [("DC5007", "cn-north-9")]),
        (job(role(), region="cn-north-9"), [("DC5007", "cn-north-9"), ("DC5016", "aws")]),
    ],
)  # fmt: skip
def test_what_the_job_does_not_say_is_compared_with_nothing(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_values_of_outputs_are_compared_too() -> None:
    text = job(role(), glue(), region=None, account=None)
    assert found(text, bound={"region": "us-east-1", "account_id": ACCOUNT}) == []
    assert found(text, bound={"region": "us-east-2", "account_id": ELSEWHERE}) == [
        ("DC5014", ACCOUNT), ("DC5014", ACCOUNT), ("DC5015", "us-east-1"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "account", ["12345678901", "1234567890123", "12345678901\n", "1234567890\u0661\u0662", "1234-5678-9012", "acme"]
)
def test_an_account_that_an_output_gives_meets_the_schema(account: str) -> None:
    """So no rule looks at it again: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccessKeyInfo.html"""
    written = document(
        "tenant_id: a\nsource_connector_path: s\ntarget_connector_path: t\nasset_path: a\ninfrastructure:\n"
        "  provider: {provider: aws}\n  terraform:\n    outputs: {a: infrastructure.provider.account_id}\n"
    )
    linked = LinkedJob("a", written, "a", None, "a", None, None, None, {}, {})
    mappings = plan_of({"a": "infrastructure.provider.account_id"}).mappings

    def told(value: str) -> list[str]:
        body = {"infrastructure": {"provider": {"provider": "aws", "account_id": value}}}
        return [each.message for each in misfits(linked, mappings, body, None)]

    assert told(ACCOUNT) == []
    assert told(account) == ["`a` does not fit `infrastructure.provider.account_id`: must be text of 12 digits"]


SPANS = [
    ("resource_id: arn:aws:s3:::Lake", "L"),
    ("resource_id: 'arn:aws:s3:::Lake'", "L"),
    ('resource_id: "arn:aws:s3:::Lake"', "L"),
    ('resource_id: "arn:aws:s3:::\\x4cake"', '"arn:aws:s3:::\\x4cake"'),
    ("resource_id: *id", "*id"),
]


@pytest.mark.parametrize(("line", "at"), SPANS)
def test_the_part_at_fault_is_underlined_where_the_line_shows_it(line: str, at: str) -> None:
    text = f"x-id: &id arn:aws:s3:::Lake\n{job('resource_type: s3_bucket, ' + line)}"
    assert found(text) == [("DC5011", at)]


TARGETS: list[tuple[dict[str, Any], bool]] = [
    ({"connection": {"s3": {"bucket": "Acme_Lake"}}}, False),
    ({"connection": {"s3": {"bucket": "acme-lake"}}}, True),
    ({"connection": {"s3": {"bucket": "Acme_Lake", "endpoint": "http://minio:9000"}}}, True),
    ({"connection": {"minio": {"bucket": "Acme_Lake"}}}, True),
    ({"connection": {"s3": {"bucket": {"$ref": "env:BUCKET"}}}}, True),
    ({"connection": {"s3": {}}}, True),
    ({"type": "s3", "connection": {"bucket": "Acme_Lake"}}, False),
    ({"type": "iceberg", "connection": {"bucket": "Acme_Lake"}}, True),
    ({"connection": {"s3": {"bucket": "Acme_Lake", "endpoint": "https://s3.eu-west-1.amazonaws.com"}}}, False),
    ({"warehouse": "s3://Acme_Lake/tables"}, False),
    ({"warehouse": "s3://acme-lake"}, True),
    ({"warehouse": "gs://Acme_Lake"}, True),
    ({"warehouse": {"$concat": ["s3://", {"$ref": "env:BUCKET"}]}}, True),
    ({"connection": {"s3": {"bucket": "arn:aws:s3:::acme"}}}, True),  # DC8112 has said so
]


@pytest.mark.parametrize(("target", "good"), TARGETS)
def test_the_bucket_that_a_job_writes_to(target: dict[str, Any], good: bool) -> None:
    """On its own servers anything goes, and so it does where the provider is another."""
    for provider, expected in (("aws", [] if good else ["DC5011"]), ("azure", [])):
        one = placed(job().replace("provider: aws", f"provider: {provider}"))
        one.body["target"] = {"catalog": {"type": "sql"}, **target}
        codes: list[Diagnostic] = []
        validate_providers(one, Project(Path()), codes)
        assert [each.code.id for each in codes if each.code.id == "DC5011"] == expected


def test_nothing_is_asked_of_a_job_of_another_provider() -> None:
    text = job(bucket("x"), role("y"), region="moon").replace("provider: aws", "provider: azure")
    assert not [each for each in found(text) if "DC5006" <= each[0] <= "DC5016"]


FIXES = [
    (job(bucket('acme-lake')), "write `arn:aws:s3:::acme-lake`", '"arn:aws:s3:::acme-lake"'),
    (job(bucket('acme-lake'), region="cn-north-1"), "write `arn:aws-cn:s3:::acme-lake`", '"arn:aws-cn:s3:::acme-lake"'),
    (job(bucket('acme-lake'), region=None), None, None),
    (job(bucket('acme_lake')), None, None),
    (job(bucket('s3://acme-lake/raw')), None, None),
    (job(role('etl')), None, None),  # whose it is, nobody says
    (job(region="us-east-1a"), "write `us-east-1`", "us-east-1"),
    (job(region="US_EAST_1"), "write `us-east-1`", "us-east-1"),
    (job(region="useast1"), "write `us-east-1`", "us-east-1"),
    (job(region="us-east"), None, None),
    (job(region="Ireland"), None, None),
    (job(glue(DATABASE.replace("us-east-1", "us-east-1b"))), "write `us-east-1`", "us-east-1"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "description", "written"), FIXES)
def test_a_fix_is_offered_where_nothing_else_can_be_meant(
    text: str, description: str | None, written: str | None
) -> None:
    fixes = [each.fix for each in diagnostics(text) if each.code.id in ("DC5006", "DC5008", "DC5011")]
    told = [(fix.description, fix.edits[0].text) for fix in fixes if fix]
    assert told == ([(description, written)] if description else [])


def test_a_url_with_a_password_is_not_repeated() -> None:
    text = job(bucket("https://ada:hunter2@lake.example/raw?X-Amz-Signature=5ecre7"))
    report = render(diagnostics(text), lambda _: text.encode())
    assert "https://...lake.example/raw..." in report
    assert "hunter2" not in report and "5ecre7" not in report
