"""What a changed leaf means: its place in the manifest decides, and whether the table is still the same one."""

from __future__ import annotations

import re

from dativo_compile.review.diff.columns import column_kind, loosens
from dativo_compile.review.diff.leaves import Leaf
from dativo_compile.review.diff.model import Element, Step, Steps

IDENTITY = ("target.catalog", "catalog", "infrastructure.provider.region")  # part of it, if it changed
BUCKETS = frozenset({"bucket", "container", "account", "account_name", "storage_account", "storage_account_name"})
ROLES = re.compile(r"(?i)(?:\A|[_.-])(?:role|service_?account|identity|principal)(?:\Z|[_.-])|\Aarn:aws[a-z-]*:iam:")
CLASSES = ("classification.", "compliance.classification")

# By the longest beginning of the path.
PLACES = {
    "manifest_version": "format",
    "digest": "format",
    "references": "references",
    "job": "job-text",
    "job.id": "job-renamed",
    "job.tenant_id": "tenant",
    "job.environment": "tenant",
    "job.schedule": "schedule",
    "source": "source",
    "source.credentials": "credentials",
    "source.engine": "tuning",
    "source.rate_limits": "tuning",
    "target": "target",
    "target.table": "table",
    "target.write_mode": "write-mode",
    "target.location": "location",
    "target.warehouse": "location",
    "target.catalog": "catalog",
    "target.connection": "location",
    "target.credentials": "credentials",
    "target.engine": "tuning",
    "target.rate_limits": "tuning",
    "infrastructure": "metadata",
    "infrastructure.provider.provider": "account",
    "infrastructure.provider.account_id": "account",
    "infrastructure.provider.project_id": "account",
    "infrastructure.provider.region": "region",
    "infrastructure.provider.resources": "resources",
    "infrastructure.terraform": "state",
    "catalog": "catalog",
    "execution": "execution",
    "execution.schema_validation_mode": "validation",
    "execution.logging.redaction": "redaction",
    "tags": "tag",
    "table_properties": "property",
}


def kind_of(leaf: Leaf, table_moved: bool) -> str:
    """An id of `kinds.KINDS`. `table_moved` says that old and new manifest mean two tables."""
    root = leaf.steps[0]
    if root == "schema":
        return column_kind(leaf)
    if root in ("tags", "table_properties"):
        return _text_kind(leaf, str(root))
    place, kind = _place(leaf.steps)
    if table_moved and (place in IDENTITY or place.startswith("target.table")):
        return "table"
    last = str(leaf.steps[-1])
    if "credentials" not in leaf.steps and leaf.steps[:2] == ("target", "connection"):
        kind = "bucket" if last in BUCKETS else "region" if last == "region" else kind
    if kind in ("metadata", "location", "source") and (
        ROLES.search(last) or any(_is_role(v) for v in (leaf.old, leaf.new))
    ):
        kind = "role"
    if kind == "redaction" and leaf.new is True:
        return "execution"
    if kind == "resources" and "tags" in leaf.steps:
        return "tag"
    return kind


def _place(steps: Steps) -> tuple[str, str]:
    """The longest beginning of the path that is known, and its kind."""
    for length in range(min(len(steps), 3), 0, -1):
        place = ".".join(_text(step) for step in steps[:length])
        if place in PLACES:
            return place, PLACES[place]
    return str(steps[0]), "extension" if str(steps[0]).startswith("x-") else "format"


def _text(step: Step) -> str:
    return step.value if type(step) is Element else str(step)


def _text_kind(leaf: Leaf, root: str) -> str:
    """Tags and properties are flat: the rest of the path is one key."""
    key = str(leaf.steps[1]) if len(leaf.steps) > 1 else ""
    name = key.removeprefix("tags.") if root == "table_properties" else key
    if name.startswith(CLASSES):
        return "classification-loosened" if loosens(leaf.old, leaf.new) else "classification"
    if root == "tags" or key.startswith("tags."):
        return "tag"
    return "job-text" if key.startswith(("asset.", "dativo.")) else "property"


def _is_role(value: object) -> bool:
    return type(value) is str and ROLES.match(value) is not None and value.startswith("arn:")
