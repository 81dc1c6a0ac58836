"""Plans of a real terraform: those of the cases are made again, and what is told of them is what their apply does."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from dativo_compile.build import build
from dativo_compile.model.project import Request
from dativo_compile.report.diff.json import shape_of
from dativo_compile.sides.planned import planned
from tests.review.diff.sides import Trees, applied
from tools import golden, terraform
from tools.plans import CASES, FILE, PLANS, Planned, make, settled, take

BUILD = Path("build")
BY_CASE = {plan.case: plan for plan in PLANS}
APPLIED = ("plan-update", "plan-unknown", "plan-unknown-member", "plan-create", "plan-limited", "plan-sensitive")
WORDS = re.compile(r"\\\((?:known\\ after\\ apply|no\\ longer\\ sensitive)\\\)")


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: f"{plan.case}-{plan.file}")
def test_terraform_makes_the_same_plans_again(plan: Planned, tmp_path: Path) -> None:
    """What tells of outputs agrees whatever version made it; the rest of the file is the version's own."""
    make(plan, tmp_path)
    live, ours = (json.loads((folder / plan.file).read_text("utf-8")) for folder in (tmp_path, CASES / plan.case))
    for name in ("output_changes", "complete", "errored", "applyable"):
        assert live.get(name) == ours.get(name), name
    assert live["format_version"].split(".")[0] == ours["format_version"].split(".")[0]
    for name in ("values", "planned_values"):
        assert live.get(name, {}).get("outputs") == ours.get(name, {}).get("outputs")


@pytest.mark.parametrize("case", ["plan-update", "plan-unknown", "plan-unknown-member", "plan-create", "plan-destroy"])
def test_a_live_plan_is_told_as_the_committed_one(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = golden.expected(case)
    make(BY_CASE[case], shutil.copytree(CASES / case, tmp_path / "cases" / case))
    monkeypatch.setattr(golden, "CASES", tmp_path / "cases")
    assert golden.outcome(case, tmp_path / "work") == ours


@pytest.mark.parametrize("case", APPLIED)
def test_what_is_told_is_what_the_apply_does(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = BY_CASE[case]
    project = shutil.copytree(CASES / case, tmp_path / "project")
    module = tmp_path / "module"
    module.mkdir()
    monkeypatch.chdir(project)
    before: Trees = {}
    if (project / plan.before).is_dir():
        shutil.rmtree(project / plan.module)
        shutil.copytree(project / plan.before, project / plan.module)  # the module as it was applied
        take(project / plan.before, module)
        terraform.run(module, "init", "-no-color")
        terraform.run(module, "apply", "-auto-approve", "-no-color")
        before = compiled(module, "before.json")
        shutil.copytree(CASES / case / plan.module, project / plan.module, dirs_exist_ok=True)
    take(CASES / case / plan.module, module)
    terraform.run(module, "init", "-no-color")
    terraform.run(module, "plan", "-no-color", "-out=tfplan", *plan.args)
    Path(FILE).write_text(terraform.run(module, "show", "-json", "-no-color", "tfplan"), "utf-8")
    told = planned(Request(()), [FILE]).preview
    assert told.diff is not None
    terraform.run(module, "apply", "-no-color", "tfplan")
    after = compiled(module, "after.json")
    promised = applied(before, shape_of(told.diff))
    assert promised.keys() == after.keys()
    for job_id, tree in promised.items():
        assert not differing(tree, after[job_id]), job_id


def compiled(module: Path, file: str) -> Trees:
    """The manifests as they are with the outputs that terraform tells; the lock is written, too."""
    Path(file).write_text(terraform.run(module, "output", "-json", "-no-color"), "utf-8")
    done = build(Request((), states=(file,)), BUILD)
    assert done.good, done.diagnostics
    jobs = json.loads((BUILD / "index.json").read_bytes())["jobs"]
    return {job_id: json.loads((BUILD / f"{job_id}.json").read_bytes()) for job_id in jobs}


def differing(told: Any, real: Any, path: str = "") -> list[str]:
    """Where the two differ in more than what was not known; of digests nothing is promised then."""
    if isinstance(told, dict) and isinstance(real, dict):
        names = (told.keys() | real.keys()) - {"digest"}
        return [each for name in sorted(names) for each in differing(told.get(name), real.get(name), f"{path}.{name}")]
    if isinstance(told, list) and isinstance(real, list) and len(told) == len(real):
        return [
            each for at, pair in enumerate(zip(told, real, strict=True)) for each in differing(*pair, f"{path}[{at}]")
        ]
    if isinstance(told, str) and WORDS.search(re.escape(told)):
        shown = real if isinstance(real, str) else json.dumps(real)
        return [] if re.fullmatch(WORDS.sub(".+", re.escape(told)), shown, re.DOTALL) else [path]
    return [] if told == real else [path]


def test_ids_are_settled_by_the_order_in_which_they_stand() -> None:
    first, second = "0b5e3c0c-3f3c-4c7e-9d5e-000000000001", "0b5e3c0c-3f3c-4c7e-9d5e-000000000002"
    text = f'{{"timestamp":"2030-01-01T00:00:00Z","a":"{second}","b":"{first}","c":"{second}"}}'
    made = json.loads(settled(text, "x"))
    assert made["a"] == made["c"] != made["b"]
    assert made == json.loads(settled(text.replace(first, first[:-1] + "9").replace("2030", "2031"), "x"))
