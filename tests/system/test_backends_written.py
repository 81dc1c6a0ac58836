"""States that a real terraform writes through its own backend, read by ours: `pg`, `http`, `consul`, `kubernetes`.

What terraform itself would read afterwards is what it wrote: our read changed nothing in between.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
import yaml

from dativo_compile.model.output import Sensitive
from dativo_compile.terraform.backends import BACKENDS, Backend
from dativo_compile.terraform.declared import recorded
from dativo_compile.terraform.formats import read
from tests.terraform.backends.servers.postgres import dsn, postgres
from tests.terraform.backends.servers.started import Server, certificate, started
from tools import terraform

BODY = """
variable "size" { default = 0 }
resource "terraform_data" "lake" { input = "acme-lake" }
output "bucket" { value = "${terraform_data.lake.output}-${terraform.workspace}" }
output "large" { value = [for a in range(var.size) : [for b in range(200) : sha256("${a}-${b}")]] }
output "password" {
  value     = "not-a-secret"
  sensitive = true
}
"""
BOTH = ("default", "acme-prod")


def written(
    folder: Path, kind: str, config: str, *, workspaces: tuple[str, ...] = BOTH, size: int = 0, **settings: str
) -> Backend:
    """Apply in each workspace; the backend as `terraform init` recorded it, opened by us."""
    (folder / "main.tf").write_text(f'terraform {{\n  backend "{kind}" {{\n{config}\n  }}\n}}\n{BODY}')
    terraform.run(folder, "init", "-no-color", "-input=false", **settings)
    for workspace in workspaces:
        if workspace != "default":
            terraform.run(folder, "workspace", "new", "-no-color", workspace, **settings)
        terraform.run(folder, "apply", "-auto-approve", "-no-color", f"-var=size={size}", **settings)
    block = recorded(folder)
    assert block is not None and block["type"] == kind
    return BACKENDS[kind](block, folder, ".")


def check(opened: Backend, contents: Callable[[], Any], workspaces: tuple[str, ...] = BOTH, size: int = 0) -> None:
    before = contents()
    for workspace in workspaces:
        data = opened.read(workspace)
        assert data is not None
        state = read(data, opened.location(workspace))
        assert state.outputs["bucket"].value == f"acme-lake-{workspace}"
        assert isinstance(state.outputs["password"].value, Sensitive)
        assert len(state.outputs["large"].value) == size
    assert opened.workspaces() == tuple(sorted(workspaces))
    if len(workspaces) > 1:
        assert opened.read("acme-prd") is None
    assert contents() == before


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    with postgres() as port:
        yield dsn(port)


def test_pg(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PG_CONN_STR", database)
    for schema in ("terraform_remote_state", "lake"):
        folder = tmp_path / schema
        folder.mkdir()
        opened = written(folder, "pg", f'schema_name = "{schema}"', PG_CONN_STR=database)

        def rows(schema: str = schema) -> Any:
            with psycopg.connect(database) as connection:
                return connection.execute(f"select *, xmin::text from {schema}.states order by name").fetchall()

        check(opened, rows)


def test_http(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with started("http_state", "--auth", "etl:http-password") as server:
        address = f"{server.url}/states/lake"
        login = {"TF_HTTP_USERNAME": "etl", "TF_HTTP_PASSWORD": "http-password"}
        for name, value in login.items():
            monkeypatch.setenv(name, value)
        config = "\n".join(f'{name} = "{address}"' for name in ("address", "lock_address", "unlock_address"))
        opened = written(tmp_path, "http", config, workspaces=("default",), **login)
        assert any(line.startswith("LOCK ") for line in server.log)
        check(opened, lambda: server.contents, ("default",))
        with pytest.raises(SystemExit, match="workspaces not supported"):
            terraform.run(tmp_path, "workspace", "new", "-no-color", "acme-prod", **login)


@pytest.mark.parametrize(("gzip", "size"), [("false", 0), ("true", 0), ("false", 100), ("true", 100)])
def test_consul(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gzip: str, size: int) -> None:
    """20,000 checksums are more than Consul takes in one value, compressed or not: terraform stores them in chunks."""
    monkeypatch.setenv("CONSUL_HTTP_TOKEN", "consul-token")
    with started("consul_kv", "--token", "consul-token") as server:
        config = f'address = "{server.url.removeprefix("http://")}"\npath = "teams/lake"\nlock = false\ngzip = {gzip}'
        opened = written(tmp_path, "consul", config, size=size, CONSUL_HTTP_TOKEN="consul-token")
        assert any("/tfstate." in key for key in server.contents) == bool(size)
        check(opened, lambda: server.contents, size=size)


@pytest.mark.parametrize("size", [0, 200])
def test_kubernetes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    """40,000 checksums are more than one secret takes, compressed."""
    with started("kube_api", "--token", "kube-token", tls=certificate(tmp_path)) as server:
        monkeypatch.setenv("KUBE_CONFIG_PATH", kubeconfig(server, tmp_path / "kubeconfig"))
        config = 'secret_suffix = "lake"\nnamespace = "data"'
        opened = written(tmp_path, "kubernetes", config, size=size, KUBE_CONFIG_PATH=str(tmp_path / "kubeconfig"))
        assert any("-part-1" in name for name in server.contents) == bool(size)
        check(opened, lambda: server.contents, size=size)


def kubeconfig(server: Server, path: Path) -> str:
    value = {
        "current-context": "dev",
        "contexts": [{"name": "dev", "context": {"cluster": "c", "user": "u"}}],
        "clusters": [{"name": "c", "cluster": {"server": server.url, "certificate-authority": server.authority}}],
        "users": [{"name": "u", "user": {"token": "kube-token"}}],
    }
    path.write_text(yaml.safe_dump(value))
    return str(path)


def test_terraform_still_reads_what_it_wrote(tmp_path: Path) -> None:
    with started("consul_kv") as server:
        address = server.url.removeprefix("http://")
        opened = written(
            tmp_path, "consul", f'address = "{address}"\npath = "lake"\nlock = false', workspaces=("default",)
        )
        assert opened.read("acme-prod") is None  # where terraform, asked for this workspace, would write a state
        assert list(server.contents) == ["lake"]
        shown = json.loads(terraform.run(tmp_path, "output", "-json", "-no-color"))
        assert shown["bucket"]["value"] == "acme-lake-default"
