"""Parameters of a table in the Glue catalog, where Iceberg's table properties show: long values, keys of one line."""

from __future__ import annotations

from collections.abc import Collection

from dativo_compile.tags.projections.projection import Limits, Projection, octets

LONGEST_KEY, LONGEST_VALUE = 255, 512_000
CONTROLS = bytes(range(32))


def written(key: str) -> str:
    """Line breaks and other control characters, but for tabs, become `_`."""
    return key if key.isprintable() else "".join(one if _held(one) else "_" for one in key)


def _held(one: str) -> bool:
    return one == "\t" or (one >= " " and not "\ud800" <= one <= "\udfff" and one not in "\ufffe\uffff")


def plain(keys: Collection[str], texts: Collection[str]) -> bool:
    """Whether table properties surely fit: at a glance, for every job has others."""
    whole = "".join(keys)
    return (
        whole.isascii()
        and len(whole.encode().translate(None, CONTROLS)) == len(whole)
        and max(map(len, keys), default=0) <= LONGEST_KEY
        and len("".join(texts)) <= LONGEST_VALUE // 4  # four bytes a character at most
        and "" not in keys
    )


GLUE = Projection(
    "glue", "a parameter of a Glue table", "parameters of a Glue table", "plain",
    Limits((octets(LONGEST_KEY, LONGEST_VALUE),)),
    "https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-catalog-tables.html#aws-glue-api-catalog-tables-Table",
    key=written,
)  # fmt: skip
