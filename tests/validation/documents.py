"""Good and bad documents of every kind; the good ones hold what files of real users hold."""

from __future__ import annotations

from typing import Any

from dativo_compile.validation.load import WRITTEN
from tests.validation import plans
from tests.validation.assets import ASSET, COLUMNS, ODCS

JOB: dict[str, Any] = {
    "tenant_id": "acme",
    "source_connector_path": "connectors/stripe.yaml",
    "target_connector_path": "/app/connectors/iceberg.yaml",
    "asset_path": "${ASSETS}/stripe/customers.yaml",
}
INFRASTRUCTURE: dict[str, Any] = {
    "provider": {
        "provider": "aws",
        "region": "us-east-1",
        "account_id": "012345678901",
        "resources": [
            {"resource_type": "s3_bucket", "resource_id": "arn:aws:s3:::b", "region": "us-east-1", "tags": {"a": "b"}},
            {"resource_type": "iam_role", "resource_id": "arn:aws:iam::012345678901:role/r", "resource_name": None},
        ],
    },
    "terraform": {
        "module_path": "./terraform/aws/dativo-etl",
        "workspace": "acme-prod",
        "backend": {"type": "s3", "bucket": "b", "key": "k"},
        "variables": {"tenant_id": "acme", "count": 3, "zones": ["a"]},
        "outputs": {"a": "target.connection.s3.bucket", "n.x[0].id": ["infrastructure.metadata.a", "catalog.b"]},
    },
    "tags": {
        "cost_center": "DATA-001",
        "compliance": ["SOC2"],
        "custom": {"a": "b"},
        "encryption_required": "true",
        "owner": None,
    },
    "metadata": {"deployment_id": "d", "nested": {"a": [1]}},
}
FULL: dict[str, Any] = {
    **JOB,
    "environment": "prod",
    "name": "customers",
    "description": "d",
    "source_connector": "stripe",
    "target_connector": "iceberg",
    "asset": "stripe_customers",
    "infrastructure": INFRASTRUCTURE,
    "source": {
        "tables": [{"name": "public.orders", "object": "orders", "cursor_field": "updated_at"}],
        "files": None,
        "connection": {
            "host": "${PGHOST}",
            "port": "${PGPORT}",
            "database": "d",
            "ssl": True,
            "s3": None,
            "extra": [1],
        },
        "incremental": {"strategy": "updated_after", "lookback_days": 0},
        "engine": {"type": "meltano", "options": {}},
        "credentials": {"type": "api_key", "from_env": "KEY"},
        "custom_reader": "a:b",
        "filter": "x",
    },
    "target": {
        "branch": "acme",
        "table": "t",
        "warehouse": "s3://b/w/",
        "connection": {"s3": {"bucket": "b", "prefix": "p"}, "nessie": {"uri": "u"}},
        "catalog": {"type": "glue", "glue_database": "d"},
        "file_format": "parquet",
        "partitioning": ["ingest_date", {"field": "a", "transform": "bucket[4]"}],
        "write_mode": "overwrite_partitions",
        "markdown_kv_storage": {"mode": "x"},
    },
    "finops": {"cost_center": "F", "business_tags": ["a"], "project": 7},
    "classification_overrides": {"default": "confidential", "email": None},
    "governance_overrides": {"retention_days": 0, "owner": ""},
    "schedule": {"cron": "1 2 * * *", "timezone": "Europe/Berlin", "enabled": True},
    "retry_config": {"max_retries": 3, "backoff_seconds": 15.5, "retry_delay": 1, "jitter": True},
    "schema_validation_mode": "warn",
    "logging": {"redaction": True, "level": "WARN"},
    "catalog": {"glue_database": "d"},
    "plugins": {"a": 1},
    "x-labels": ["a"],
}
TAGS = {
    "required": ["cost_center"],
    "allowed": {"tier": [1, "two", True]},
    "patterns": {"owner": "email"},
    "conventions": True,
    "known": ["cost_centre"],
    "for": [
        {"tenant": "a", "environment": ["b"], "required": ["c"], "allowed": {"d": ["e"]}, "patterns": {"f": "g"}},
        {},
    ],
    "style": {"aws": "plain", "gcp": "dotted", "azure": None},
    "names": {"aws": {"cost_center": "CostCentre"}, "gcp": None},
    "destinations": ["aws", "gcp", "azure", "glue", "unity", "s3_object"],
}
CONNECTOR: dict[str, Any] = {
    "name": "stripe",
    "type": "stripe",
    "roles": ["source"],
    "description": "d",
    "default_engine": {"type": "meltano", "options": {"meltano": {"tap": "t"}}},
    "credentials": {"type": "basic", "file_template": "/secrets/{tenant}/x.env"},
    "connection_template": {"host": "${HOST}", "port": "$PORT", "s3": {"bucket": "${B:-b}"}},
    "incremental": {"strategy": "created", "cursor_field_default": "c", "lookback_days_default": 1},
    "rate_limits": {"requests_per_second": 0.5, "burst": 20},
    "file_format": "parquet",
    "partitioning_default": ["d"],
    "catalog": "nessie",
}
PROJECT: dict[str, Any] = {
    "jobs": "jobs",
    "path_map": {"/app": "."},
    "severity": {"DC6004": "error", "DR1001": "off"},
    "terraform": {"states": {"acme-prod": "states/a.tfstate", "terraform/aws:default": "https://x.example/s"}},
    "secrets": {"name_template": "{tenant_id}/{output}", "store": {"type": "vault"}},
    "default_catalog": "glue",
    "tables": {"namespace": "{tenant_id}", "shared": [{"table": "n.t", "reason": "r"}]},
    "screen": {"allow": [{"path": "source.connection.token_url", "reason": "r"}]},
    "tags": {"required": ["owner"]},
    "naming": {"bucket": "x", "role": "default", "service_account": False, "namespace": None},
    "x-own": 1,
}
MANIFEST: dict[str, Any] = {
    "manifest_version": 1,
    "digest": "sha256:" + "0" * 64,
    "job": {"id": "acme/a", "name": "a", "tenant_id": "acme", "asset": "a", "schedule": "1 2 * * *"},
    "source": {
        "connector": "stripe",
        "type": "stripe",
        "credentials": {"type": "api_key", "from_env": {"$ref": "env:K"}},
    },
    "target": {
        "connector": "iceberg",
        "type": "iceberg",
        "catalog": {"type": "sql"},
        "table": {"namespace": "n", "name": "t"},
        "write_mode": "append",
        "location": {"$concat": ["s3://", {"$ref": "env:B"}, "/x"]},
    },
    "schema": [{"name": "id", "type": "bigint", "required": True}],
    "tags": {},
    "table_properties": {"dativo.job": "acme/a"},
    "execution": {"schema_validation_mode": "strict"},
    "references": [{"ref": "env:K", "paths": ["source.credentials.from_env"]}],
}
PLACE = {"file": "jobs/a.yaml", "line": 1, "column": 1, "end_line": 1, "end_column": 2}
LINE: dict[str, Any] = {
    "code": "DC4001", "name": "output-unknown", "severity": "error", "message": "m", **PLACE, "help": "", "notes": [],
    "related": [{**PLACE, "message": "m"}],
}  # fmt: skip


