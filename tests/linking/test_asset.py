"""The shapes of an asset: all come to one, and what the legacy block says never replaces anything."""

from __future__ import annotations

from dativo_compile.model.asset import Asset
from dativo_compile.tags.places import written
from dativo_compile.yaml.spans import place_at
from tests.tags.made import asset, told, underlined

WRAPPED = """\
asset:
  name: stripe_customers
  source_type: stripe
  object: customers
  version: "1.0"
  schema:
    - {name: id, type: bigint, required: true}
    - name: email
      type: VARCHAR(255)
      classification: PII
      description: Where to write to.
  governance:
    owner: data-team@acme.example
    tags: [payments]
  compliance:
    classification: [PII, SENSITIVE]
    retention_days: 90
  finops: {cost_center: FIN-001}
  target: {file_format: parquet}
"""
FLAT = """\
$schema: schemas/anything.json
apiVersion: v3.0.2
kind: DataContract
id: stripe-customers-001
name: stripe_customers
version: "1.0"
source_type: stripe
object: customers
team: {owner: data-team@acme.example}
schema:
  - {name: id, type: bigint, required: true, physicalType: VARCHAR(9)}
  - {name: email, type: string, classification: PII, description: Where to write to.}
compliance:
  classification: [PII, SENSITIVE]
  retention_days: 90
finops: {cost_center: FIN-001}
target: {file_format: parquet}
"""
CONTRACT = """\
apiVersion: v3.0.2
kind: DataContract
id: stripe-customers-001
name: stripe_customers
version: "1.0"
description: {purpose: Who buys., usage: Everywhere.}
team:
  - {username: steward@acme.example, role: Data Steward}
  - {username: former@acme.example, role: owner, dateOut: "2024-01-01"}
  - {username: data-team@acme.example, role: Owner}
schema:
  - name: customers
    physicalName: raw_customers
    properties:
      - {name: id, logicalType: integer, physicalType: BIGINT, required: true}
      - {name: email, logicalType: string, physicalType: CITEXT, classification: PII, description: Where to write to.}
customProperties:
  - {property: sourceType, value: stripe}
  - {property: finops, value: {cost_center: FIN-001}}
  - {property: compliance, value: {classification: [PII, SENSITIVE], retention_days: 90}}
  - {property: target, value: {file_format: parquet}}
  - {property: status, value: ours}
"""


def test_the_three_shapes_say_the_same() -> None:
    for text in (WRAPPED, FLAT, CONTRACT):
        made, found = asset(text)
        assert not found
        assert made is not None
        assert made.name == "stripe_customers"
        assert made.object == "customers"
        assert made.columns == [
            {"name": "id", "type": "bigint", "required": True},
            {
                "name": "email", "type": "string", "required": False, "description": "Where to write to.",
                "classification": "PII",
            },
        ]  # fmt: skip
        assert made.details == {
            "name": "stripe_customers", "version": "1.0", "source_type": "stripe", "object": "customers",
        }  # fmt: skip
        assert made.governance == {"owner": "data-team@acme.example", "retention_days": 90}
        assert made.compliance == {"classification": ["PII", "SENSITIVE"], "retention_days": 90}
        assert made.finops == {"cost_center": "FIN-001"}
        assert made.target == {"file_format": "parquet"}


def test_origins_point_at_what_was_said() -> None:
    made, _ = asset(CONTRACT)
    assert made is not None
    first, second = made.column_origins
    assert said(made, first) == {"name": "id", "type": "BIGINT", "required": "true"}
    assert second.pop("required") == "rule:column-optional"
    assert said(made, second) == {
        "name": "email", "type": "string", "classification": "PII", "description": "Where to write to.",
    }  # fmt: skip
    assert said(made, made.detail_origins) == {
        "name": "stripe_customers", "version": '"1.0"', "source_type": "stripe", "object": "customers",
    }  # fmt: skip
    assert said(made, made.finops_origins) == {"cost_center": "FIN-001"}
    assert said(made, made.governance_origins) == {"owner": "data-team@acme.example", "retention_days": "90"}
    assert made.description == "Who buys."


def said(made: Asset, origins: dict[str, str]) -> dict[str, str]:
    """The source text at each origin."""
    document = made.document
    return {key: written(document, place_at(document.file, mark)) for key, mark in origins.items()}


def test_an_unwrapped_column_list_is_flat_whatever_version_it_claims() -> None:
    made, found = asset("apiVersion: v3.1.0\nname: a\nschema:\n  - {name: id, type: string}\n")
    assert not found
    assert made is not None
    assert made.columns == [{"name": "id", "type": "string", "required": False}]


