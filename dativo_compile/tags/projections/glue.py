"""Parameters of a table in the Glue catalog, where Iceberg's table properties show: long values, keys of one line."""

from __future__ import annotations

from dativo_compile.tags.projections.projection import Limits, Projection, octets


def written(key: str) -> str:
    """Line breaks and other control characters, but for tabs, become `_`."""
    return key if key.isprintable() else "".join(one if _held(one) else "_" for one in key)


def _held(one: str) -> bool:
    return one == "\t" or (one >= " " and not "\ud800" <= one <= "\udfff" and one not in "\ufffe\uffff")


GLUE = Projection(
    "glue", "a parameter of a Glue table", "plain", Limits((octets(255, 512_000),)),
    "https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-catalog-tables.html#aws-glue-api-catalog-tables-Table",
    key=written,
)  # fmt: skip
