"""What tenants share, on claims made by hand: who is told, where, and how often."""

from __future__ import annotations

import pytest

from tests.rules.placed import underlined
from tests.rules.tenants import BUCKET, ROLE, accounts, below, findings, job
from tests.rules.test_project_rules import shown

PLACES = [
    ("s3://lake", "s3://lake", True),
    ("s3://lake/", "s3a://lake", True),
    ("s3://lake", "s3://lake/wh", True),
    ("s3://lake/wh/a", "s3://lake/wh", True),
    ("s3://lake/wh", "s3://lake/wh2", False),
    ("s3://lake", "s3://lake2", False),
    ("s3://lake", "gs://lake", False),
    ("abfss://c@one.dfs.core.windows.net", "abfss://c@two.dfs.core.windows.net", False),
    ("file:///data", "file:///data", False),
    (".dativo/warehouse", ".dativo/warehouse", False),
    ("warehouse", "warehouse", False),
    ("", "", False),
]


@pytest.mark.parametrize(("one", "other", "shared"), PLACES)
def test_two_tenants_in_one_place(one: str, other: str, shared: bool) -> None:
    for first, second in ((one, other), (other, one)):
        found = findings([below("b/x", second), below("a/x", first), below("a/y", first)])
        assert shown(found) == ([("storage-shared", "jobs/b/x.yaml", ["jobs/a/x.yaml"])] if shared else [])
        assert [each.notes for each in found] == ([("so does `a/y`",)] if shared else [])
    assert findings([below("a/x", one), below("a/y", other, environment="dev")]) == []


def test_a_prefix_of_one_table_is_a_root_of_none() -> None:
    table = job("a/x", storage="s3://lake/raw", location="s3://lake/raw")
    inner = job("b/x", storage="s3://lake/raw/b", location="s3://lake/raw/b")
    assert [code for code, _, _ in shown(findings([table, inner]))] == ["location-nested"]
    assert [code for code, _, _ in shown(findings([table, below("b/x", "s3://lake")]))] == ["storage-shared"]


def test_many_tenants_in_one_place_are_one_finding() -> None:
    claims = [below(f"t{number:02}/{name}", "s3://lake") for number in range(30) for name in "xyz"]
    (found,) = findings(claims)
    assert found.message.startswith(
        "the tenants `t00`, `t01`, `t02`, `t03`, `t04` and 25 more keep tables in one place"
    )
    assert len(found.related) == 5
    assert found.notes == ("so do `t00/y`, `t00/z`, `t01/y`, `t01/z`, `t02/y` and 79 more jobs",)


def test_who_uses_the_bucket_of_another_is_told_that_and_no_more() -> None:
    owner = below("a/x", "s3://lake", resources=("s3://lake",))
    guest = below("b/x", "s3://lake", uses=(("s3://lake", "target.warehouse"),))
    assert [code for code, _, _ in shown(findings([owner, guest]))] == ["resource-foreign"]
    also = below("c/x", "s3://lake", resources=("s3://lake",))
    assert shown(findings([owner, guest, also])) == [
        ("resource-foreign", "jobs/b/x.yaml", ["jobs/a/x.yaml"]),
        ("storage-shared", "jobs/c/x.yaml", ["jobs/a/x.yaml"]),  # and not: resource-shared, for the same bucket
    ]


def test_a_state_is_one_by_whatever_name() -> None:
    one = job("a/x", state="states/x.json", reads="a-prod")
    other = job("b/x", state="states/x.json", reads="b-prod")
    (found,) = findings([one, other, job("c/x", state="states/c.json", reads="c-prod")])
    assert found.message == "the tenants `a` and `b` read one state, `states/x.json`"
    elsewhere = job("b/x", reads="a-prod", text=None)  # known from the index: by its key alone
    assert shown(findings([one, elsewhere])) == [("state-shared", "jobs/a/x.yaml", ["jobs/b/x.yaml"])]
    assert findings([one, job("a/y", state="states/x.json", reads="b-prod")]) == []


def test_a_secret_from_two_states_is_another_error() -> None:
    one = job("a/x", secrets=("pw", "user"), state="s1", reads="s1")
    assert [each.code.name for each in findings([one, job("b/x", secrets=("pw",), state="s2", reads="s2")])] == [
        "secret-contested"
    ]
    shared = [
        each for each in findings([one, job("b/x", secrets=("pw", "user"), state="s1")]) if each.code.id == "DC7008"
    ]
    assert [(each.message, each.notes) for each in shared] == [
        ("the tenants `a` and `b` have one secret, `pw`", ("they share `user` too",))
    ]


GLUE = "arn:aws:glue:eu-west-1:012345678901:database/db"