def test_a_typed_column_with_parts_of_its_own_is_a_column() -> None:
    made, found = asset("""\
        name: a
        schema:
          - {name: id, type: string}
          - {name: address, type: object, properties: [{name: street, logicalType: string}]}
        """)
    assert not found
    assert made is not None
    assert [(column["name"], column["type"]) for column in made.columns] == [("id", "string"), ("address", "json")]


def test_legacy_governance_fills_gaps_and_replaces_nothing() -> None:
    made, found = asset("""\
        name: a
        schema: [{name: id, type: string}]
        domain: sales
        team: {owner: new@acme.example}
        compliance: {regulations: [GDPR], classification: [PUBLIC]}
        governance:
          owner: old@acme.example
          domain: legacy
          data_product: reports
          classification: [PII]
          retention_days: 0
        """)
    assert not found
    assert made is not None
    assert made.compliance == {"regulations": ["GDPR"], "classification": ["PUBLIC"], "retention_days": 0}
    assert made.governance == {
        "owner": "new@acme.example", "retention_days": 0, "domain": "sales", "data_product": "reports",
    }  # fmt: skip
    assert made.compliance_origins["retention_days"] == "asset:11:19"


def test_a_null_in_compliance_is_a_statement_too() -> None:
    made, _ = asset("""\
        name: a
        schema: [{name: id, type: string}]
        compliance: {classification: null}
        governance: {classification: [PII]}
        """)
    assert made is not None
    assert made.compliance == {"classification": None}


def test_a_contract_without_a_name_is_known_by_its_id() -> None:
    made, found = asset("id: orders-1\nschema: [{properties: [{name: id, logicalType: string}]}]\n")
    assert not found
    assert made is not None
    assert (made.name, made.object) == ("orders-1", None)


def test_a_nameless_asset_is_refused() -> None:
    made, found = asset("schema: [{properties: [{name: id, logicalType: string}]}]\n")
    assert made is None
    assert told(found) == [("asset-name-missing", "the asset has no name")]


SEVERAL = """\
name: sales
{object}
schema:
  - name: orders
    properties: [{{name: id, logicalType: integer}}]
  - name: lines
    physicalName: order_lines
    properties: [{{name: line, logicalType: integer}}]
"""


def test_of_several_tables_the_named_one_is_taken() -> None:
    for name in ("object: lines", "object: order_lines"):
        made, found = asset(SEVERAL.format(object=name))
        assert not found
        assert made is not None
        assert [column["name"] for column in made.columns] == ["line"]


def test_several_tables_and_none_named_is_an_error_that_lists_them() -> None:
    text = SEVERAL.format(object="object: refunds")
    _, found = asset(text)
    assert told(found) == [
        ("tables-several", "the contract describes 2 tables, and none of them alone is `refunds`"),
    ]  # fmt: skip
    assert found[0].notes == ("it describes `orders`, `lines`",)
    assert underlined(text, found[0]) == "schema"


def test_a_table_without_columns_is_an_error() -> None:
    _, found = asset("""\
        name: orders
        schema:
          - {name: orders, logicalType: object}
          - {name: lines, properties: [{name: id, logicalType: string}]}
        """)
    assert told(found) == [("columns-missing", "the asset `orders` describes no columns")]


def test_a_custom_property_of_the_wrong_shape_is_an_error() -> None:
    text = """\
        name: orders
        schema: [{name: id, type: string}]
        customProperties:
          - {property: finops, value: FIN-001}
        """
    _, found = asset(text)
    assert told(found) == [("asset-part-malformed", "`finops` of an asset must be a mapping of keys to values")]
    assert underlined(text, found[0]) == "FIN-001"


def test_owners_of_every_kind_of_team() -> None:
    teams = {
        "team: {owner: a@x.example}": "a@x.example",
        "team: crew": "crew",
        "team: {name: Crew, members: [{name: Ann, role: data owner}]}": "Ann",
        "team: {name: Crew, members: []}": None,
        "team: []": None,
        "team: [{name: Ann, role: engineer}]": None,
    }
    for team, owner in teams.items():
        made, found = asset(f"name: a\nschema: [{{name: id, type: string}}]\n{team}\n")
        assert not found
        assert made is not None
        assert made.governance.get("owner") == owner, team


def test_a_value_without_text_is_reported_with_the_asset() -> None:
    text = """\
        name: orders
        schema: [{name: id, type: string}]
        finops: {rate: 1.10}
        """
    _, found = asset(text)
    assert told(found) == [("tag-is-float", "`finops.rate` is a number with a point, and tags are text")]
    assert found[0].help == 'quote it: `"1.10"`'
    assert underlined(text, found[0]) == "1.10"
