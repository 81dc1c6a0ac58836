"""Iceberg catalogs as jobs and connectors name them."""

from __future__ import annotations

from typing import Any

KNOWN = ("sql", "glue", "rest", "bigquery", "hive")
ALIASES = {"nessie": "rest", "unity": "rest"}  # both speak the Iceberg REST protocol
NAMESPACE_KEYS = ("glue_database", "bigquery_dataset", "namespace", "database")
IDENTITY_KEYS = frozenset({"type", "table_name", *NAMESPACE_KEYS})
TYPE_OF_KEY = {"glue_database": "glue", "bigquery_dataset": "bigquery"}


def as_mapping(target: dict[str, Any], origins: dict[str, Any]) -> None:
    """A bare catalog name in a target of our own making becomes `{type: NAME}`."""
    catalog = target.get("catalog")
    if type(catalog) is str:
        target["catalog"], origins["catalog"] = {"type": catalog}, {"type": origins["catalog"]}
