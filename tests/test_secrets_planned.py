"""A plan is full of secrets in clear text: none is in any byte that a preview prints, whatever is wrong with it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.secrets import JOB, S, Vault, output, outputs
from tests.terraform.plans.documents import change, declaring, hidden, plan

FORMATS = ("text", "markdown", "json")
DATABASE: dict[str, Any] = outputs()["database"]["value"]


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "shop")


def planned(**changes: dict[str, Any]) -> bytes:
    """What else a plan says of secrets stands around."""
    usual = {
        "bucket_name": change("acme-lake-dev", "acme-lake-dev"),
        "bucket_region": change("eu-central-1", "eu-central-1"),
        "db_password": hidden(f"{S}-old", f"{S}-new"), "database": hidden(DATABASE, DATABASE, actions="no-op"),
    }  # fmt: skip
    prior = {"db_password": output(S, True), "gone": output(S, True)}
    return plan(
        usual | changes, prior,
        configuration=declaring(db_password=True, database=True) | {"provider_config": {"p": S}},
        variables={"password": {"value": S}}, resource_changes=[{"change": {"before": S, "after": {S: S}}}],
        resource_drift=[S], relevant_attributes=[S], planned_values={"outputs": {"db_password": output(S, True)}},
    )  # fmt: skip


def run(vault: Vault, data: bytes, code: int, formats: tuple[str, ...] = FORMATS) -> str:
    vault.write("plan.json", data)
    shown = ""
    for format in formats:
        ran = vault.run("plan", "--tf-plan", "plan.json", "--format", format)
        assert ran.returncode == code, ran
        shown += (ran.stdout + ran.stderr).decode()
    return shown


def declared(name: str, sensitive: bool) -> dict[str, Any]:
    return declaring(**({"db_password": True, "database": True} | {name: sensitive}))


def test_a_secret_changes(vault: Vault) -> None:
    shown = run(vault, planned(), 0)
    assert "sensitive, its value changes" in shown
    assert "dativo/acme/dev/db_password" in shown


@pytest.mark.parametrize("actions", ["update", "no-op"])
def test_an_output_that_is_no_longer_sensitive(vault: Vault, actions: str) -> None:
    whole = json.loads(planned(db_password=hidden(S, S if actions == "no-op" else f"{S}2", actions="update")))
    whole["configuration"] = declared("db_password", False)
    shown = run(vault, json.dumps(whole).encode(), 1)
    assert "DC8108" in shown  # a literal below such a key is refused, whatever it is
    vault.edit(JOB, "db_password: source.connection.password", "db_password: source.connection.user_name")
    shown = run(vault, json.dumps(whole).encode(), 0)
    assert "(no longer sensitive)" in shown


def test_an_output_that_is_sensitive_from_now_on(vault: Vault) -> None:
    vault.edit(JOB, "bucket_name: target.connection.s3.bucket", "bucket_name: source.connection.host")
    whole = json.loads(planned(bucket_name=hidden(f"b-{S}", f"b-{S}", actions="update")))
    whole["configuration"] = declared("bucket_name", True)
    assert "sensitive from now on" in run(vault, json.dumps(whole).encode(), 0)


def test_a_part_of_one_is_unknown(vault: Vault) -> None:
    shown = run(
        vault, planned(database=hidden(DATABASE, {"login": {"user": S}}, after_unknown={"login": {"token": True}})), 0
    )
    assert "dativo/acme/dev/database" in shown
    assert "known after apply" not in shown, "what stands for a secret is a reference, known or not"


@pytest.mark.parametrize(
    "data",
    [
        planned()[:-90], planned()[: planned().index(S.encode()) + 4], planned().replace(b'"1.2"', f'"{S}"'.encode()),
        planned().replace(f'"{S}-new"'.encode(), f'"{S}\n"'.encode()), f"Terraform will perform {S}".encode(),
        planned().replace(f'"{S}-new"'.encode(), f'"{S}\\ud800"'.encode()), S.encode(), f'["{S}"]'.encode(),
        planned().replace(f'"{S}-new"'.encode(), b"1" * 5_000), f'{{"@message": "{S}"}}'.encode(),
        planned(other={"before": S}),
        planned(other={"actions": S, "before": S, "after_unknown": S}).replace(b"{", b"{,", 1),
        plan({"db_password": hidden(S, None, actions="delete"), "bucket_name": change("a", None, actions="delete")}),
        json.dumps({"version": 4, "lineage": S, "serial": 1, "outputs": outputs()}).encode(),
        json.dumps(outputs()).encode(),
    ],
    ids=range(15),
)  # fmt: skip
def test_plans_with_something_wrong(vault: Vault, data: bytes) -> None:
    run(vault, data, 1, ("json",))
