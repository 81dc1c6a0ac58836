"""Codes of `place_table` and `emit`: where bytes go, and what no manifest may hold (DC8101 to DC8199)."""

from __future__ import annotations

from dativo_compile.diagnostics.code import Code

CATALOG_ASSUMED = Code(
    "DC8101", "catalog-assumed", "warning",
    "`{name}` names no catalog, and neither does a job that uses it; the embedded `sql` is assumed",
    """A table's catalog is the job's `target.catalog`, else the connector's, else `default_catalog` in `dativo.yaml`.
For at least one job of this connector none of them names one, so its manifest says `sql`: the embedded catalog, a
SQLite file beside a local warehouse. That is right on a laptop and rarely anywhere else.

Name the catalog, best once as `default_catalog` in `dativo.yaml`.""",
)  # fmt: skip
CATALOG_UNKNOWN = Code(
    "DC8102", "catalog-unknown", "error", "the catalog type `{name}` is not known",
    """A catalog is `sql`, `glue`, `rest`, `bigquery` or `hive`. `nessie` and `unity` are accepted names for `rest`,
which both of them speak.

Correct the type.""",
    guarded=True,
)  # fmt: skip
NAME_REFUSED = Code(
    "DC8103", "table-name-refused", "error", "`{name}` cannot be the {what} of a table: {reason}",
    """The names of a table and its namespace become parts of paths and of SQL. They are letters, digits, `_` and `-`;
Glue knows no upper case, and BigQuery no `-`. A name is never repaired in silence: two repaired names could meet.

Choose another name: `target.table` names the table, the catalog's `namespace` (`glue_database`,
`bigquery_dataset`) its namespace.""",
    guarded=True,
)  # fmt: skip
NAMESPACE_ENVIRONMENT = Code(
    "DC8104", "namespace-environment", "error", "the namespace `{template}` needs an environment",
    """Nothing names the table's namespace, so it is made from a pattern that contains `{environment}`. The job has no
`environment`.

Give the job an environment, or name the namespace in the catalog.""",
    guarded=True,
)  # fmt: skip
LOCATION_UNKNOWN = Code(
    "DC8105", "location-unknown", "warning", "nothing says where the bytes of this table go",
    """A table's location is below `target.warehouse`, else in the bucket that the target's connection names. Neither
is there, so the catalog decides when the table is made, and no review can see where.

Give the job or the connector a `warehouse`, or map the bucket.""",
)  # fmt: skip
STORAGE_AMBIGUOUS = Code(
    "DC8106", "storage-ambiguous", "error", "the target could be stored in {names}",
    """The target's connection has several storage maps, and the job names none of them, so that the table's location is
anybody's guess.

Name the one that is meant in the job's `target.connection`, or map an output into it.""",
    guarded=True,
)  # fmt: skip
ACCOUNT_MISSING = Code(
    "DC8107", "storage-account-missing", "error", "the container `{name}` has no storage account",
    """An Azure location is `abfss://CONTAINER@ACCOUNT.dfs.core.windows.net/...`: it needs the account as well as the
container.

Give the storage map an `account`, or the target a `warehouse`.""",
    guarded=True,
)  # fmt: skip
LITERAL_SECRET = Code(
    "DC8108", "literal-secret", "error", "`{path}` holds a literal secret",
    """The last step looks at every leaf of every manifest. A literal under a key such as `password`, `token` or
`private_key`, however deep below it, would be readable by everyone who can read the build; so would the password in
a URL (`scheme://user:password@host`) or in a text like `Password=...`. The value is not shown.

Write `${NAME}` and set the variable at run time, or map a sensitive output. If the value is no secret, waive the path
in `dativo.yaml`, with a reason: `screen: {allow: [{path: ..., reason: ...}]}`. Change the secret if it was one.""",
    guarded=True,
)  # fmt: skip
SENSITIVE_LEAKED = Code(
    "DC8109", "sensitive-leaked", "error", "`{path}` would hold a sensitive value",
    """The last step looks at every leaf of every manifest and found a sensitive value in one. Nothing was written.

This is a fault of the compiler, caught by its own guard. Please report it, without the value.""",
    guarded=True,
)  # fmt: skip
NOT_JSON = Code(
    "DC8110", "text-not-utf8", "error", "`{path}` is text that cannot be written as UTF-8",
    """A manifest is UTF-8. The text holds half of a surrogate pair, which no UTF-8 text can hold.

Correct the text where it comes from.""",
    guarded=True,
)  # fmt: skip
SHAPE_UNFIT = Code(
    "DC8111", "manifest-unfit", "error", "the manifest does not fit its schema at `{path}`: {reason}",
    """Every manifest is checked against the published schema before it is written. This one does not fit, so nothing
was written.

Correct the value in the job, connector or asset that it came from.""",
    guarded=True,
)  # fmt: skip
BUCKET_REFUSED = Code(
    "DC8112", "bucket-refused", "error", "`{name}` is not the name of a {what}",
    """A table's location is made of the name of a bucket (on Azure: of a container and a storage account) and a prefix.
A URL, a path or an ARN in the place of the name would make a location that leads nowhere.

Give the name alone, and what comes below it as `prefix`. Of a Terraform resource map the attribute that is the name:
`bucket` rather than `arn` or `url`.""",
    guarded=True,
)  # fmt: skip

CODES = (
    CATALOG_ASSUMED, CATALOG_UNKNOWN, NAME_REFUSED, NAMESPACE_ENVIRONMENT, LOCATION_UNKNOWN, STORAGE_AMBIGUOUS,
    ACCOUNT_MISSING, LITERAL_SECRET, SENSITIVE_LEAKED, NOT_JSON, SHAPE_UNFIT, BUCKET_REFUSED,
)  # fmt: skip
