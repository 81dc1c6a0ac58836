"""Projections: whatever goes in, what comes out fits the destination, and what does not fit is named."""

from __future__ import annotations

import re
from unicodedata import category

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dativo_compile.tags.bill import bill_tags
from dativo_compile.tags.projections import PROJECTIONS, STYLES, Style, project, styled

Tags = dict[str, str]

LETTERS = "aAzZ09_-.:/=+@,;#%&?<>\\ \t\n"
FAR = "éßÉİıǅΣς中𝔸१²\u00a0\u2028\u0301\u200b\ud7ff😀"
PARTS = st.text(st.sampled_from(LETTERS + FAR), max_size=8)
SIZES = (62, 63, 64, 126, 127, 128, 129, 254, 255, 256, 257, 512, 513, 999, 1000, 1001)
LONG = st.builds(lambda one, size: one * size, st.sampled_from("aA,é中😀"), st.sampled_from(SIZES))
HEADS = st.sampled_from(["", "aws:", "AWS:", "azure", "Microsoft", "dagster/", "custom.", "a/b/"])
TEXTS = PARTS | LONG | st.builds(str.__add__, HEADS, PARTS)
TAGS = st.dictionaries(TEXTS, TEXTS, max_size=6) | st.builds(
    lambda count: {f"k{number}": "v" for number in range(count)}, st.sampled_from((9, 10, 11, 49, 50, 51, 63, 64, 65))
)


def aws(key: str, value: str) -> bool:
    held = all(one in "_.:/=+-@" or category(one)[0] in "LNZ" for one in key + value)
    return held and 1 <= len(key) <= 128 and len(value) <= 256 and not key.lower().startswith("aws:")


def units(text: str) -> int:
    return sum(2 if ord(one) > 0xFFFF else 1 for one in text)


def gcp(key: str, value: str) -> bool:
    held = all(one in "_-" or category(one) in {"Ll", "Lo", "Nd", "Nl", "No"} for one in key + value)
    short = all(len(text) <= 63 and len(text.encode()) <= 128 for text in (key, value))
    return held and short and key != "" and category(key[0]) in {"Ll", "Lo"}


def azure(key: str, value: str) -> bool:
    reserved = re.match(r"(?i)microsoft|azure|windows", key)
    return not reserved and not set(key) & set("<>%&\\?/") and 1 <= len(key) <= 512 and len(value) <= 256


def glue(key: str, value: str) -> bool:
    line = re.fullmatch("[\\u0020-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff\\t]+", key)
    return bool(line) and len(key.encode()) <= 255 and len(value.encode()) <= 512_000


def dagster(key: str, value: str) -> bool:
    whole = r"([A-Za-z0-9_.-]{1,63}/|dagster/kind/)?[A-Za-z0-9_.-]{1,63}"
    return bool(re.fullmatch(whole, key) and re.fullmatch(r"[A-Za-z0-9_.-]{0,63}", value))


def unity(key: str, value: str) -> bool:
    trimmed = all(text == text.strip() for text in (key, value))
    return trimmed and not set(key) & set(".,-=/:") and 1 <= len(key) <= 255 and len(value) <= 1000


HOLDS = {
    "aws": aws, "gcp": gcp, "azure": azure, "glue": glue, "dagster": dagster, "unity": unity,
    "s3_object": lambda key, value: aws(key, value) and units(key) <= 128 and units(value) <= 256,
    "azure_storage": lambda key, value: azure(key, value) and len(key) <= 128,
}  # fmt: skip
MOST = {"aws": 50, "s3_object": 10, "gcp": 64, "azure": 50, "azure_storage": 50, "unity": 50}
FOLDED = {"azure": str.lower, "azure_storage": str.lower}


def test_every_projection_has_its_limits_here() -> None:
    assert HOLDS.keys() == PROJECTIONS.keys()
    assert {name for name, one in PROJECTIONS.items() if one.limits.most} == MOST.keys()


@pytest.mark.parametrize("name", PROJECTIONS)
@given(tags=TAGS, style=st.sampled_from(STYLES))
@example(tags={"owner": "a", "Owner": "b", "custom.owner": "c"}, style="camel")
@example(tags={"a.b": "1", "a,b": "2", "a-b": "3"}, style="plain")
def test_the_result_fits_is_idempotent_and_loses_nothing_in_silence(name: str, tags: Tags, style: Style) -> None:
    projection = PROJECTIONS[name]
    made = project(projection, tags, style)
    assert [pair for pair in made.tags.items() if not HOLDS[name](*pair)] == []
    assert len(made.tags) <= MOST.get(name, len(tags))
    assert len({FOLDED.get(name, str)(key) for key in made.tags}) == len(made.tags)
    again = project(projection, made.tags, "plain")
    assert (again.tags, again.faults, again.left) == (made.tags, (), ())
    sent = sorted(made.logical.values())
    named = {key for fault in made.faults for key in fault.keys}
    assert len(set(sent)) == len(sent)
    assert sorted({*sent, *named, *made.left}) == sorted(tags)
    assert not set(sent) & (named | set(made.left))
    assert made.logical.keys() == made.tags.keys()
    assert name == "dagster" or not made.left


