"""Levels, values and properties: what a job and its asset say, and what reaches the table."""

from __future__ import annotations

from typing import Any

from dativo_compile.model.job import LinkedJob, PlacedJob
from dativo_compile.model.origin import Candidate, FromOutput, Won
from dativo_compile.passes.merge_tags import merge_tags
from tests.tags.made import ASSET, PROJECT, placed, tagged, told, underlined

FULL = """\
asset:
  name: orders
  version: "1.0"
  source_type: postgres
  object: orders
  domain: sales
  schema:
    - {name: id, type: bigint}
    - {name: email, type: string, classification: PII}
    - {name: phone, type: string, classification: Sensitive}
  team: {owner: sales@acme.example}
  compliance:
    classification: [CONFIDENTIAL, PII]
    regulations: [GDPR, SOX]
    retention_days: 90
    security: {encryption_required: true, access: {control: role_based}}
  finops: {cost_center: FIN-001, business_tags: [orders, revenue]}
"""
JOB = """\
infrastructure:
  provider: {provider: aws, region: us-east-1, account_id: "000123456789"}
  tags:
    cost_center: DATA-001
    project: platform
    owner: infra@acme.example
    compliance: [SOC2, GDPR]
    audited: true
    tier: 3
    note: ""
    custom: {data_classification: confidential}
finops: {cost_center: JOB-7, project: null}
classification_overrides: {default: INTERNAL, email: Restricted, phone: null}
governance_overrides: {owner: "", retention_days: 0}
"""


def test_every_property_of_a_job_that_says_everything() -> None:
    made, found = tagged(JOB, FULL)
    assert not found
    assert made.tags == {
        "audited": "true", "business_tags": "orders,revenue", "classification.default": "INTERNAL",
        "classification.fields.email": "restricted", "compliance": "GDPR,SOX",
        "compliance.retention_days": "90", "compliance.security.access.control": "role_based",
        "compliance.security.encryption_required": "true", "cost_center": "JOB-7",
        "custom.data_classification": "confidential", "note": "", "owner": "infra@acme.example", "tier": "3",
    }  # fmt: skip
    shown = {f"tags.{key}": value for key, value in made.tags.items()}
    assert made.properties == shown | {
        "infrastructure.cost_center": "DATA-001", "infrastructure.project": "platform",
        "infrastructure.owner": "infra@acme.example", "infrastructure.compliance": "SOC2,GDPR",
        "infrastructure.audited": "true", "infrastructure.tier": "3", "infrastructure.note": "",
        "infrastructure.custom.data_classification": "confidential", "infrastructure.provider": "aws",
        "infrastructure.region": "us-east-1", "infrastructure.account_id": "000123456789",
        "infrastructure.tenant_id": "acme",
        "finops.cost_center": "JOB-7", "finops.business_tags": "orders,revenue",
        "compliance.classification": "CONFIDENTIAL,PII", "compliance.regulations": "GDPR,SOX",
        "compliance.retention_days": "90", "compliance.security.encryption_required": "true",
        "compliance.security.access.control": "role_based",
        "classification.default": "INTERNAL", "classification.fields.email": "restricted",
        "governance.retention_days": "0", "governance.domain": "sales",
        "asset.name": "orders", "asset.version": "1.0", "asset.source_type": "postgres", "asset.object": "orders",
        "asset.domain": "sales", "dativo.job": "acme/orders",
    }  # fmt: skip
    assert made.tags.keys() == made.tag_origins.keys()
    assert made.properties.keys() == made.property_origins.keys()


def test_history_says_who_lost() -> None:
    made, _ = tagged(JOB, FULL)
    assert made.tag_origins["cost_center"] == Won(
        "job:13:23", (Candidate("asset:17:25", "FIN-001"), Candidate("job:5:18", "DATA-001"))
    )
    assert made.tag_origins["compliance"] == Won("asset:14:19", (Candidate("job:8:18", "SOC2,GDPR"),))
    assert made.property_origins["finops.cost_center"] == Won("job:13:23", (Candidate("asset:17:25", "FIN-001"),))
    assert made.property_origins["classification.fields.email"] == Won("job:14:54", (Candidate("asset:9:51", "pii"),))
    assert made.tag_origins["classification.fields.email"] == "job:14:54"
    assert made.property_origins["infrastructure.cost_center"] == "job:5:18"
    assert made.property_origins["tags.cost_center"] is made.tag_origins["cost_center"]
    assert made.property_origins["dativo.job"] == "rule:job-id"


def test_without_the_block_there_are_no_infrastructure_properties() -> None:
    made, found = tagged("finops: {cost_center: FIN-001}\n")
    assert not found
    assert made.tags == {"cost_center": "FIN-001"}
    assert not [key for key in made.properties if key.startswith("infrastructure.")]


