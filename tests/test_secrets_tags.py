"""No secret of a state's resources is in a byte that `dativo tags` writes or prints: good states and broken ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.secrets import CALL, STATE, S, Vault, outputs

COMMANDS = (
    ("tags", "drift"), ("tags", "drift", "--format", "json"), ("tags", "drift", "--style", "dotted"),
    ("tags", "export", "--for", "aws"), ("tags", "matrix"), ("tags", "matrix", "--key", "*", "--format", "json"),
)  # fmt: skip
MARKS = [
    [{"type": "get_attr", "value": "tags"}, {"type": "index", "value": {"value": "Owner", "type": "string"}}],
    [{"type": "get_attr", "value": "arn"}],
    [{"type": "get_attr", "value": "policy"}],
]


def bucket(**more: Any) -> dict[str, Any]:
    tags = {"Owner": S, "TenantId": "acme"}
    attributes = {"arn": f"arn:aws:s3:::{S}", "id": "acme-lake-dev", "policy": S, "tags": tags, "tags_all": tags}
    instance = {"attributes": attributes, "sensitive_attributes": MARKS, "private": S, **more}
    return {"mode": "managed", "type": "aws_s3_bucket", "name": "lake", "instances": [instance]}


def password() -> dict[str, Any]:
    return {"mode": "managed", "type": "random_password", "name": S, "instances": [{"attributes": {"result": S}}]}


def v4(*resources: Any) -> str:
    return json.dumps({"version": 4, "serial": 1, "lineage": "l", "outputs": outputs(), "resources": list(resources)})


def shown(sensitive: Any) -> str:
    values = bucket()["instances"][0]["attributes"]
    one = {"address": "aws_s3_bucket.lake", "mode": "managed", "type": "aws_s3_bucket", "values": values,
           "sensitive_values": sensitive}  # fmt: skip
    return json.dumps({"format_version": "1.0", "values": {"outputs": outputs(), "root_module": {"resources": [one]}}})


STATES = {
    "marked values": v4(bucket(), password()),
    "marks that cannot be read": v4(bucket(sensitive_attributes=S)),
    "marks of another form": v4(bucket(sensitive_attributes=[[S]])),
    "shown, marked values": shown({"arn": True, "policy": True, "tags": {"Owner": True}, "tags_all": {}}),
    "shown, all marked": shown(True),
    "cut in the secret": v4(bucket())[: v4(bucket()).index(S) + len(S)],
    "resources that are none": json.dumps({"version": 4, "outputs": outputs(), "resources": S}),
    "instances that are none": v4({"mode": "managed", "type": "aws_s3_bucket", "name": "a", "instances": [S]}),
    "attributes that are none": v4(bucket(attributes=S)),
    "a name that is none": v4(bucket() | {"name": {"a": S}}),
    "output -json": json.dumps(outputs()),
}
FORMS = ("marked values", "shown, marked values")  # every command reads them


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "shop")


@pytest.mark.parametrize("name", STATES)
def test_a_state(vault: Vault, name: str) -> None:
    vault.write(STATE, STATES[name])
    codes = [vault.run(*command).returncode for command in (COMMANDS if name in FORMS else COMMANDS[:2])]
    assert set(codes) <= {0, 1, 2, 3}


def test_what_is_compared_is_told_all_the_same(vault: Vault) -> None:
    vault.write(STATE, STATES["marked values"])
    ran = vault.run("tags", "drift")
    assert ran.returncode == 3
    assert b"CostCenter" in ran.stdout
    assert b"not compared, since sensitive in the state: 1 tag" in ran.stdout


def crashing(module: str, name: str) -> str:
    """The command line, with a function that fails with a secret in its message."""
    return (
        f"import dativo_compile.{module} as module\n"
        f"def fail(*_, **__): raise ValueError({S!r})\n"
        f"module.{name} = fail\n{CALL}"
    )


@pytest.mark.parametrize(
    ("module", "name", "command"),
    [
        ("review.tagging.drift", "compared", COMMANDS[0]),
        ("review.tagging.drift", "compared", COMMANDS[1]),
        ("review.tagging.export", "projected", COMMANDS[3]),
        ("review.tagging.matrix", "matrix_of", COMMANDS[4]),
        ("report.matrix", "render_json", COMMANDS[5]),
    ],
)
def test_a_fault_of_ours(vault: Vault, module: str, name: str, command: tuple[str, ...]) -> None:
    vault.write(STATE, STATES["marked values"])
    ran = vault.run(*command, code=crashing(module, name))
    assert ran.returncode == 70
    assert b"DC9001" in ran.stdout + ran.stderr