@given(tags=TAGS)
def test_the_order_of_tags_does_not_matter(tags: Tags) -> None:
    turned = dict(reversed(tags.items()))
    assert [project(one, tags) for one in PROJECTIONS.values()] == [
        project(one, turned) for one in PROJECTIONS.values()
    ]


TOLD = {  # destination -> key, value -> what it becomes
    "aws": [
        ("cost_center", "DATA-001", ("CostCenter", "DATA-001")),
        ("compliance", "SOC2,GDPR", ("Compliance", "SOC2 GDPR")),
        ("custom.data_classification", "top secret!", ("DataClassification", "top secret_")),
        ("owner", "data-team@acme.example", ("Owner", "data-team@acme.example")),
        ("größe", "Käse#1", ("Größe", "Käse_1")),
    ],
    "s3_object": [("compliance.retention_days", "90", ("compliance.retention_days", "90"))],
    "gcp": [
        ("cost_center", "DATA-001", ("cost_center", "data-001")),
        ("compliance", "SOC2,GDPR", ("compliance", "soc2_gdpr")),
        ("owner", "data-team@acme.example", ("owner", "data-team_acme_example")),
        ("costCenter", "Ünïted", ("cost_center", "ünïted")),
        ("custom.tier", "3.1", ("tier", "3_1")),
    ],
    "azure": [("cost_center", "a,b<c>", ("CostCenter", "a,b<c>")), ("a/b", "x", ("A_b", "x"))],
    "azure_storage": [("tenant_id", "acme", ("TenantId", "acme"))],
    "glue": [("tags.owner", "a@b.example", ("tags.owner", "a@b.example")), ("a\nb", "x\ny", ("a_b", "x\ny"))],
    "dagster": [("cost_center", "DATA-001", ("cost_center", "DATA-001")), ("team/tier", "", ("team/tier", ""))],
    "unity": [("compliance.days", "a,b.c", ("compliance_days", "a,b.c")), ("note", " x ", ("note", "_x_"))],
}


@pytest.mark.parametrize(
    ("name", "key", "value", "made"), [(name, *row) for name, rows in TOLD.items() for row in rows]
)
def test_what_becomes_of_a_tag(name: str, key: str, value: str, made: tuple[str, str]) -> None:
    assert project(PROJECTIONS[name], {key: value}).tags == dict([made])


FAULTS = [
    ("aws", {"aws:owner": "x"}, "plain", "reserved"),
    ("aws", {"Aws:owner": "x"}, "plain", "reserved"),
    ("aws", {"": "x"}, "plain", "empty-key"),
    ("aws", {"a" * 129: "x"}, "plain", "key-too-long"),
    ("aws", {"a": "x" * 257}, "plain", "value-too-long"),
    ("aws", {"a_b": "", "a,b": ""}, "plain", "collision"),
    ("aws", {"cost_center": "", "costCenter": ""}, "camel", "collision"),
    ("aws", {f"k{number}": "" for number in range(51)}, "plain", "too-many"),
    ("aws", {"a" * 128: "x" * 256}, "plain", ""),
    ("aws", {"owner": "aws:x", "laws:": "", "a": "", "A": ""}, "plain", ""),
    ("s3_object", {f"k{number}": "" for number in range(11)}, "plain", "too-many"),
    ("s3_object", {"𝔸" * 65: ""}, "plain", "key-too-long"),
    ("s3_object", {f"k{number}": "" for number in range(9)} | {"𝔸" * 64: "𝔸" * 128}, "plain", ""),
    ("gcp", {"2fa": "on"}, "plain", "bad-start"),
    ("gcp", {"_a": ""}, "plain", "bad-start"),
    ("gcp", {"a" * 64: ""}, "plain", "key-too-long"),
    ("gcp", {"a": "x" * 64}, "plain", "value-too-long"),
    ("gcp", {"a": "中" * 43}, "plain", "value-too-long"),
    ("gcp", {"中" * 43: ""}, "plain", "key-too-long"),
    ("gcp", {"a.b": "", "A_B": ""}, "plain", "collision"),
    ("gcp", {f"k{number}": "" for number in range(65)}, "plain", "too-many"),
    ("gcp", {"中" * 42: "é" * 63, "a" * 63: "-2"}, "plain", ""),
    ("azure", {"Microsoft-x": ""}, "plain", "reserved"),
    ("azure", {"azure_region": ""}, "camel", "reserved"),
    ("azure", {"WINDOWS": ""}, "plain", "reserved"),
    ("azure", {"Owner": "", "owner": ""}, "plain", "collision"),
    ("azure", {"a" * 513: ""}, "plain", "key-too-long"),
    ("azure", {"a": "x" * 257}, "plain", "value-too-long"),
    ("azure", {"a" * 512: "x" * 256, "my-azure": ""}, "plain", ""),
    ("azure_storage", {"a" * 129: ""}, "plain", "key-too-long"),
    ("azure_storage", {"a" * 128: ""}, "plain", ""),
    ("glue", {"a" * 256: ""}, "plain", "key-too-long"),
    ("glue", {"é" * 128: ""}, "plain", "key-too-long"),
    ("glue", {"a": "x" * 512_001}, "plain", "value-too-long"),
    ("glue", {"a" * 255: "x" * 512_000}, "plain", ""),
    ("unity", {"a.b": "", "a-b": ""}, "plain", "collision"),
    ("unity", {"a" * 256: ""}, "plain", "key-too-long"),
    ("unity", {"a": "x" * 1001}, "plain", "value-too-long"),
    ("unity", {f"k{number}": "" for number in range(51)}, "plain", "too-many"),
    ("unity", {"a" * 255: "x" * 1000, "a b": ""}, "plain", ""),
]