def test_an_asset_without_finops_gives_nothing_and_says_nothing() -> None:
    made, found = tagged("")
    assert not found
    assert made.tags == {}
    assert made.properties == {
        "asset.name": "orders", "classification.fields.email": "pii", "dativo.job": "acme/orders",
    }  # fmt: skip


def test_classification_of_the_schema_alone_is_a_property_and_no_tag() -> None:
    made, found = tagged("classification_overrides: {email: null}\n")
    assert not found
    assert made.tags == {}
    assert "classification.fields.email" not in made.properties


def test_an_empty_classification_is_no_default() -> None:
    made, found = tagged("", ASSET + "compliance: {classification: [], regulations: GDPR}\n")
    assert not found
    assert made.tags == {"compliance": "GDPR"}
    assert "classification.default" not in made.properties


def test_a_null_that_removes_nothing_is_a_warning_at_its_key() -> None:
    job = "infrastructure:\n  tags:\n    cost_center:\nfinops: {project: null}\n"
    _, found = tagged(job)
    assert told(found) == [
        ("null-removes-nothing", "the empty `cost_center` removes nothing"),
        ("null-removes-nothing", "the empty `project` removes nothing"),
    ]
    assert [underlined("tenant_id: acme\n" + job, d) for d in found] == ["cost_center", "project"]


def test_a_null_in_an_asset_is_judged_job_by_job() -> None:
    text = ASSET + "finops: {cost_center: null}\n"
    _, found = tagged("", text)
    assert told(found) == [("null-removes-nothing", "the empty `cost_center` removes nothing")]
    assert underlined(text, found[0]) == "cost_center"
    made, found = tagged("infrastructure: {tags: {cost_center: DATA-1}}\n", text)
    assert not found
    assert made.tags == {}
    assert made.properties["infrastructure.cost_center"] == "DATA-1"


def test_a_null_below_custom_removes_one_and_custom_itself_all() -> None:
    block = "infrastructure: {tags: {custom: {a: x, b: y}}}\n"
    made, found = tagged(block + "finops: {custom: {a: null}}\n")
    assert (made.tags, found) == ({"custom.b": "y"}, [])
    made, found = tagged(block + "finops: {custom: null}\n")
    assert (made.tags, found) == ({}, [])


def test_an_emptied_owner_that_was_not_there_is_no_fault_but_a_null_is() -> None:
    _, found = tagged('governance_overrides: {owner: ""}\n')
    assert not found
    _, found = tagged("governance_overrides: {owner: null}\n")
    assert told(found) == [("null-removes-nothing", "the empty `governance.owner` removes nothing")]


def test_a_key_beside_its_custom_twin() -> None:
    job = "finops:\n  owner: a\n  custom: {owner: b}\n"
    made, found = tagged(job)
    assert made.tags == {"owner": "a", "custom.owner": "b"}
    assert told(found) == [("custom-tag-beside-tag", "`owner` stands beside `custom.owner`")]
    assert [r.place.line for r in found[0].related] == [3]
    _, found = tagged("finops: {owner: a, custom.owner: b, custom: {custom: c}}\n")
    assert [d.code.name for d in found] == ["custom-tag-beside-tag"]
    _, found = tagged("infrastructure: {tags: {owner: a}}\nfinops: {owner: null, custom: {owner: b}}\n")
    assert not found


def test_two_spellings_of_one_tag_are_an_error() -> None:
    _, found = tagged("finops:\n  custom.owner: a\n  custom: {owner: b}\n")
    assert told(found) == [("tag-stands-twice", "`custom.owner` is given twice")]
    _, found = tagged("", None)
    assert not found


def test_values_without_text() -> None:
    job = """\
finops:
  rate: 0.50
  nested: {a: b}
  holes: [a, null]
  joined: ["SOC2,GDPR"]
  deep: [[a]]
  custom: {a: {b: c}}
  twice: [a, b, a]
"""
    made, found = tagged(job)
    assert told(found) == [
        ("tag-is-float", "`finops.rate` is a number with a point, and tags are text"),
        ("tag-has-no-text", "`finops.nested` is a mapping, which has no text form"),
        ("tag-has-no-text", "`finops.holes` is a list that holds null, which has no text form"),
        ("tag-element-has-comma", "an element of `finops.joined` contains a comma"),
        ("tag-has-no-text", "`finops.deep` is a list that holds a list, which has no text form"),
        ("tag-element-repeated", "`finops.twice` lists `a` more than once"),
        ("tag-has-no-text", "`finops.custom.a` is a mapping, which has no text form"),
    ]
    assert found[0].help == 'quote it: `"0.50"`'
    assert [underlined("tenant_id: acme\n" + job, d) for d in found[:4]] == ["0.50", "{a: b}", "null", '"SOC2,GDPR"']
    assert made.tags == {"twice": "a,b"}