@pytest.mark.parametrize(
    ("declared", "used", "foreign"),
    [
        ("s3://lake", "s3://lake", True),
        ("s3://lake", "s3://lake2", False),
        (GLUE, "arn::glue:eu-west-1:012345678901:database/db", True),
        (GLUE, "arn::glue:eu-west-1::database/db", True),
        (GLUE, "arn::glue:::database/db", True),
        (GLUE, "arn::glue:us-east-1::database/db", False),
        (GLUE, "arn::glue:eu-west-1:210987654321:database/db", False),
        ("projects/p/datasets/d", "projects//datasets/d", True),
        ("projects/p/datasets/d", "projects/q/datasets/d", False),
        ("db.acme.example", "db.acme.example", True),
    ],
)
def test_a_job_names_what_another_tenant_declares(declared: str, used: str, foreign: bool) -> None:
    owner, user = job("a/x", resources=(declared,)), job("b/x", uses=((used, "target.x"),))
    assert shown(findings([user, owner])) == (
        [("resource-foreign", "jobs/b/x.yaml", ["jobs/a/x.yaml"])] if foreign else []
    )
    assert findings([user, owner, job("b/y", resources=(declared,), text=None)])[0:1] == findings(
        [owner, job("b/y", resources=(declared,), text=None)]
    )  # its own too: then it is shared, and that is told once
    assert findings([job("b/x", uses=(), text=None), owner]) == []


def test_jobs_that_use_the_same_of_another_are_one_finding() -> None:
    owners = [job("z/x", resources=(ROLE, "s3://lake")), job("y/x", resources=("s3://lake",), text=None)]
    uses = (BUCKET, (ROLE, "infrastructure.metadata.role"))
    found = [
        each for each in findings([*owners, *(job(f"a/{n}", uses=uses) for n in range(20))]) if each.code.id == "DC7009"
    ]
    assert [(each.place.file if each.place else "", each.message.rsplit(" ", 1)[1], each.notes) for each in found] == [
        ("jobs/a/0.yaml", "`z`", (REST,)),
        ("jobs/a/0.yaml", "`y`", ("it belongs to `z` as well", REST)),
    ]


REST = "so do `a/1`, `a/10`, `a/11`, `a/12`, `a/13` and 14 more jobs"
TEXTS = [
    ("target:\n  connection: {s3: {bucket: lake}}\n", "lake", ()),
    (
        "infrastructure:\n  terraform:\n    outputs: {bucket: [x.y, target.connection.s3.bucket]}\n",
        "[x.y, target.connection.s3.bucket]",
        ("the value is that of the output `bucket` of states/a.json",),
    ),
    (
        "infrastructure:\n  terraform:\n    outputs: {storage: target.connection.s3}\n",
        "target.connection.s3",
        ("the value is that of the output `storage` of states/a.json",),
    ),
    ("target_connector_path: lake.yaml\n", "lake.yaml", ("the value is that of the connector",)),
    ("target:\n  connection: {s3: {prefix: raw}}\n", "{prefix: raw}", ()),
    ("asset: orders\n", "tenant_id", ()),
]


@pytest.mark.parametrize(("text", "at", "notes"), TEXTS)
def test_a_finding_points_at_what_gives_the_value(text: str, at: str, notes: tuple[str, ...]) -> None:
    whole = f"tenant_id: b\n{text}"
    user = job("b/x", uses=(BUCKET,), text=whole, state="states/a.json", reads="a")
    (found,) = findings([job("a/x", resources=("s3://lake",)), user])
    assert underlined(whole, found) == at
    assert found.notes == notes


def test_a_resource_that_two_declare() -> None:
    text = """\
tenant_id: {0}
infrastructure:
  provider:
    resources:
      - {{resource_type: s3_bucket, resource_id: "arn:aws:s3:::{0}-lake"}}
      - {{resource_type: iam_role, resource_id: "arn:aws:iam::012345678901:role/team/etl"}}
"""
    claims = [job(f"{t}/x", resources=(ROLE, f"s3://{t}-lake"), text=text.format(t)) for t in "ab"]
    (found,) = findings([*claims, job("b/y", resources=(ROLE,))])
    assert shown([found]) == [("resource-shared", "jobs/b/x.yaml", ["jobs/a/x.yaml"])]
    assert underlined(text.format("b"), found) == '"arn:aws:iam::012345678901:role/team/etl"'
    assert found.notes == ("so does `b/y`",)


def test_a_tenant_in_two_accounts_is_noted_where_the_fewest_jobs_are() -> None:
    (found,) = findings(accounts(("p", "2"), ("q", "1"), ("r", "1")))
    assert (found.severity, shown([found])) == (
        "note",
        [("tenant-in-two-accounts", "jobs/a/p.yaml", ["jobs/a/q.yaml"])],
    )
    assert found.message == "the tenant `a` is in 2 accounts in the environment `prod`: `1` and `2`"
    assert found.notes == ("2 of its jobs are in `1`, 1 in `2`",)
    (found,) = findings(accounts(*((f"j{n}", str(n)) for n in range(9)), environment=""))
    assert found.message.startswith("the tenant `a` is in 9 accounts: `0`, ")
    assert len(found.related) == 5


def test_other_environments_providers_and_tenants_have_other_accounts() -> None:
    prod = accounts(("p", "1"), ("q", ""))
    dev = accounts(("r", "2"), environment="dev")
    google = accounts(("s", "3"), provider="gcp")
    assert findings([*prod, *dev, *google, job("b/x", account="4", environment="prod", provider="aws")]) == []
