"""A secret is in no byte that `dativo check`, `affected` or `why` in reverse print, nor in what they leave behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.secrets import JOB, STATE, S, Vault, outputs, v4
from tools.history import commit

CONNECTOR = "connectors/postgres.yaml"
QUESTIONS = (
    ["check"], ["check", "--format", "json"], ["check", "--format", "markdown"], ["affected", "--format", "json"],
    ["why", "--output", "db_password"], ["why", "--output", "database", "--format", "json"], ["why", "--file", STATE],
    ["why", "--file", STATE, "--format", "json"], ["why", "--file", JOB], ["why", "--file", JOB, "--format", "json"],
)  # fmt: skip


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    """Compiled and committed; a literal secret is allowed, and so is in the manifest."""
    vault = Vault(tmp_path / "shop")
    vault.edit(JOB, "    user: ${PGUSER}\n", f"    user: ${{PGUSER}}\n    api_token: lit{S}\n")
    settings = (vault.folder / "dativo.yaml").read_text("utf-8")
    allowed = "screen: {allow: [{path: source.connection.api_token, reason: a test}]}\n"
    vault.write("dativo.yaml", settings + allowed)
    return vault


def compiled(vault: Vault) -> None:
    """The literal is in the manifest, so that this is no command to look at."""
    from dativo_compile.build import build
    from dativo_compile.model.project import Request

    result = build(Request((), project=vault.folder), vault.folder / "build")
    assert result.good, result.diagnostics
    commit(vault.folder, "before")


def test_nothing_to_tell(vault: Vault) -> None:
    compiled(vault)
    for question in QUESTIONS:
        assert vault.run(*question).returncode == 0


def test_a_secret_that_moved_and_one_that_was_edited_in(vault: Vault) -> None:
    compiled(vault)
    vault.edit(JOB, f"lit{S}", f"other{S}")
    database = {"login": {"user": f"new{S}", "token": f"new{S}"}, "hosts": [S], "port": 1}
    vault.write(STATE, v4(outputs(database={"value": database, "type": "string", "sensitive": True})))
    vault.edit("build/acme/orders.json", f"lit{S}", f"edited{S}")
    for question in QUESTIONS:
        assert vault.run(*question).returncode == (3 if question[0] == "check" else 0), question


def test_a_stray_full_of_secrets(vault: Vault) -> None:
    compiled(vault)
    manifest = (vault.folder / "build/acme/orders.json").read_text("utf-8")
    vault.write("build/stray.json", manifest.replace('"id": "acme/orders"', '"id": "acme/older"'))
    for question in QUESTIONS[:3]:
        assert vault.run(*question).returncode == 3
