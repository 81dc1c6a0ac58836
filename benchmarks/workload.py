"""A made-up company to compile: N jobs with their assets, connectors, states and `dativo.yaml`.

The same size and seed give the same bytes on every machine. `python -m benchmarks.workload FOLDER JOBS [SEED]`.
"""

from __future__ import annotations

import json
import random
import sys
import uuid
from pathlib import Path
from string import Template
from typing import Any

STAGES = ("prod", "staging")
REGIONS = ("eu-central-1", "eu-west-1", "us-east-1")
SYSTEMS = {
    "stripe": ("charges", "customers", "disputes", "invoices", "payouts"),
    "zendesk": ("tickets", "users", "organizations"),
    "postgres": ("orders", "order_lines", "stock", "shipments", "returns"),
}
TEAMS = ("Finance", "Vertrieb Süd", "Opérations", "Risk", "物流")
COLUMNS = (
    ("id", "string", "true"), ("updated_at", "timestamp", "true"), ("created_at", "timestamp", "false"),
    ("email", "string", "false"), ("amount", "decimal(18,2)", "false"), ("currency", "string", "false"),
    ("country", "string", "false"), ("status", "string", "false"), ("quantity", "integer", "false"),
    ("is_test", "boolean", "false"), ("birthday", "date", "false"), ("note", "string", "false"),
)  # fmt: skip
OUTPUTS = (
    "tenant_id", "environment", "aws_region", "account_id", "s3_bucket_name", "glue_database_name", "iam_role_arn",
    "rds_port", "rds_address", "network",
)  # fmt: skip
CLASSES = ("PII", "PUBLIC", "CONFIDENTIAL", "SENSITIVE")

JOB = Template("""\
# $system $object of $tenant; asked for by $team
tenant_id: $tenant
environment: $stage
description: "$team: $object, every night; late rows are read again for $days days."

source_connector: $system
source_connector_path: connectors/$system.yaml
target_connector: lake
target_connector_path: connectors/lake.yaml
asset: $asset
asset_path: assets/$system/$asset.yaml

source:
$selection
  incremental:
    strategy: updated_at
    cursor_field: updated_at
    lookback_days: $days

target:
  table: $table
  write_mode: $mode
  connection:
    s3: {prefix: "raw/$system/$table"}   # the bucket comes from the outputs
  catalog:
    type: glue
    region: $region

infrastructure:
  provider:
    provider: aws
    region: $region
    account_id: "$account"               # quoted: it may start with a zero
    resources:
      - resource_type: s3_bucket
        resource_id: "arn:aws:s3:::$tenant-lake-$stage"
      - resource_type: iam_role
        resource_id: "arn:aws:iam::$account:role/$tenant-etl-$stage"
        resource_name: $tenant-etl-$stage
  terraform:
    module_path: terraform/lake
    workspace: $tenant-$stage
    outputs:
      s3_bucket_name: target.connection.s3.bucket
      aws_region: target.connection.s3.region
      glue_database_name: target.catalog.glue_database
      iam_role_arn: infrastructure.metadata.iam_role_arn
      network.subnet_ids[0]: infrastructure.metadata.subnet
$database
  tags:
    cost_center: $cost
    business_unit: "$team"
    project: lake
    environment: $stage
    owner: data@$tenant.example
    compliance: [GDPR, SOX]
    custom: {tier: "$tier", retention: 90_days, reviewed: 2025-03-14, paged: on}
  metadata:
    deployed_by: terraform
    window: 1:30

$overrides
retry_config:
  max_retries: $retries
  backoff_seconds: 30
schedule: "$minute 3 * * *"
logging: {redaction: true, level: INFO}
""")

ASSET = Template("""\
asset:
  name: $asset
  version: "1.$minor"
  description: >-
    What $system calls $object, one row each,
    as it stood when it was read.
  source_type: $system
  object: $object
  team:
    owner: $team_slug@company.example
  schema:
$columns
  compliance:
    classification: [$first, $second]
    regulations: [GDPR]
    retention_days: $days
  finops:
    cost_center: $cost
    business_unit: "$team"
""")

CONNECTORS = {
    "stripe": """\
name: stripe
type: stripe
roles: [source]
default_engine: native
credentials: {type: api_key, from_env: STRIPE_API_KEY}
connection_template:
  endpoint: https://api.stripe.example/v1
rate_limits: {requests_per_second: 25}
""",
    "zendesk": """\
name: zendesk
type: zendesk
roles: [source]
credentials: {type: basic, file_template: "/secrets/{tenant}/zendesk.env"}
connection_template:
  endpoint: "${ZENDESK_URL}"
""",
    "postgres": """\
name: postgres
type: postgres
roles: [source]
credentials: {type: basic, file_template: "/secrets/{tenant}/postgres.env"}
connection_template:
  port: 5432
  database: shop
  user: "${PGUSER}"
""",
    "lake": """\
name: lake
type: iceberg
roles: [target]
credentials: {type: none}
file_format: parquet
partitioning_default: [ingest_date]
connection_template:
  s3:
    endpoint: "${S3_ENDPOINT}"
""",
}


