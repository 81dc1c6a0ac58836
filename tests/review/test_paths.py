"""Paths as people write them."""

from __future__ import annotations

import pytest

from dativo_compile.model.usage import UsageError
from dativo_compile.review.paths import find, leaves

TREE = {
    "target": {"connection": {"s3": {"bucket": "b", "empty": {}}}},
    "table_properties": {"infrastructure.cost_center": "1", "infrastructure": "2", "a.b": "3"},
    "schema": [{"name": "id", "type": "bigint"}, {"name": "e.mail", "type": "string"}],
    "ref": {"$ref": "env:X"},
}


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("target.connection.s3.bucket", ("target", "connection", "s3", "bucket")),
        ("table_properties.infrastructure.cost_center", ("table_properties", "infrastructure.cost_center")),
        ("table_properties.infrastructure", ("table_properties", "infrastructure")),
        ('table_properties["a.b"]', ("table_properties", "a.b")),
        ("schema[1].type", ("schema", 1, "type")),
        ("schema.1.type", ("schema", 1, "type")),
        ("schema.id.type", ("schema", 0, "type")),
        ("schema.e.mail.type", ("schema", 1, "type")),
        ("schema", ("schema",)),
    ],
)
def test_a_path_is_found(text: str, steps: tuple[str | int, ...]) -> None:
    assert find(TREE, text) == steps


@pytest.mark.parametrize(
    ("text", "help"),
    [
        (
            "target.connection.s3.bukket",
            "did you mean `target.connection.s3.bucket`? `target.connection.s3` has `bucket`, `empty`",
        ),
        ("tagret.x", "did you mean `target`? the manifest has `target`, `table_properties`, `schema`, `ref`"),
        ("schema.idd.type", "did you mean `schema.id`? `schema` has `id`, `e.mail`"),
        ("target.connection.s3.bucket.x", "`target.connection.s3.bucket` is a value and has nothing below it"),
        ("ref.x", "`ref` is a value and has nothing below it"),
        ("", None),
    ],
)  # fmt: skip
def test_an_unknown_path_is_told_what_there_is(text: str, help: str | None) -> None:
    if help is None:
        assert find(TREE, text) == ()
        return
    with pytest.raises(UsageError) as caught:
        find(TREE, text)
    assert caught.value.help == help


def test_references_and_empty_mappings_are_leaves() -> None:
    assert list(leaves(TREE["target"], ())) == [("connection", "s3", "bucket"), ("connection", "s3", "empty")]
    assert list(leaves(TREE["ref"], ())) == [()]
