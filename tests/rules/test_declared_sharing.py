"""What `dativo.yaml` declares as shared is kept quiet, as far as it says; what nobody shares is told."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from dativo_compile.model.job import Claim
from dativo_compile.model.project import Request, Sharing
from dativo_compile.pipeline import compile_project
from tests.rules.placed import claim, underlined
from tests.rules.tenants import BUCKET, ROLE, accounts, below, findings, job
from tests.rules.test_project_rules import shown

CASES = Path(__file__).resolve().parent.parent / "cases"
ALL = {
    "storage": ([below("a/x", "s3://lake/wh"), below("b/x", "s3://lake/wh")], "s3://lake/wh", "storage-shared"),
    "state": ([job("a/x", state="s", reads="m:w"), job("b/x", state="s", reads="m:w")], "m:w", "state-shared"),
    "secret": ([job("a/x", secrets=("pw",)), job("b/x", secrets=("pw",))], "pw", "secret-shared"),
    "resource": ([job("a/x", resources=(ROLE,)), job("b/x", resources=(ROLE,))], ROLE, "resource-shared"),
    "foreign": ([job("a/x", resources=(ROLE,)), job("b/x", uses=((ROLE, "x"),))], ROLE, "resource-foreign"),
    "account": (accounts(("x", "1"), ("y", "2")), "2", "tenant-in-two-accounts"),
}


@pytest.mark.parametrize("case", ALL)
def test_a_declaration_keeps_quiet_what_it_names_for_whom_it_names(case: str) -> None:
    claims, name, code = ALL[case]
    kind = "resource" if case == "foreign" else case
    everyone = Sharing(kind, name, "why")
    assert [each.code.name for each in findings(claims)] == [code]
    assert findings(claims, everyone) == []
    assert findings(claims, Sharing(kind, name, "why", ("a", "b", "c"))) == []
    assert findings(claims, Sharing(kind, name, "why", ("b", "c"))) != [] or case == "account"
    assert findings(claims, Sharing(kind, name, "why", ("c",))) != []
    assert findings(claims, Sharing(kind, f"{name}x", "why")) != []


def test_of_tenants_that_are_not_declared_one_is_blamed() -> None:
    claims = [below(f"{t}/x", "s3://lake") for t in "abc"]
    (found,) = findings(claims, Sharing("storage", "s3://lake", "why", ("b", "c")))
    assert shown([found]) == [("storage-shared", "jobs/a/x.yaml", ["jobs/b/x.yaml", "jobs/c/x.yaml"])]
    assert found.notes == ("dativo.yaml declares it for `b` and `c` only",)
    assert found.help.endswith("or add `a` to its `tenants` there")
    pairs = (Sharing("storage", "s3://lake", "why", ("a", "b")), Sharing("storage", "s3://lake", "why", ("b", "c")))
    (found,) = findings(claims, *pairs)  # nothing says that a and c may
    assert "declare it in dativo.yaml" in found.help


def test_a_declared_bucket_may_be_declared_and_used_by_all() -> None:
    place = Sharing("storage", "s3://lake", "why")
    declarers = [job("a/x", resources=("s3://lake",)), job("b/x", resources=("s3://lake",))]
    user = job("b/x", uses=(BUCKET,), storage="s3://lake/b/t", location="s3://lake/b/t")
    assert findings(declarers, place) == []
    assert findings([declarers[0], user], place) == []
    assert findings([declarers[0], user], Sharing("storage", "s3://lake/b", "why")) == []
    assert findings([declarers[0], user], Sharing("storage", "s3://lake/c", "why")) != []


UNUSED = "sharing:\n  - {0}: {1}\n    reason: why\n"


@pytest.mark.parametrize("case", ALL)
def test_a_declaration_of_nothing_is_told_when_all_is_known(case: str) -> None:
    claims, name, _ = ALL[case]
    kind = "resource" if case == "foreign" else case
    text = UNUSED.format(kind, f'"{name}"')
    used = Sharing(kind, name, "why")
    assert findings(claims, used, text=text, whole=True) == []
    assert findings(claims[:1], used, text=text) == []
    (found,) = findings(claims[:1], used, text=text, whole=True)
    assert (found.code.name, underlined(text, found)) == ("sharing-unused", f'"{name}"')
    others = [
        each.code.name for each in findings(claims, Sharing(kind, name, "why", ("c", "d")), text=text, whole=True)
    ]
    assert others == ["sharing-unused", ALL[case][2]]


def test_jobs_of_the_index_are_never_blamed() -> None:
    for claims, _, code in ALL.values():
        known = [claim(one.job_id, text=None, **_fields(one)) for one in claims]
        assert findings(known) == []
        if code != "resource-foreign":  # only who uses it is at fault
            assert [each.code.name for each in findings([claims[0], known[1]])] == [code]
        assert [each.code.name for each in findings([known[0], claims[1]])] == [code]


def _fields(one: Claim) -> dict[str, Any]:
    names = (
        "tenant",
        "table",
        "location",
        "secrets",
        "state",
        "environment",
        "provider",
        "account",
        "storage",
        "reads",
    )
    return {"identity": one.identity[0], "resources": one.resources} | {name: getattr(one, name) for name in names}


def test_a_compile_that_does_not_know_all_jobs_calls_no_declaration_idle(tmp_path: Path) -> None:
    def idle(*paths: str) -> int:
        done = compile_project(Request(tuple(tmp_path / path for path in paths)))
        return sum(each.code.name == "sharing-unused" for each in done.diagnostics)

    shutil.copytree(CASES / "sharing-unused", tmp_path, dirs_exist_ok=True)
    assert idle("jobs") == idle(".") == 5
    assert idle("jobs/acme") == 0
    (tmp_path / "jobs/broken.yaml").write_text("tenant_id: initech\n", "utf-8")
    assert idle("jobs") == 0
