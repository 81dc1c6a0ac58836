"""`changes`: whatever the manifests are, all that differs is told, grouped and ranked, and makes one of the other."""

from __future__ import annotations

import json
from typing import Any

import jsonschema_rs
from hypothesis import given, settings
from hypothesis import strategies as st

from dativo_compile.report.diff.json import shape_of
from dativo_compile.report.diff.markdown import LIMIT
from dativo_compile.report.diff.markdown import render as markdown
from dativo_compile.report.diff.text import render as text
from dativo_compile.report.paint import Paint
from dativo_compile.review.diff.compare import changes
from dativo_compile.review.diff.model import RANKS, Diff
from dativo_compile.validation.load import schema_of
from tests.review.diff.sides import applied, side
from tests.review.diff.test_leaves import NAMED, SCALARS

SCHEMA = jsonschema_rs.Draft202012Validator(schema_of("diff"))
WORDS = st.sampled_from(["public", "PII", "acme", "x|y`z", "<b>", "@a", "1"])
REFERENCES = st.sampled_from(
    [{"$ref": "env:A"}, {"$ref": "env:B", "default": "1"}, {"$concat": ["s3://", {"$ref": "env:A"}]}]
)
KEYS = st.sampled_from(["name", "type", "ref", "bucket", "region", "role_arn", "prefix"])
TREES = st.recursive(
    st.one_of(SCALARS, NAMED, REFERENCES),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=10,
)
ROOTS = {
    "job": st.dictionaries(st.sampled_from(["id", "name", "tenant_id", "schedule"]), WORDS),
    "source": st.dictionaries(st.sampled_from(["type", "objects", "incremental", "connection"]), TREES),
    "target": st.dictionaries(st.sampled_from(["table", "location", "catalog", "write_mode", "connection"]), TREES),
    "schema": st.one_of(NAMED, TREES),
    "tags": st.dictionaries(st.sampled_from(["owner", "classification.default", "cost_center"]), WORDS),
    "table_properties": st.dictionaries(st.sampled_from(["tags.owner", "finops.cost_center", "dativo.job"]), WORDS),
    "references": st.lists(st.fixed_dictionaries({"ref": WORDS, "paths": st.lists(WORDS)}), max_size=3),
    "infrastructure": st.dictionaries(st.sampled_from(["provider", "metadata", "terraform"]), TREES),
    "x-own": TREES,
    "surprise": SCALARS,
}
MANIFESTS = st.fixed_dictionaries({"digest": st.just("sha256:" + "0" * 64)}, optional=ROOTS)
SIDES = st.dictionaries(st.sampled_from(["a", "b/c", "d"]), MANIFESTS, max_size=3)


def compared(old: Any, new: Any) -> Diff:
    return changes(side("old", old), side("new", new))


@settings(max_examples=100, deadline=None)
@given(SIDES)
def test_a_side_does_not_differ_from_itself(trees: Any) -> None:
    diff = compared(trees, json.loads(json.dumps(trees)))
    assert not diff
    assert diff.rank is None
    assert "no job changes" in text(diff, Paint()) and "no job changes" in markdown(diff)


@settings(max_examples=100, deadline=None)
@given(SIDES, SIDES)
def test_the_json_applied_to_the_base_gives_the_new_side(old: Any, new: Any) -> None:
    told = shape_of(compared(old, new))
    SCHEMA.validate(told)
    assert json.dumps(applied(old, told), sort_keys=True) == json.dumps(new, sort_keys=True)


@settings(max_examples=100, deadline=None)
@given(SIDES, SIDES)
def test_every_change_is_in_one_group_whose_rank_is_the_worst_of_its_own(old: Any, new: Any) -> None:
    diff = compared(old, new)
    told = sorted((job.job_id, repr(c.steps), c.how, c.rank) for job in diff.jobs for c in job.changes)
    grouped = sorted(
        (job, repr(row.steps), row.how, row.rank)
        for group in diff.groups
        for row in group.rows
        for variant in row.variants
        for job in variant.jobs
    )
    assert told == grouped
    for group in diff.groups:
        assert RANKS.index(group.rank) == min(RANKS.index(row.rank) for row in group.rows)
        assert set(group.jobs) == {job for row in group.rows for v in row.variants for job in v.jobs}
    assert [RANKS.index(g.rank) for g in diff.groups] == sorted(RANKS.index(g.rank) for g in diff.groups)


@settings(max_examples=100, deadline=None)
@given(SIDES, SIDES)
def test_every_rendering_stands_whatever_the_values(old: Any, new: Any) -> None:
    diff = compared(old, new)
    assert text(diff, Paint()).endswith("\n")
    assert len(markdown(diff)) <= LIMIT
