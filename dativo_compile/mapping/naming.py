"""Names that a table and its namespace may have."""

from __future__ import annotations

import re

NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")
LONGEST = 255  # Glue: https://docs.aws.amazon.com/glue/latest/webapi/API_Database.html
QUALIFIED = re.compile(r"([a-z0-9.:-]+)[.:]([A-Za-z0-9_]+)")


def name_fault(text: str, catalog: str) -> str | None:
    """Why a catalog cannot hold the name; absent if it can."""
    if "." in text:
        return "it contains a dot, which separates names"
    if not NAME.fullmatch(text):
        return "only letters, digits, `_` and `-` are used in names"
    if len(text) > LONGEST:
        return f"it has {len(text)} characters, and {LONGEST} is the most"
    if catalog == "glue" and text != text.lower():
        return "Glue keeps names in lower case"
    if catalog == "bigquery" and "-" in text:
        return "BigQuery datasets and tables have no `-`"
    return None


def qualified_dataset(catalog: str, namespace: str) -> tuple[str, str]:
    """A BigQuery dataset id may name its project (`project.dataset`, `project:dataset`): both parts; else no project.

    https://cloud.google.com/bigquery/docs/datasets#dataset-naming
    """
    match = QUALIFIED.fullmatch(namespace) if catalog == "bigquery" else None
    return (match[1], match[2]) if match else ("", namespace)
