"""What a change means: a table at the boundaries."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dativo_compile.linking.column_types import CANONICAL
from dativo_compile.review.diff.classify import kind_of
from dativo_compile.review.diff.columns import loosens, widens
from dativo_compile.review.diff.kinds import KINDS
from dativo_compile.review.diff.leaves import differing
from dativo_compile.review.diff.model import RANKS

ROOT = Path(__file__).resolve().parents[3]


def kinds(old: Any, new: Any, moved: bool = False) -> list[str]:
    return [kind_of(leaf, moved) for leaf in differing(old, new)]


@pytest.mark.parametrize(
    ("old", "new", "wider"),
    [
        ("integer", "bigint", True), ("bigint", "integer", False), ("float", "double", True),
        ("double", "float", False), ("integer", "double", False), ("integer", "string", False),
        ("decimal(10,2)", "decimal(12,2)", True), ("decimal(10,2)", "decimal(12,3)", False),
        ("decimal(10,2)", "decimal(9,2)", False), ("decimal(10,2)", "decimal(10,2)", True),
        ("decimal(10,2)", "double", False), ("integer", "decimal(10,0)", False), ("date", "timestamp", False),
        ("timestamp", "timestamptz", False), ("string", "binary", False),
    ],
)  # fmt: skip
def test_a_type_is_wider_only_where_a_table_can_follow_in_place(old: str, new: str, wider: bool) -> None:
    assert widens(old, new) is wider


def test_of_two_types_at_most_one_is_wider() -> None:
    assert not [(a, b) for a in CANONICAL for b in CANONICAL if a != b and widens(a, b) and widens(b, a)]


@pytest.mark.parametrize(
    ("old", "new", "looser"),
    [
        ("public", "internal", False), ("internal", "public", True), ("confidential", "internal", True),
        ("PII", "confidential", True), ("confidential", "pii", False), ("pii", None, True), (None, "public", False),
        ("public", None, True), ("PII", "PHI", True), ("PII,GDPR", "PII", True), (["public", "PII"], ["PII"], True),
        (["public"], ["public", "PII"], False), ("Public", "INTERNAL", False), ("", "public", False),
    ],
)  # fmt: skip
def test_a_classification_is_looser_where_it_may_protect_less(old: Any, new: Any, looser: bool) -> None:
    assert loosens(old, new) is looser


COLUMN = {"name": "a", "type": "integer", "required": False}


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ([COLUMN], [COLUMN | {"type": "bigint"}], ["column-widened"]),
        ([COLUMN], [COLUMN | {"type": "date"}], ["column-narrowed"]),
        ([COLUMN], [COLUMN | {"required": True}], ["column-narrowed"]),
        ([COLUMN | {"required": True}], [COLUMN], ["column-widened"]),
        ([COLUMN], [COLUMN | {"description": "x"}], ["column-text"]),
        ([COLUMN], [COLUMN | {"classification": "PII"}], ["classification"]),
        ([COLUMN | {"classification": "PII"}], [COLUMN], ["classification-loosened"]),
        ([COLUMN], [COLUMN, COLUMN | {"name": "b"}], ["column-added"]),
        ([COLUMN], [COLUMN, COLUMN | {"name": "b", "required": True}], ["column-required"]),
        ([COLUMN, COLUMN | {"name": "b"}], [COLUMN], ["column-dropped"]),
        ([COLUMN, COLUMN | {"name": "b"}], [COLUMN | {"name": "b"}, COLUMN], ["columns-reordered"]),
        ([COLUMN, COLUMN], [COLUMN], ["column-narrowed"]),
        ({"a": 1}, {"a": 2}, ["column-narrowed"]),
        ([], [COLUMN], ["column-narrowed"]),
    ],
)
def test_columns(old: Any, new: Any, wanted: list[str]) -> None:
    assert kinds({"schema": old}, {"schema": new}) == wanted


@pytest.mark.parametrize(
    ("path", "new", "wanted"),
    [
        ("manifest_version", 2, "format"),
        ("job.id", "b", "job-renamed"),
        ("job.tenant_id", "b", "tenant"),
        ("job.environment", "b", "tenant"),
        ("job.schedule", "b", "schedule"),
        ("job.asset", "b", "job-text"),
        ("source.connection.host", "b", "source"),
        ("source.credentials.from_env", {"$ref": "env:B"}, "credentials"),
        ("source.rate_limits.burst", 2, "tuning"),
        ("source.connection.role_arn", "b", "role"),
        ("target.connection.s3.bucket", "b", "bucket"),
        ("target.connection.azure.account", "b", "bucket"),
        ("target.connection.s3.prefix", "b", "location"),
        ("target.connection.s3.region", "b", "region"),
        ("target.connection.s3.endpoint", "b", "location"),
        ("target.write_mode", "upsert", "write-mode"),
        ("target.table.name", "b", "table"),
        ("target.catalog.uri", "b", "catalog"),
        ("target.partitioning", ["b"], "target"),
        ("target.location", "b", "location"),
        ("catalog.namespace", "b", "catalog"),
        ("infrastructure.provider.account_id", "b", "account"),
        ("infrastructure.provider.provider", "b", "account"),
        ("infrastructure.provider.region", "b", "region"),
        ("infrastructure.terraform.workspace", "b", "state"),
        ("infrastructure.metadata.deployed_by", "b", "metadata"),
        ("infrastructure.metadata.iam_role_arn", "b", "role"),
        ("infrastructure.metadata.who", "arn:aws:iam::012345678901:role/b", "role"),
        ("infrastructure.metadata.payroll", "b", "metadata"),
        ("infrastructure.metadata.service_account_email", "b", "role"),
        ("execution.schema_validation_mode", "warn", "validation"),
        ("execution.retry_config.max_retries", 2, "execution"),
        ("execution.logging.redaction", False, "redaction"),
        ("execution.logging.redaction", True, "execution"),
        ("x-team.room", 2, "extension"),
        ("never.heard", 2, "format"),
    ],
)
def test_the_place_of_a_leaf_says_what_it_means(path: str, new: Any, wanted: str) -> None:
    assert kinds(_nested(path, "a"), _nested(path, new)) == [wanted]


def _nested(path: str, value: Any) -> Any:
    for step in reversed(path.split(".")):
        value = {step: value}
    return value


@pytest.mark.parametrize(
    ("root", "key", "old", "new", "wanted"),
    [
        ("tags", "cost_center", "a", "b", "tag"),
        ("tags", "classification.default", "PII", "public", "classification-loosened"),
        ("tags", "classification.fields.email", "public", "PII", "classification"),
        ("table_properties", "tags.cost_center", "a", "b", "tag"),
        ("table_properties", "tags.classification.default", "pii", "public", "classification-loosened"),
        ("table_properties", "finops.cost_center", "a", "b", "property"),
        ("table_properties", "asset.version", "1", "2", "job-text"),
    ],
)
def test_tags_and_properties(root: str, key: str, old: str, new: str, wanted: str) -> None:
    assert kinds({root: {key: old}}, {root: {key: new}}) == [wanted]


@pytest.mark.parametrize("path", ["target.catalog.region", "catalog.database", "infrastructure.provider.region"])
def test_where_the_table_is_another_one_what_names_it_is_breaking(path: str) -> None:
    assert kinds(_nested(path, "a"), _nested(path, "b"), moved=True) == ["table"]
    assert KINDS[kinds(_nested(path, "a"), _nested(path, "b"))[0]].rank == "data"


def test_resources_and_their_tags_are_two_things() -> None:
    old = {"resource_id": "arn:aws:s3:::a", "resource_name": "a", "tags": {"team": "x"}}
    new = {**old, "resource_name": "b", "tags": {"team": "y"}}
    wrapped = [{"infrastructure": {"provider": {"resources": [each]}}} for each in (old, new)]
    assert kinds(*wrapped) == ["resources", "tag"]


def test_every_kind_has_a_golden_case() -> None:
    """But what only a manifest from elsewhere can have."""
    told: set[str] = set()
    for path in (ROOT / "tests/cases").glob("diff-*/expected/diff.json"):
        told |= {change["kind"] for job in json.loads(path.read_bytes())["jobs"] for change in job["changes"]}
    assert told == KINDS.keys()


def test_every_kind_stands_in_the_docs_with_its_rank() -> None:
    rows = [line.split("|") for line in (ROOT / "docs/review.md").read_text("utf-8").splitlines() if "|" in line]
    listed = {row[1].strip(" `"): row[2].strip() for row in rows if row[1].strip(" `") in KINDS}
    assert listed == {kind.id: kind.rank for kind in KINDS.values()}
    assert {kind.rank for kind in KINDS.values()} == set(RANKS)