def test_what_could_not_be_read_starts_no_second_fault() -> None:
    _, found = tagged("infrastructure: {tags: {rate: 0.5}}\nfinops: {rate: null}\n")
    assert [d.code.name for d in found] == ["tag-is-float"]


def test_a_tag_may_not_contradict_the_job() -> None:
    job = """\
infrastructure:
  provider: {provider: aws, region: us-east-1}
  tags: {region: us-west-2, tenant_id: acme, account_id: "1"}
finops: {tenant_id: globex}
"""
    _, found = tagged(job)
    assert told(found) == [
        ("tag-contradicts-job", "the tag `region` is `us-west-2`, but the job's region is `us-east-1`"),
        ("tag-contradicts-job", "the tag `tenant_id` is `globex`, but the job's tenant_id is `acme`"),
    ]
    assert [underlined("tenant_id: acme\n" + job, d) for d in found] == ["us-west-2", "globex"]
    assert [r.place.line for d in found for r in d.related] == [3, 1]


def test_an_override_without_a_column_names_the_closest() -> None:
    job = "classification_overrides: {emial: PII, default: PUBLIC, gone: null}\n"
    made, found = tagged(job)
    assert sorted(told(found)) == [
        ("override-without-column", "the asset `orders` has no column `emial`"),
        ("override-without-column", "the asset `orders` has no column `gone`"),
    ]
    assert {d.help for d in found} == {"did you mean `email`?", ""}
    assert made.properties["classification.fields.emial"] == "pii"


def test_tags_from_terraform_point_at_the_line_that_maps_them() -> None:
    job = "infrastructure:\n  terraform:\n    outputs: {rate: infrastructure.tags.rate, net: infrastructure.tags.net}\n"
    before = placed(job)
    rate, net = FromOutput("rate", "job:4:21"), FromOutput("net", "job:4:52")
    bound = with_tags(before, {"rate": 1.5, "net": {"a": 1}, "list": ["a", "b"]}, {
        "rate": rate, "net": {"a": net}, "list": [net, net],
    })  # fmt: skip
    found: list[Any] = []
    made = merge_tags(bound, PROJECT, found)
    assert [d.code.name for d in found] == ["tag-is-float", "tag-has-no-text"]
    assert found[0].help == "make the output a string: `tostring(...)`"
    assert [d.place.line for d in found] == [4, 4]
    assert made.tag_origins == {"list": net}
    assert made.tags == {"list": "a,b"}


def test_references_were_reported_before_and_are_passed_over() -> None:
    tags = {"a": {"$ref": "secret:x"}, "custom": {"b": {"$concat": ["x", {"$ref": "env:Y"}]}}, "c": [{"$ref": "env:Z"}]}
    origins = {"a": "job:1:1", "custom": {"b": "job:1:1"}, "c": ["job:1:1"]}
    found: list[Any] = []
    made = merge_tags(with_tags(placed("infrastructure: {}\n"), tags, origins), PROJECT, found)
    assert (made.tags, found) == ({}, [])


def test_dollar_keys_reach_the_manifest_escaped_and_the_table_as_written() -> None:
    made, found = tagged('finops: {$x: "$${y}", custom: {$z: w}}\n')
    assert not found
    assert made.tags == {"$$x": "${y}", "custom.$z": "w"}
    assert made.properties["tags.$x"] == "${y}"
    assert made.properties["finops.custom.$z"] == "w"


def test_a_job_without_an_asset_is_still_checked() -> None:
    made, found = tagged("finops: {rate: 1.5, project: null, cost_center: A}\n", None)
    assert [d.code.name for d in found] == ["tag-is-float"]
    assert made.tags == {"cost_center": "A"}


def test_one_asset_serves_many_jobs_unchanged() -> None:
    one = placed(JOB, FULL)
    assert one.linked.asset is not None
    first = merge_tags(one, PROJECT, [])
    second = merge_tags(one, PROJECT, [])
    assert first == second
    assert first.properties is not second.properties


def with_tags(job: PlacedJob, tags: dict[str, Any], origins: dict[str, Any]) -> PlacedJob:
    """The job with these tags bound into its body."""
    linked: LinkedJob = job.linked
    body = {"infrastructure": {**job.body["infrastructure"], "tags": tags}}
    return PlacedJob(linked, None, body, {"infrastructure": {"tags": origins}}, None, {})