def source(**keys: Any) -> dict[str, Any]:
    return {**JOB, "source": keys}


def infrastructure(**keys: Any) -> dict[str, Any]:
    return {**JOB, "infrastructure": {"provider": {"provider": "gcp"}, **keys}}


REFERENCED = {
    **source(connection={"host": {"$ref": "env:H"}, "port": {"$ref": "env:P", "default": "1"}}),
    "target": {"warehouse": {"$concat": ["s3://", {"$ref": "secret:a/b#c"}]}},
}
LOCKED: dict[str, Any] = {
    "lineage": "l", "location": "f", "serial": 3, "sum": "0123456789abcdef",
    "outputs": {
        "a": {"sum": "0123456789abcdef", "type": ["list", "string"], "value": ["x"]},
        "b": {"sensitive": True, "type": "string"},
        "c": {"inexact": ["0.1"], "sum": "0123456789abcdef"},
    },
}  # fmt: skip
LOCK: dict[str, Any] = {"lock_version": 1, "states": {"m:w": LOCKED}}
CHANGE: dict[str, Any] = {
    "path": ["schema", {"name": "email"}, "type"], "at": "schema.email.type", "how": "changed", "old": "string",
    "new": "date", "kind": "column-narrowed", "rank": "breaking", "cause": {"kind": "unknown"},
}  # fmt: skip
DIFFERS: dict[str, Any] = {
    "job": "a", "how": "changed", "rank": "breaking", "digest": {"old": None, "new": None}, "changes": [CHANGE],
}  # fmt: skip
DIFF: dict[str, Any] = {
    "diff_version": 1, "base": "main (0a1b2c3)", "new": "the sources", "rank": "breaking",
    "summary": {
        "before": 1, "after": 1, "added": 0, "removed": 0, "renamed": 0, "changed": 1, "ranks": {"breaking": 1},
    },
    "groups": [{
        "rank": "breaking", "cause": {"kind": "file", "role": "asset", "file": "a.yaml"}, "causes": 1, "jobs": ["a"],
        "changes": [{
            "path": CHANGE["path"], "how": "changed", "kind": "column-narrowed", "rank": "breaking", "follows": False,
            "jobs": 1, "values": 1,
        }],
    }],
    "jobs": [DIFFERS],
}  # fmt: skip