def make(root: Path, jobs: int, seed: int = 7) -> None:
    """Write a project of `jobs` jobs below `root`, which must not exist."""
    pick = random.Random(seed)
    tenants = [f"tenant{number:03d}" for number in range(max(2, jobs // 200))]
    assets = [_asset(root, pick, number) for number in range(max(10, jobs // 5))]
    for name, text in CONNECTORS.items():
        _write(root / "connectors" / f"{name}.yaml", text)
    states = [_state(root, pick, tenant, stage) for tenant in tenants for stage in STAGES]
    declared = "\n".join(f'output "{name}" {{\n  value = var.{name}\n}}\n' for name in OUTPUTS)
    declared += '\noutput "api_token" {\n  value     = var.api_token\n  sensitive = true\n}\n'
    _write(root / "terraform" / "lake" / "outputs.tf", declared)
    lines = [f"    {workspace}: states/{workspace}.tfstate\n" for workspace, _, _ in states]
    _write(root / "dativo.yaml", "terraform:\n  states:\n" + "".join(lines))
    for number in range(jobs):
        _job(root, pick, number, pick.choice(states), pick.choice(assets))


def _job(
    root: Path, pick: random.Random, number: int, state: tuple[str, str, str], asset: tuple[str, str, str]
) -> None:
    (workspace, region, account), (system, thing, name) = state, asset
    tenant, stage = workspace.split("-")
    database = ["rds_address: source.connection.host", "rds_port: source.connection.port"]
    text = JOB.substitute(
        system=system, object=thing, asset=name, tenant=tenant, stage=stage, region=region, account=account,
        team=pick.choice(TEAMS), days=pick.randint(1, 9), table=f"{thing}_{number:05d}", tier=pick.randint(1, 4),
        mode=pick.choice(("append", "upsert", "overwrite")), cost=f"CC-{pick.randint(100, 999)}",
        retries=pick.randint(0, 5), minute=pick.randint(0, 59),
        selection=f"  tables:\n    - name: {thing}" if system == "postgres" else f"  objects: [{thing}]",
        database="\n".join(f"      {line}" for line in database) if system == "postgres" else "      # no database",
        overrides=pick.choice(("", "finops:\n  cost_center: CC-042\n", "classification_overrides:\n  email: PII\n")),
    )  # fmt: skip
    _write(root / "jobs" / tenant / f"{thing}_{number:05d}.yaml", text)


def _asset(root: Path, pick: random.Random, number: int) -> tuple[str, str, str]:
    system = pick.choice(sorted(SYSTEMS))
    thing = pick.choice(SYSTEMS[system])
    name = f"{system}_{thing}_{number:04d}"
    columns = [
        f"    - name: {column}\n      type: {kind}\n      required: {required}\n"
        + (f"      classification: {pick.choice(CLASSES)}\n" if pick.random() < 0.4 else "")
        for column, kind, required in COLUMNS[: pick.randint(6, len(COLUMNS))]
    ]
    first, second = pick.sample(CLASSES, 2)
    text = ASSET.substitute(
        asset=name, system=system, object=thing, minor=pick.randint(0, 9), team=pick.choice(TEAMS), team_slug="data",
        columns="".join(columns).rstrip("\n"), first=first, second=second,
        days=pick.choice((30, 90, 365)), cost=f"CC-{pick.randint(100, 999)}",
    )  # fmt: skip
    _write(root / "assets" / system / f"{name}.yaml", text)
    return system, thing, name


def _state(root: Path, pick: random.Random, tenant: str, stage: str) -> tuple[str, str, str]:
    workspace, region = f"{tenant}-{stage}", pick.choice(REGIONS)
    account = f"{pick.randrange(10**12):012d}"
    values: dict[str, Any] = {
        "tenant_id": tenant, "environment": stage, "aws_region": region, "account_id": account,
        "s3_bucket_name": f"{tenant}-lake-{stage}", "glue_database_name": f"{tenant}_{stage}",
        "iam_role_arn": f"arn:aws:iam::{account}:role/{tenant}-etl-{stage}", "rds_port": 5432,
        "rds_address": f"db.{workspace}.{region}.rds.example",
        "network": {"vpc_id": f"vpc-{pick.randrange(16**8):08x}", "subnet_ids": [f"subnet-{n}" for n in range(6)]},
        "api_token": f"made-up-{pick.randrange(16**12):012x}",
    }  # fmt: skip
    outputs = {name: {"value": value, "type": _type(value)} for name, value in values.items()}
    outputs["api_token"]["sensitive"] = True
    resources = [_resource(f"part_{number}", workspace) for number in range(12)]
    state = {
        "version": 4, "terraform_version": "1.11.4", "serial": pick.randint(1, 400),
        "lineage": str(uuid.UUID(int=pick.getrandbits(128))), "outputs": outputs, "resources": resources,
        "check_results": None,
    }  # fmt: skip
    _write(root / "states" / f"{workspace}.tfstate", json.dumps(state, indent=2) + "\n")
    return workspace, region, account


def _resource(name: str, workspace: str) -> dict[str, Any]:
    attributes = {"id": f"{workspace}-{name}", "input": {"value": name, "type": "string"}, "triggers_replace": None}
    return {
        "mode": "managed", "type": "terraform_data", "name": name,
        "provider": 'provider["terraform.io/builtin/terraform"]',
        "instances": [{"schema_version": 0, "attributes": attributes, "sensitive_attributes": []}],
    }  # fmt: skip


def _type(value: Any) -> Any:
    """The type as Terraform writes it into a state."""
    if isinstance(value, dict):
        return ["object", {key: _type(part) for key, part in value.items()}]
    if isinstance(value, list):
        return ["tuple", [_type(part) for part in value]]
    return "number" if isinstance(value, int) else "string"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]), *map(int, sys.argv[3:]))
