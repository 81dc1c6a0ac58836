"""Rules about tenants hold in any order of jobs and however many there are; the fast ways equal the plain ones."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dativo_compile.diagnostics.diagnostic import Diagnostic
from dativo_compile.model.job import Claim
from dativo_compile.model.project import Project, Sharing
from dativo_compile.passes.check_project import check_project
from dativo_compile.rules.project.location_nested import location_nested
from dativo_compile.rules.project.storage_shared import shared_storages
from tests.rules.placed import claim

SHARING = (Sharing("storage", "s3://a/b", "why"), Sharing("secret", "pw", "why", ("t1", "t2")))
PARTS = st.lists(st.sampled_from("ab"), min_size=1, max_size=4).map(lambda parts: "s3://" + "/".join(parts))
TENANTS = st.sampled_from(("t1", "t2", "t3"))
NAMES = st.lists(st.sampled_from(("s3://a", "s3://b", "r1", "r2")), max_size=3, unique=True).map(tuple)


@st.composite
def claims(draw: st.DrawFn) -> list[Claim]:
    made: list[Claim] = []
    for number in range(draw(st.integers(1, 9))):
        root = draw(PARTS)
        state = draw(st.sampled_from(("", "s1", "s2")))
        more: dict[str, Any] = {
            "tenant": draw(TENANTS), "identity": draw(st.sampled_from("uvw")), "storage": root,
            "location": root if draw(st.booleans()) else f"{root}/{number}",
            "state": state, "reads": state, "secrets": draw(st.sampled_from(((), ("pw",), ("pw", "user")))),
            "environment": draw(st.sampled_from(("", "prod"))), "account": draw(st.sampled_from(("", "1", "2"))),
            "resources": draw(NAMES), "uses": tuple((name, "x") for name in draw(NAMES)),
            "text": draw(st.sampled_from(("tenant_id: t\n", "tenant_id: t\n", None))),
        }  # fmt: skip
        made.append(claim(f"j{number}", **more))
    return made


def findings(jobs: Sequence[Claim], *sharing: Sharing) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    check_project(jobs, Project(Path("/"), sharing=sharing), found)
    return sorted(found, key=lambda each: each.sort_key)


@given(claims(), st.randoms(use_true_random=False))
def test_the_order_of_jobs_never_shows(jobs: list[Claim], random: Any) -> None:
    shuffled = list(jobs)
    random.shuffle(shuffled)
    assert findings(shuffled, *SHARING) == findings(jobs, *SHARING)
    assert findings(shuffled) == findings(jobs)


@given(claims())
def test_only_jobs_of_this_compile_are_blamed_and_no_finding_names_a_job_twice(jobs: list[Claim]) -> None:
    ours = {job.file for job in jobs if job.ours}
    for each in findings(jobs):
        assert each.place is not None
        assert each.place.file in ours
        named = [each.place.file, *(other.place.file for other in each.related)]
        assert len(set(named)) == len(named) <= 6


SHARED: list[tuple[str, dict[str, Any]]] = [
    ("storage-shared", {"storage": "s3://lake"}),
    ("state-shared", {"state": "s", "reads": "s"}),
    ("secret-shared", {"secrets": ("pw",)}),
    ("resource-shared", {"resources": ("role",)}),
]


@pytest.mark.parametrize(("code", "same"), SHARED)
@pytest.mark.parametrize("count", [2, 3, 40])
def test_jobs_of_two_tenants_that_share_are_one_finding(code: str, same: dict[str, Any], count: int) -> None:
    jobs = [
        claim(f"j{n:02}", tenant=f"t{n % 2}", identity=str(n), location=f"s3://lake/{n}", **same) for n in range(count)
    ]
    (found,) = findings(jobs)
    assert found.code.name == code
    assert (len(found.related), len(found.notes), found.message.count("`t")) == (1, count > 2, 2)


@given(st.lists(st.tuples(TENANTS, PARTS, st.booleans()), max_size=12))
def test_the_walk_finds_the_places_that_comparing_all_finds(drawn: list[tuple[str, str, bool]]) -> None:
    jobs = [
        claim(f"j{n}", tenant=tenant, storage=path, location=f"{path}/{n}" if is_root else path)
        for n, (tenant, path, is_root) in enumerate(drawn)
    ]
    roots = [job for job in jobs if job.location != job.storage]
    meets = {
        (root.job_id, job.job_id) for root in roots for job in jobs if f"{job.storage}/".startswith(f"{root.storage}/")
    }
    groups: list[set[str]] = []  # joined while any two have a job in common
    for pair in meets:
        touching = [group for group in groups if group.intersection(pair)]
        groups = [group for group in groups if group not in touching] + [set(pair).union(*touching)]
    tenant = {job.job_id: job.tenant for job in jobs}
    wanted = {frozenset(group) for group in groups if len({tenant[job] for job in group}) > 1}
    assert {frozenset(job.job_id for job in shared.claims) for shared in shared_storages(jobs)} == wanted


@given(st.lists(PARTS, max_size=12, unique=True))
def test_the_walk_finds_the_tables_within_tables_that_comparing_all_finds(paths: list[str]) -> None:
    jobs = [claim(f"j{n:02}", identity=path, table=path, location=path) for n, path in enumerate(paths)]
    wanted = {outer: {path for path in paths if path.startswith(f"{outer}/")} for outer in paths}
    found = {each.message.split("`")[1]: each for each in location_nested(jobs, Project(Path("/")))}
    assert found.keys() == {outer for outer, inner in wanted.items() if inner}
    for outer, each in found.items():
        assert len(each.related) == min(5, len(wanted[outer]))