GOOD: dict[str, list[Any]] = {
    WRITTEN: [
        JOB, FULL, {**JOB, "schedule": "@daily", "environment": None, "infrastructure": None},
        {**JOB, "source": None, "target": None}, infrastructure(terraform={"workspace": None, "module_path": None}),
        source(files=[{"object": "o", "path": "s3://b/{doc_id}.csv"}, {"file_id": "f"}, {"id": "i"}]),
        source(sheets=[{"object": "o", "spreadsheet_id": "s", "range": "A:B"}]), source(objects="customers"),
        source(connection={"bucket": "b", "prefix": "p", "endpoint": "e", "port": 65535}),
        infrastructure(terraform={"workspace": "default"}), {**JOB, "target": {"catalog": "glue"}},
    ],
    "job": [FULL, REFERENCED],
    "asset": [
        ASSET, {"asset": ASSET}, {"$schema": "x", "asset": ASSET}, {**ODCS, **ASSET}, ODCS, {**ODCS, "name": "n"},
    ],
    "connector": [
        CONNECTOR, {"name": "a", "type": "b", "roles": ["source", "target"], "credentials": {"type": "none"}},
    ],
    "project": [
        {}, PROJECT, {"default_catalog": {"type": "rest", "uri": "u"}},
        {"naming": "default"}, {"naming": True}, {"naming": False}, {"naming": None}, {"naming": {"bucket": True}},
        {"tags": TAGS}, {"tags": None}, {"tags": {"required": None, "for": [], "destinations": []}},
    ],
    "manifest": [MANIFEST, {**MANIFEST, "x-own": {"$$ref": 1}}],
    "lock": [LOCK, {"lock_version": 1, "states": {}}],
    "diagnostics": [LINE, {**LINE, "file": None, "line": None, "column": None, "end_line": None, "end_column": None}],
    "diff": [DIFF, {**DIFF, "rank": None, "jobs": [], "groups": []}],
    "plan": plans.GOOD,
}  # fmt: skip
BAD: dict[str, list[Any]] = {
    WRITTEN: [
        {}, [], "x", None, {**JOB, "tenat": 1}, {**JOB, "tenant_id": "a/b"}, {**JOB, "tenant_id": 5}, REFERENCED,
        {**JOB, "environment": "-x"}, {**JOB, "asset_path": "https://x/y"}, {**JOB, "asset_path": "a\\b"},
        {**JOB, "asset_path": None},
        {**JOB, "asset_path": "a\0b"}, {**JOB, "asset_path": "a\n"},
        source(files=[{}], tables=[{"name": "t"}]), source(files=[], sheets=[{"id": 1}]),
        source(connection={"port": 0, "host": 1, "s3": {"bucket": []}}), source(connection={"port": "x"}),
        source(connection={"port": True}), source(incremental={"lookback_days": "many5"}),
        infrastructure(provider={"provider": "awz", "account_id": 12345678901}), infrastructure(provider={}),
        infrastructure(terraform={"outputs": {"a": 1, "b": [], "c": [1]}, "workspace": "a/b", "backend": {}}),
        infrastructure(terraform={"workspace": "a..b", "wrkspace": "x"}), {**JOB, "retry_config": {"max_retries": -1}},
        {**JOB, "classification_overrides": {"email": True}}, {**JOB, "schema_validation_mode": "Strict"},
        {**JOB, "target": {"write_mode": "merge", "table": ""}}, {**JOB, "catalog": "glue"},
        {**JOB, "source": "x"}, {**JOB, "source": []}, infrastructure(terraform={"workspace": 5, "module_path": 5}),
    ],
    "job": [{}, source(connection={"host": {"$ref": "x"}}), source(connection={"port": {"$ref": "env:A", "b": 1}})],
    "asset": [
        {}, {"asset": {}}, {"asset": None}, {**ASSET, "schema": []}, {**ASSET, "version": 1.1}, {"schema": COLUMNS},
        {**ASSET, "schema": [{"type": "x"}]}, {**ODCS, "schema": [{"properties": [{}]}]}, {"asset": ODCS["schema"]},
    ],
    "connector": [
        {}, {**CONNECTOR, "role": "source"}, {**CONNECTOR, "roles": ["sink"]}, {**CONNECTOR, "roles": []},
        {**CONNECTOR, "credentials": {"type": "api_key"}}, {**CONNECTOR, "credentials": {"type": "oauth"}},
        {**CONNECTOR, "connection_template": {"port": 99999}},
    ],
    "project": [
        {"severity": {"DC12": "error"}}, {"severity": {"DC1234": "info"}}, {"job": "x"}, {"jobs": "a\\b"},
        {"tables": {"shared": [{"table": "x"}]}}, {"terraform": {"states": {"a": 1}}}, {"path_map": ["a"]},
        {"naming": "on"}, {"naming": 1}, {"naming": ["bucket"]}, {"naming": {"buckets": "default"}},
        {"naming": {"role": 7}}, {"naming": {"role": ""}}, {"naming": {"namespace": ["a"]}},
        {"tags": []}, {"tags": {"require": ["a"]}}, {"tags": {"required": "a"}}, {"tags": {"required": [""]}},
        {"tags": {"allowed": {"a": []}}}, {"tags": {"allowed": {"a": "b"}}}, {"tags": {"allowed": {"a": [1.5]}}},
        {"tags": {"patterns": {"a": 1}}}, {"tags": {"patterns": {"a": ""}}}, {"tags": {"conventions": "yes"}},
        {"tags": {"for": {"tenant": "a"}}}, {"tags": {"for": [{"tenants": ["a"]}]}},
        {"tags": {"for": [{"tenant": []}]}}, {"tags": {"destinations": ["dagster"]}},
        {"tags": {"style": {"aws": "kebab"}}}, {"tags": {"style": "snake"}}, {"tags": {"style": {"glue": "plain"}}},
        {"tags": {"names": {"aws": {"a": ""}}}}, {"tags": {"names": {"a": "b"}}},
    ],
    "manifest": [
        {}, {**MANIFEST, "extra": 1}, {**MANIFEST, "digest": "x"}, {**MANIFEST, "tags": {"a": 1}},
        {**MANIFEST, "target": {**MANIFEST["target"], "location": {"$ref": "env:A", "$concat": []}}},
    ],
    "lock": [
        {}, {**LOCK, "lock_version": 2}, {**LOCK, "extra": 1}, {**LOCK, "states": {"m:w": {"location": "f"}}},
        {**LOCK, "states": {"m:w": {**LOCKED, "outputs": {"a": {"type": "string", "value": 1}}}}},
        {**LOCK, "states": {"m:w": {**LOCKED, "outputs": {"a": {"sensitive": True, "type": "string", "value": 1}}}}},
    ],
    "diagnostics": [{}, {**LINE, "severity": "off"}, {**LINE, "line": 0}, {**LINE, "extra": 1}],
    "diff": [
        {}, {**DIFF, "diff_version": 2}, {**DIFF, "rank": "bad"}, {**DIFF, "extra": 1},
        {**DIFF, "jobs": [{**DIFFERS, "how": "moved"}]},
        {**DIFF, "jobs": [{**DIFFERS, "changes": [{**CHANGE, "path": [{"name": "a", "type": "b"}]}]}]},
        {**DIFF, "jobs": [{**DIFFERS, "changes": [{**CHANGE, "position": -1}]}]},
        {**DIFF, "groups": [{**DIFF["groups"][0], "cause": {"kind": "weather"}}]},
    ],
    "plan": plans.BAD,
}  # fmt: skip
