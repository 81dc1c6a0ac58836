"""The types a column can have, and the names by which databases and contracts call them."""

from __future__ import annotations

import re
from functools import lru_cache

CANONICAL = (
    "string", "boolean", "integer", "bigint", "float", "double", "date", "time", "timestamp", "timestamptz", "uuid",
    "binary", "json",
)  # fmt: skip
ALIASES = {
    **{name: name for name in CANONICAL},
    "str": "string", "text": "string", "varchar": "string", "char": "string", "character": "string",
    "character varying": "string", "nvarchar": "string", "nchar": "string", "clob": "string", "longtext": "string",
    "bool": "boolean",
    "int": "integer", "int32": "integer", "int4": "integer", "smallint": "integer", "tinyint": "integer",
    "mediumint": "integer", "int16": "integer", "int2": "integer",
    "long": "bigint", "int64": "bigint", "bigserial": "bigint", "serial": "integer",
    "float32": "float", "float4": "float", "real": "float",
    "float64": "double", "float8": "double", "double precision": "double", "number": "double",
    "datetime": "timestamp", "datetime2": "timestamp", "timestamp without time zone": "timestamp",
    "timestamp_ntz": "timestamp", "timestamp with time zone": "timestamptz", "timestamp_tz": "timestamptz",
    "timestamp_ltz": "timestamptz", "time without time zone": "time",
    "guid": "uuid", "uniqueidentifier": "uuid",
    "bytes": "binary", "bytea": "binary", "blob": "binary", "varbinary": "binary",
    "jsonb": "json", "object": "json", "map": "json", "struct": "json", "array": "json", "variant": "json",
}  # fmt: skip
SIZED = frozenset({
    "string", "varchar", "char", "character", "character varying", "nvarchar", "nchar", "text", "binary", "varbinary",
    "timestamp", "timestamptz", "time", "datetime", "datetime2", "int", "integer", "bigint", "smallint", "tinyint",
    "mediumint", "float", "double",
})  # fmt: skip
DECIMALS = frozenset({"decimal", "numeric", "number", "dec"})
WITH_PARAMETERS = re.compile(r"([a-z][a-z0-9_ ]*?)\s*\(\s*(\d{1,6})\s*(?:,\s*(\d{1,6})\s*)?\)((?: [a-z ]+)?)")
SHOWN = (*CANONICAL, "decimal(P,S)")
LARGEST_PRECISION = 38


@lru_cache(maxsize=1024)
def canonical_type(text: str) -> str | None:
    """The canonical name, in lower case; absent for a type that is not known."""
    name = " ".join(text.lower().split())
    known = ALIASES.get(name)
    if known is not None:
        return known
    match = WITH_PARAMETERS.fullmatch(name)
    if match is None:
        return None
    base, first, second, rest = match.groups()
    if base in DECIMALS and not rest:
        precision, scale = int(first), int(second or 0)
        return f"decimal({precision},{scale})" if 1 <= precision <= LARGEST_PRECISION and scale <= precision else None
    if second is None and base in SIZED:
        return ALIASES.get(base + rest)
    return None


def why_unknown(text: str) -> str:
    """What is wrong with a type that has no canonical name: the end of a sentence that begins with the type."""
    base = text.lower().split("(")[0].strip()
    if base in DECIMALS:
        if "(" not in text:
            return "lacks precision and scale"
        return f"has a precision or scale out of range (precision 1 to {LARGEST_PRECISION}, scale up to it)"
    return "is not known"