@pytest.mark.parametrize(("name", "tags", "style", "reason"), FAULTS)
def test_each_limit_from_both_sides(name: str, tags: Tags, style: Style, reason: str) -> None:
    made = project(PROJECTIONS[name], tags, style)
    assert [fault.reason for fault in made.faults] == ([reason] if reason else [])
    assert len(made.tags) == len(tags) - len({key for fault in made.faults for key in fault.keys})


def test_a_fault_names_the_tags_as_they_were_written() -> None:
    (collision,) = project(PROJECTIONS["aws"], {"owner": "a", "custom.owner": "b", "Owner": "c"}).faults
    assert (collision.keys, collision.made) == (("Owner", "custom.owner", "owner"), "Owner")
    assert collision.text == "they would all be `Owner`"
    (long,) = project(PROJECTIONS["gcp"], {"note": "x" * 70}).faults
    assert long.text == "its value has 70 characters, and at most 63 fit"
    (many,) = project(PROJECTIONS["s3_object"], {f"k{number:02}": "" for number in range(12)}).faults
    assert (many.keys, many.text) == (("k10", "k11"), "12 tags, and there is room for 10")


def test_what_is_no_tag_of_dagster_is_left_for_its_metadata() -> None:
    tags = {"owner": "a@b.example", "compliance": "SOC2,GDPR", "dagster/priority": "9", "a/b/c": "", "tier": "3"}
    made = project(PROJECTIONS["dagster"], tags)
    assert (made.tags, made.faults) == ({"tier": "3"}, ())
    assert made.left == ("a/b/c", "compliance", "dagster/priority", "owner")


@pytest.mark.parametrize(
    ("key", "camel", "snake"),
    [
        ("cost_center", "CostCenter", "cost_center"),
        ("tenant_id", "TenantId", "tenant_id"),
        ("CostCenter", "CostCenter", "cost_center"),
        ("costCenter", "CostCenter", "cost_center"),
        ("cost-center", "CostCenter", "cost_center"),
        ("cost center", "CostCenter", "cost_center"),
        ("custom.data_classification", "DataClassification", "data_classification"),
        ("compliance.retention_days", "ComplianceRetentionDays", "compliance_retention_days"),
        ("S3Bucket", "S3Bucket", "s3_bucket"),
        ("HTTPServer", "HTTPServer", "http_server"),
        ("team:name", "Team:name", "team:name"),
        ("_", "_", "_"),
        ("", "", ""),
    ],
)
def test_styles_of_keys(key: str, camel: str, snake: str) -> None:
    assert [styled(key, style) for style in STYLES] == [camel, snake, f"infrastructure.{key}", key]


@given(TEXTS)
def test_a_key_in_a_style_stays_as_it_is(key: str) -> None:
    for style in ("snake", "plain"):
        assert styled(styled(key, style), style) == styled(key, style)


def test_a_name_of_the_project_goes_before_the_style() -> None:
    made = project(PROJECTIONS["aws"], {"cost_center": "1", "team": "2"}, names={"cost_center": "cost-centre"})
    assert made.tags == {"Team": "2", "cost-centre": "1"}
    assert made.logical == {"Team": "team", "cost-centre": "cost_center"}


def test_a_bill_has_level_1_and_the_tenant() -> None:
    properties = {
        "infrastructure.cost_center": "DATA-001", "infrastructure.custom.tier": "3", "infrastructure.tenant_id": "acme",
        "infrastructure.provider": "aws", "infrastructure.region": "eu-west-1", "infrastructure.account_id": "0",
        "infrastructure.project_id": "p", "tags.cost_center": "JOB-7", "finops.cost_center": "JOB-7",
    }  # fmt: skip
    assert bill_tags(properties) == {"cost_center": "DATA-001", "custom.tier": "3", "tenant_id": "acme"}
