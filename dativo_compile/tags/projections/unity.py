"""Tags of Unity Catalog: keys without the signs that part names, and no spaces at the ends."""

from __future__ import annotations

from dativo_compile.tags.projections.projection import Limits, Projection, characters

FORBIDDEN = {ord(one): "_" for one in ".,-=/:"}


def written(key: str) -> str:
    """`compliance.retention_days` is `compliance_retention_days`."""
    return trimmed(key.translate(FORBIDDEN))


def trimmed(text: str) -> str:
    """A space at either end becomes `_`."""
    if text[:1].isspace():
        text = "_" + text[1:]
    return text[:-1] + "_" if text[-1:].isspace() else text


UNITY = Projection(
    "unity", "a Unity Catalog tag", "Unity Catalog tags", "plain", Limits((characters(255, 1000),), 50),
    "https://docs.databricks.com/aws/en/database-objects/tags#constraints",
    key=written, value=trimmed,
)  # fmt: skip
