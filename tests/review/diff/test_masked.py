"""What may be told of a changed value."""

from __future__ import annotations

from typing import Any

import pytest

from dativo_compile.report.diff.json import render
from dativo_compile.report.diff.markdown import render as markdown
from dativo_compile.report.diff.text import render as text
from dativo_compile.report.paint import Paint
from dativo_compile.review.diff.compare import changes
from dativo_compile.review.diff.masked import told, told_manifest
from dativo_compile.review.diff.model import Element
from tests.review.diff.sides import side

COLUMN = {"name": "password", "type": "string"}
REF = {"$ref": "env:DB_PASSWORD", "default": "hunter2"}


@pytest.mark.parametrize(
    ("steps", "value", "wanted"),
    [
        (("source", "connection", "password"), "hunter2", None),
        (("source", "connection", "password"), {"$ref": "env:P"}, {"$ref": "env:P"}),
        (("source", "connection", "user"), REF, {**REF, "default": "***"}),
        (("source", "connection", "api_keys"), ["hunter2"], None),
        (("source", "connection", "token", "value"), "hunter2", None),
        (("source", "connection", "token", "type"), "bearer", "bearer"),
        (("source", "connection", "token_url"), "https://x", "https://x"),
        (("source", "connection", "url"), "pg://ada:hunter2@db/x", "pg://***@db/x"),
        (("source", "credentials"), {"type": "none"}, {"type": "none"}),
        (("source", "credentials", "type"), "api_key", "api_key"),
        (("source", "connection"), {"password": "hunter2", "host": "db"}, {"password": None, "host": "db"}),
        (("tags", "classification.fields.password"), "pii", "pii"),
        (("table_properties", "tags.classification.fields.password"), "pii", "pii"),
        (("schema", Element("name", "password"), "type"), "string", "string"),
        (("schema", Element("name", "password")), COLUMN, COLUMN),
        (("source", "connection", "password"), "", ""),
    ],
)  # fmt: skip
def test_values(steps: Any, value: Any, wanted: Any) -> None:
    assert told(value, steps) == wanted


SECRETS: list[Any] = [
    {"password": "hunter2"}, {"api_keys": ["hunter2"]}, {"url": "pg://ada:hunter2@db/x"}, {"password": REF}, {"x": REF},
    {"objects": [{"name": "a", "token": "hunter2"}]}, {"dsn": "host=db;Password=hunter2"},
]  # fmt: skip


@pytest.mark.parametrize("secret", SECRETS, ids=repr)
def test_no_format_shows_a_secret(secret: Any) -> None:
    """Neither one that came, nor one that went, nor one of a whole new job."""
    without, holding = {"a": {"source": {"z": 1}}}, {"a": {"source": {"z": 1, **secret}}}
    for old, new in ((without, holding), (holding, without), ({}, holding)):
        diff = changes(side("old", old), side("new", new))
        assert diff
        for shown in (render(diff), markdown(diff), text(diff, Paint()), repr(diff)):
            assert "hunter2" not in shown


def test_what_is_a_secret_now_is_not_shown_as_it_was() -> None:
    old = {"a": {"source": {"connection": {"host": "db.internal"}}}}
    new = {"a": {"source": {"connection": {"host": {"$ref": "secret:dativo/acme/host"}}}}}
    (job,) = changes(side("old", old), side("new", new)).jobs
    (change,) = job.changes
    assert change.hidden and change.old is None
    (job,) = changes(side("new", new), side("old", old)).jobs
    assert not job.changes[0].hidden


def test_a_manifest_without_secrets_is_told_as_it_is() -> None:
    tree = {
        "source": {"credentials": {"type": "api_key", "from_env": {"$ref": "env:KEY"}}},
        "digest": "x",
        "schema": [],
    }
    assert told_manifest(tree) == tree
