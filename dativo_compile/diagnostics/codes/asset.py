"""Codes of asset normalisation: what an asset says of its table (DC2100 to DC2199)."""

from __future__ import annotations

from dativo_compile.diagnostics.code import Code

NAME_MISSING = Code(
    "DC2101", "asset-name-missing", "error", "the asset has no name",
    """The name of an asset is the default name of its table and the value of the table property `asset.name`. A wrapped
or flat asset gives it as `name`; an Open Data Contract Standard document as `name` or, failing that, as `id`.

Give the asset a `name`.""",
    guarded=True,
)  # fmt: skip
COLUMNS_MISSING = Code(
    "DC2102", "columns-missing", "error", "the asset `{name}` describes no columns",
    """The asset's schema is the contract for the table: the runner creates the table from it and compares what it reads
with it. An asset without columns describes nothing.

List the columns under `schema` (in an Open Data Contract Standard document under `schema[].properties`), each with a
name and a type.""",
    guarded=True,
)  # fmt: skip
COLUMN_UNTYPED = Code(
    "DC2103", "column-untyped", "error", "the column `{name}` has no type",
    """The type of each column is part of the contract: the runner creates the table from it. A wrapped or flat asset
gives it as `type`; an Open Data Contract Standard document as `logicalType` or `physicalType`, of which the physical
one counts if it is a type that is known here.

Give the column a type.""",
    guarded=True,
)  # fmt: skip
COLUMN_TYPE_UNKNOWN = Code(
    "DC2104", "column-type-unknown", "error", "the column type `{type}` {reason}",
    """Columns have one of these types: `string`, `boolean`, `integer`, `bigint`, `float`, `double`, `decimal(P,S)`,
`date`, `time`, `timestamp`, `timestamptz`, `uuid`, `binary`, `json`. Common names of databases are understood too
and are brought to these (`varchar(255)` is `string`, `int` is `integer`, `long` is `bigint`, `jsonb` is `json`).

A decimal needs its precision (at most 38) and scale: nobody can guess how many digits after the point matter.

Write one of the known types.""",
    guarded=True,
)  # fmt: skip
COLUMN_TWICE = Code(
    "DC2105", "column-twice", "error", "the column `{name}` is described twice",
    """Two columns of one table have the same name, or names that differ only in case. Engines that read Iceberg tables
compare column names without regard to case: the table could be written but not be queried.

Remove one of the two, or rename it.""",
    guarded=True,
)  # fmt: skip
TABLES_SEVERAL = Code(
    "DC2106", "tables-several", "error", "the contract describes {count} tables, and none of them alone is `{name}`",
    """A data contract can describe several schema objects; an asset is one table. If several objects are listed, the
one whose name is the asset's `object` or name is taken. Here none is, or more than one.

Set `object` to the name of the table that is meant, or give each table a contract of its own.""",
    guarded=True,
)  # fmt: skip
PART_MALFORMED = Code(
    "DC2107", "asset-part-malformed", "error", "`{part}` of an asset must be {expected}",
    """A part of the asset has a shape that nothing can be read from, such as text where a mapping of keys is expected.

Correct the shape; the editor shows the expected one through the asset's JSON Schema.""",
    guarded=True,
)  # fmt: skip

CODES = (
    NAME_MISSING, COLUMNS_MISSING, COLUMN_UNTYPED, COLUMN_TYPE_UNKNOWN, COLUMN_TWICE, TABLES_SEVERAL, PART_MALFORMED,
)  # fmt: skip
