"""The order in which a person reads a file: who, with what, where, from what to what, at whose cost, how it runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Place = tuple[str, ...]  # keys from the top; an element of a list is "[]"
Order = tuple[str, ...]

CATALOG: Order = (
    "type", "uri", "warehouse", "glue_database", "bigquery_dataset", "namespace", "database", "table_name",
)  # fmt: skip
CREDENTIALS: Order = ("type", "from_env", "file_template")
TAGS: Order = ("cost_center", "business_unit", "project", "environment", "owner", "compliance", "custom")
TARGET: Order = (
    "branch", "warehouse", "connection", "catalog", "table", "file_format", "partitioning", "write_mode", "engine",
    "credentials", "custom_writer",
)  # fmt: skip
COLUMN: Order = (
    "name", "type", "logicalType", "physicalType", "required", "description", "classification", "properties",
)  # fmt: skip
INCREMENTAL: Order = (
    "strategy", "cursor_field", "cursor_field_default", "lookback_days", "lookback_days_default",
)  # fmt: skip
JOB: dict[Place, Order] = {
    (): (
        "tenant_id", "environment", "name", "description",
        "source_connector", "source_connector_path", "target_connector", "target_connector_path", "asset", "asset_path",
        "infrastructure", "source", "target",
        "finops", "classification_overrides", "governance_overrides",
        "schedule", "retry_config", "schema_validation_mode", "logging", "catalog", "plugins",
    ),
    ("infrastructure",): ("provider", "terraform", "tags", "metadata"),
    ("infrastructure", "provider"): ("provider", "region", "account_id", "project_id", "resources"),
    ("infrastructure", "provider", "resources", "[]"): (
        "resource_type", "resource_id", "resource_name", "region", "tags",
    ),
    ("infrastructure", "terraform"): ("module_path", "workspace", "backend", "variables", "outputs"),
    ("infrastructure", "terraform", "backend"): ("type",),
    ("infrastructure", "tags"): TAGS,
    ("source",): (
        "files", "tables", "objects", "sheets", "connection", "incremental", "engine", "credentials", "custom_reader",
    ),
    ("source", "files", "[]"): ("path", "file_id", "id", "object"),
    ("source", "tables", "[]"): ("name", "object", "cursor_field"),
    ("source", "sheets", "[]"): ("id", "spreadsheet_id", "sheet_id", "range", "object"),
    ("source", "incremental"): INCREMENTAL,
    ("source", "credentials"): CREDENTIALS,
    ("target",): TARGET,
    ("target", "catalog"): CATALOG,
    ("target", "credentials"): CREDENTIALS,
    ("governance_overrides",): ("owner", "retention_days", "domain", "data_product"),
    ("schedule",): ("cron", "timezone", "enabled"),
    ("retry_config",): ("max_retries", "backoff_seconds", "retry_delay", "retry_delay_seconds"),
    ("catalog",): CATALOG,
}  # fmt: skip
ASSET: dict[Place, Order] = {
    (): (
        "$schema", "apiVersion", "kind", "id",
        "name", "source_type", "object", "version", "status", "description", "domain", "data_product", "dataProduct",
        "schema", "team", "governance", "compliance", "finops", "target", "tags", "customProperties",
    ),
    ("schema", "[]"): COLUMN,
    ("schema", "[]", "properties", "[]"): COLUMN,
    ("team",): ("owner",),
    ("governance",): ("owner", "classification", "regulations", "retention_days", "domain", "data_product", "tags"),
    ("compliance",): ("classification", "regulations", "retention_days"),
    ("target",): TARGET,
    ("target", "catalog"): CATALOG,
    ("target", "credentials"): CREDENTIALS,
}  # fmt: skip
CONNECTOR: dict[Place, Order] = {
    (): (
        "name", "type", "roles", "description", "version", "default_engine", "credentials", "connection_template",
        "incremental", "rate_limits", "catalog", "file_format", "partitioning_default",
    ),
    ("default_engine",): ("type", "options"),
    ("credentials",): CREDENTIALS,
    ("incremental",): INCREMENTAL,
    ("rate_limits",): ("requests_per_second", "burst"),
    ("catalog",): CATALOG,
}  # fmt: skip
PROJECT: dict[Place, Order] = {
    (): (
        "jobs", "path_map", "default_catalog", "tables", "sharing", "terraform", "secrets", "severity", "screen",
        "tags", "naming",
    ),
    ("default_catalog",): CATALOG,
    ("tables",): ("namespace", "shared"),
    ("tables", "shared", "[]"): ("table", "reason"),
    ("sharing", "[]"): ("storage", "state", "secret", "resource", "account", "tenants", "reason"),
    ("terraform",): ("encryption", "states", "backends"),
    ("secrets",): ("name_template", "store"),
    ("screen", "allow", "[]"): ("path", "reason"),
}  # fmt: skip
ORDERS: Mapping[str, Mapping[Place, Order]] = {
    "job": JOB, "asset": ASSET, "connector": CONNECTOR, "project": PROJECT,
}  # fmt: skip


def order_at(kind: str, place: Place) -> Order:
    """The known keys of the mapping at a place, in order; empty where a file says what it likes."""
    if kind == "asset" and place[:1] == ("asset",):
        place = place[1:]
    return ORDERS[kind].get(place, ())


def arranged(names: Sequence[str | None], known: Order) -> list[int]:
    """The positions of keys in the order that they should have.

    A key that is not known stays behind the one that it stands behind, or at the front.
    """
    ranks = {name: rank for rank, name in enumerate(known)}
    places: list[tuple[int, int]] = []
    last = -1
    for position, name in enumerate(names):
        last = ranks.get(name, last) if name is not None else last
        places.append((last, position))
    return [position for _, position in sorted(places)]
