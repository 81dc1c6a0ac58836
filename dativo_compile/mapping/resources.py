"""One spelling for a cloud resource, however an id, a URI or a bare name says it.

`s3://BUCKET`, `gs://BUCKET`, `arn:PARTITION:iam::ACCOUNT:role/NAME`, `arn:PARTITION:glue:REGION:ACCOUNT:database/NAME`,
`projects/PROJECT/datasets/DATASET`, the address of a service account, `storageAccounts/NAME`, Azure ids in lower case.
Any other id stays as it is. Whether an id is well formed is not judged here.
"""

from __future__ import annotations

import re
from functools import lru_cache

# The first three letters of a text that names a resource: all others are told apart without looking further.
BEGINNINGS = frozenset({"arn", "s3:", "s3a", "s3n", "gs:", "abf", "was", "htt", "/su", "pro", "ser"})
SERVICE_ACCOUNT = ".gserviceaccount.com"
FORMS = tuple(
    (re.compile(form), spelling)
    for form, spelling in (
        (r"arn:[\w-]+:s3:::([^/:]+)", "s3://{0}"),
        (r"s3[an]?://([^/]+)", "s3://{0}"),
        (r"gs://([^/]+)", "gs://{0}"),
        (r"(arn:[\w-]+:iam::\d*:role/)(?:[^/]+/)*([^/]+)$", "{0}{1}"),
        (r"(arn:[\w-]+:glue:[\w-]*:\d*):database/(.+)", "{0}:database/{1}"),  # maybe below a catalog
        (r"(arn:[\w-]+:glue:[\w-]*:\d*):table/([^/]+)/", "{0}:database/{1}"),
        (r"(?:abfss?|wasbs?)://[^@/]+@([^./]+)\.", "storageAccounts/{0}"),
        (r"https://([^./]+)\.(?:blob|dfs|file|queue|table)\.core\.windows\.net\b", "storageAccounts/{0}"),
        (r"(?i:/subscriptions/.*/storageAccounts/)([^/]+)", "storageAccounts/{0}"),
        (r"(?:serviceAccount:|projects/[^/]+/serviceAccounts/)?([^/@:]+@[^/@:]+\.gserviceaccount\.com)$", "{0}"),
        (r"(projects/[^/]+/datasets/[^/]+)", "{0}"),
    )
)
CASELESS = ("storageAccounts/{0}", "{0}")
SCHEMES = {"s3_bucket": "s3://", "gcs_bucket": "gs://"}
DATASET = re.compile(r"((?:[^:/]+:)?[^.:/]+)[.:]([^.:/]+)")  # a project may have a domain


@lru_cache(maxsize=4096)
def named(text: str) -> str:
    """The resource that a text names; empty if it names none that can be told from the text alone."""
    if text.startswith("/subscriptions/") and "/storageaccounts/" not in text.lower():
        return text.rstrip("/").lower()
    for form, spelling in FORMS:
        match = form.match(text)
        if match:
            found = spelling.format(*match.groups())
            head, slash, name = found.rpartition("/")
            return head + slash + name.lower() if spelling in CASELESS else found
    return ""


@lru_cache(maxsize=4096)
def resource(kind: str, id: str, name: str = "") -> str:
    """A declared resource. An id that is a bare name counts as what its kind makes of it."""
    id = id.strip()
    found = named(id)
    if found:
        return found
    if kind in SCHEMES:
        return SCHEMES[kind] + (name or id)
    if kind == "storage_account":
        return f"storageAccounts/{(name or id).rpartition('/')[2].lower()}"
    if kind == "bigquery_dataset":
        match = DATASET.fullmatch(id)
        return dataset(*match.groups()) if match else dataset("", name or id)
    return id


def glue_database(region: str, account: str, name: str) -> str:
    """As one names it who writes into it: no partition, and a part that is not known is empty."""
    return f"arn::glue:{region}:{account}:database/{name}"


def dataset(project: str, name: str) -> str:
    return f"projects/{project}/datasets/{name}"


def loosened(name: str) -> tuple[str, ...]:
    """The spellings of one who does not know all of a declared database: without region, account or project."""
    if name.startswith("projects/"):
        return (dataset("", name.rpartition("/")[2]),)
    parts = name.split(":", 5)
    if len(parts) < 6 or parts[2] != "glue":
        return ()
    region, account, database = parts[3], parts[4], parts[5].removeprefix("database/")
    pairs = ((region, account), (region, ""), ("", account), ("", ""))
    return tuple(glue_database(*pair, database) for pair in pairs)
