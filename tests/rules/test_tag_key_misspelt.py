"""Keys that look like slips of those that other jobs have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dativo_compile.diagnostics.diagnostic import Diagnostic
from dativo_compile.model.job import Claim
from dativo_compile.model.project import Project
from dativo_compile.model.tag_demands import TagDemands
from dativo_compile.rules.project.tag_key_misspelt import tag_key_misspelt
from tests.rules.placed import claim, underlined


def job(number: int, *keys: str, ours: bool = True) -> Claim:
    tags = "".join(f"    {key}: x\n" for key in keys)
    text = f"tenant_id: acme\ninfrastructure:\n  tags:\n{tags}asset_path: a.yaml\n"
    return replace(claim(f"j{number:05}", text=text if ours else None), tag_keys=keys)


def found(claims: Sequence[Claim], **said: Any) -> list[Diagnostic]:
    return list(tag_key_misspelt(claims, Project(Path(), tags=TagDemands(**said))))


def told(claims: Sequence[Claim], **said: Any) -> list[str]:
    return [each.message for each in found(claims, **said)]


def both(common: int, rare: int, *keys: str) -> list[Claim]:
    """`common` jobs with the first key, `rare` ones with the second."""
    return [job(n, keys[0]) for n in range(common)] + [job(common + n, keys[1]) for n in range(rare)]


@pytest.mark.parametrize(
    ("common", "rare", "suspected"),
    [(2, 1, False), (3, 1, True), (19, 2, False), (20, 2, True), (39, 4, False), (40, 4, True), (40, 1, True)],
)
def test_a_rare_key_beside_a_common_one(common: int, rare: int, suspected: bool) -> None:
    message = "the tag `cost_centre` looks like a misspelling of `cost_center`"
    assert told(both(common, rare, "cost_center", "cost_centre")) == [message] * suspected


@pytest.mark.parametrize(
    ("common", "rare"),
    [
        ("product", "project"), ("tier_1", "tier_2"), ("own", "owm"), ("ownr", "owner"), ("teams", "team"),
        ("classification.fields.email", "classification.fields.emails"),
    ],
)  # fmt: skip
def test_keys_that_are_right(common: str, rare: str) -> None:
    assert told(both(40, 1, common, rare)) == []


def test_a_key_that_the_project_knows_is_right_and_one_that_it_names_is_the_right_one() -> None:
    claims = both(40, 1, "cost_center", "cost_centre")
    assert told(claims, known=frozenset({"cost_centre"})) == []
    assert told(claims, named=frozenset({"cost_centre"})) == []
    swapped = both(40, 1, "sensitivty", "sensitivity")
    (said,) = found(swapped, named=frozenset({"sensitivity"}))
    assert said.message == "the tag `sensitivty` looks like a misspelling of `sensitivity`"
    assert said.notes == ("dativo.yaml names `sensitivity` under `tags`", "34 more jobs have `sensitivty`")
    assert len(said.related) == 5
    assert told([job(1, "sensitivty")], named=frozenset({"sensitivity"})) == [said.message]


def test_of_several_keys_the_most_used_is_meant() -> None:
    claims = [job(n, "colour") for n in range(5)] + [job(9 + n, "colours") for n in range(30)] + [job(99, "coloura")]
    (said,) = found(claims)
    assert (said.message.split("`")[3], said.notes) == ("colours", ("30 jobs have `colours`",))


def test_places_and_fix() -> None:
    jobs = [job(n, "cost_center") for n in range(4)]
    (said,) = found([*jobs, job(7, "cost_centre")])
    text = "tenant_id: acme\ninfrastructure:\n  tags:\n    cost_centre: x\n"
    assert underlined(text, said) == "cost_centre"
    assert said.fix is not None and [edit.text for edit in said.fix.edits] == ["cost_center"]


def test_jobs_that_are_known_from_the_index_count_and_are_not_reported() -> None:
    known = [job(n, "cost_center", ours=False) for n in range(20)]
    (said,) = found([*known, job(30, "cost_centre"), job(1, "cost_centre", ours=False)])
    assert said.place is not None and said.place.file == "jobs/j00030.yaml"
    assert [one.place.file for one in said.related] == ["jobs/j00001.yaml"]
    assert told([*known, job(30, "cost_centre", ours=False)]) == []
    assert told([]) == []


def test_one_slip_among_ten_thousand_jobs_that_each_have_a_key_of_their_own() -> None:
    claims = [replace(job(0), job_id=str(n), tag_keys=("cost_center", f"key {n:06} of its own")) for n in range(10_000)]
    assert told([*claims, job(1, "cost_centre")]) == ["the tag `cost_centre` looks like a misspelling of `cost_center`"]
