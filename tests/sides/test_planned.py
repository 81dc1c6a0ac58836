"""A plan previewed is what a compile after its apply gives; what it does not tell reaches what brute force finds."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from benchmarks.workload import make
from dativo_compile.model.project import Request
from dativo_compile.model.unknown import HINT
from dativo_compile.pipeline import compile_project
from dativo_compile.report.diff.json import shape_of
from dativo_compile.report.paint import Paint
from dativo_compile.report.plan import json as as_json
from dativo_compile.report.plan import markdown, text
from dativo_compile.review.planned import Preview
from dativo_compile.sides.planned import planned
from tests.review.diff.sides import Trees, applied
from tests.terraform.plans.documents import change, hidden, plan

JOBS = 24
NEW: dict[str, Any] = {
    "s3_bucket_name": "lake-of-tomorrow", "glue_database_name": "tomorrow", "rds_port": 6432,
    "iam_role_arn": "arn:aws:iam::012345678901:role/tomorrow", "rds_address": "tomorrow.rds.example",
    "network": {"vpc_id": "vpc-1", "subnet_ids": ["subnet-a", "subnet-b"]},
}  # fmt: skip
Outputs = dict[str, dict[str, Any]]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "project"
    make(root, JOBS)
    monkeypatch.chdir(root)
    return root


def states(root: Path) -> dict[str, Path]:
    return {path.stem: path for path in sorted((root / "states").iterdir())}


def outputs_of(state: Path) -> Outputs:
    found: Outputs = json.loads(state.read_text("utf-8"))["outputs"]
    return found


def trees() -> Trees:
    done = compile_project(Request(()))
    assert not done.failed, done.diagnostics
    return {manifest.job_id: json.loads(manifest.data) for manifest in done.manifests}


def plan_for(outputs: Outputs, new: dict[str, Any], unknown: dict[str, Any] | None = None) -> bytes:
    """A plan that gives some outputs other values, and leaves some unknown; all others stay."""
    changes = {}
    for name, output in outputs.items():
        made = hidden if output.get("sensitive") else change
        changes[name] = made(output["value"], new.get(name, output["value"]), unknown=(unknown or {}).get(name, False))
    return plan(changes)


def apply(state: Path, new: dict[str, Any]) -> None:
    whole = json.loads(state.read_text("utf-8"))
    for name, value in new.items():
        whole["outputs"][name]["value"] = value
    state.write_text(json.dumps(whole), "utf-8")


def preview(**plans: bytes) -> Preview:
    """By workspace; dashes stand as underscores."""
    texts = []
    for name, data in plans.items():
        Path(f"{name}.json").write_bytes(data)
        texts.append(f"{name.replace('_', '-')}={name}.json")
    return planned(Request(()), texts).preview


def moved_away(told: Preview) -> bool:
    """Whether nothing is found but that a bucket or role moves away from the resources that its job lists."""
    return {found.code.name for found in told.diagnostics} <= {"target-undeclared"}


@pytest.mark.parametrize("seed", range(4))
def test_what_a_plan_makes_is_what_a_compile_makes_after_its_apply(project: Path, seed: int) -> None:
    pick = random.Random(seed)
    moves = {
        name: {key: NEW[key] for key in pick.sample(sorted(NEW), 3)} for name in pick.sample(sorted(states(project)), 2)
    }
    before = trees()
    told = preview(**{n.replace("-", "_"): plan_for(outputs_of(states(project)[n]), new) for n, new in moves.items()})
    assert told.diff is not None and moved_away(told) and not told.unknown
    for name, new in moves.items():
        apply(states(project)[name], new)
    after = trees()
    assert before != after
    assert applied(before, shape_of(told.diff)) == after
    changed = {job_id for job_id in after if after[job_id] != before[job_id]}
    assert {job.job_id for job in told.diff.jobs} == changed
    assert {job_id for moved in told.moved for job_id in moved.jobs} == changed
    assert {group.cause.kind for group in told.diff.groups} == {"output"}
    assert (told.diff.before, told.diff.after) == (JOBS, JOBS)


# An output, how a plan marks it, and two values that it might get.
BLIND: list[tuple[str, Any, Any, Any]] = [
    ("s3_bucket_name", True, "lake-a", "lake-b"), ("iam_role_arn", True, "arn:aws:iam::1:role/a", "b"),
    ("rds_port", True, 1, 2), ("rds_address", True, "a", "b"), ("glue_database_name", True, "aa", "bb"),
    ("network", True, {"subnet_ids": ["a"]}, {"subnet_ids": ["b"]}),
    ("network", {"subnet_ids": [True]}, {"subnet_ids": ["a"]}, {"subnet_ids": ["b"]}),
    ("network", {"vpc_id": True}, {"vpc_id": "a", "subnet_ids": ["s"]}, {"vpc_id": "b", "subnet_ids": ["s"]}),
]  # fmt: skip


@pytest.mark.parametrize(("output", "unknown", "one", "other"), BLIND, ids=lambda value: str(value)[:24])
def test_an_unknown_value_reaches_the_fields_in_which_two_values_differ(
    project: Path, output: str, unknown: Any, one: Any, other: Any
) -> None:
    name, state = next(iter(states(project).items()))
    told = preview(**{name.replace("-", "_"): plan_for(outputs_of(state), {output: one}, {output: unknown})})
    assert not told.diagnostics
    reached = {(field.path, job_id) for reach in told.unknown for field in reach.fields for job_id in field.jobs}
    apply(state, {output: one})
    first = trees()
    apply(state, {output: other})
    second = trees()
    assert reached == {(path, job_id) for job_id in first for path in differing(first[job_id], second[job_id])}
    assert {reach.output for reach in told.unknown} <= {output}


def differing(one: Any, other: Any, path: str = "") -> set[str]:
    if isinstance(one, dict) and isinstance(other, dict):
        below = (
            differing(one.get(key), other.get(key), f"{path}.{key}".lstrip(".")) for key in one.keys() | other.keys()
        )
        return {found for part in below for found in part} - {"digest"}
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return {
            found for at, pair in enumerate(zip(one, other, strict=True)) for found in differing(*pair, f"{path}[{at}]")
        }
    return set() if one == other else {path}


def test_nobody_sees_what_stands_for_an_unknown_value(project: Path) -> None:
    name, state = next(iter(states(project).items()))
    outputs = outputs_of(state)
    told = preview(**{name.replace("-", "_"): plan_for(outputs, {}, dict.fromkeys(outputs, True))})
    for shown in (text.render(told, Paint()), markdown.render(told), as_json.render(told)):
        assert "(known after apply)" in shown
        assert not HINT.search(shown)


def test_a_job_that_cannot_be_compiled_yet_is_new(project: Path) -> None:
    name, state = next(iter(states(project).items()))
    outputs = outputs_of(state)
    created = plan({key: change(None, output["value"]) for key, output in outputs.items()})
    told = preview(**{name.replace("-", "_"): created})
    assert told.diff is not None and not told.diagnostics
    assert {job.how for job in told.diff.jobs} == {"added"}
    assert {job.job_id for job in told.diff.jobs} == {job_id for moved in told.moved for job_id in moved.jobs} != set()
    assert told.diff.after - told.diff.before == len(told.diff.jobs)


def test_states_of_a_plan_are_not_read(project: Path) -> None:
    """Nor is a state that does not even exist yet missed."""
    gone = {name: outputs_of(path) for name, path in states(project).items()}
    for path in states(project).values():
        path.unlink()
    told = preview(**{name.replace("-", "_"): plan_for(outputs, NEW) for name, outputs in gone.items()})
    assert told.diff is not None and moved_away(told)
    assert len(told.diff.jobs) == JOBS


def test_many_jobs_are_one_screen(project: Path) -> None:
    name, state = next(iter(states(project).items()))
    told = preview(
        **{name.replace("-", "_"): plan_for(outputs_of(state), {"s3_bucket_name": "x-1"}, {"iam_role_arn": True})}
    )
    shown = text.render(told, Paint()).splitlines()
    assert len(shown) <= 24, "\n".join(shown)


def test_two_plans_of_one_name_stay_apart(project: Path) -> None:
    """Files of one name in two folders: neither their outputs nor what is unknown in them are one."""
    texts = []
    for name in list(states(project))[:2]:
        folder = project.parent / name
        folder.mkdir()
        (folder / "plan.json").write_bytes(plan_for(outputs_of(states(project)[name]), {}, {"s3_bucket_name": True}))
        texts.append(f"{name}={folder / 'plan.json'}")
    told = planned(Request(()), texts).preview
    assert not told.diagnostics
    assert (
        {each.plan for each in told.unknown}
        == {each.plan for each in told.moved}
        == {each.location for each in told.plans}
    )
    assert len({each.plan for each in told.unknown}) == 2
    first, second = ({job for each in told.unknown if each.plan == p.location for job in each.jobs} for p in told.plans)
    assert first and second and not first & second
