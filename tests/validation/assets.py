"""Assets of each shape that the asset schema must take."""

from __future__ import annotations

from typing import Any

COLUMNS = [
    {"name": "id", "type": "bigint", "required": True},
    {"name": "e", "type": "string", "classification": ["PII"]},
]
ASSET: dict[str, Any] = {
    "name": "a",
    "version": "1.0",
    "source_type": "stripe",
    "object": "customers",
    "schema": COLUMNS,
    "governance": {"owner": "o", "tags": ["t"], "classification": [], "retention_days": 0},
    "compliance": {"classification": [], "regulations": ["GDPR"], "retention_days": 30, "security": {"a": True}},
    "finops": {"cost_center": "F"},
    "target": {"file_format": "parquet", "write_mode": "append"},
}
ODCS = {
    "apiVersion": "v3.0.2",
    "kind": "DataContract",
    "id": "i",
    "status": "active",
    "description": {"purpose": "p"},
    "team": [{"username": "u"}],
    "servers": [],
    "schema": [{"name": "t", "properties": [{"name": "x", "logicalType": "string", "physicalType": "text"}]}],
}
