"""States that a real terraform wrote through its own backend, read where it put them: S3 and Google Cloud Storage."""

from __future__ import annotations

import json
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from dativo_compile.terraform.backends import BACKENDS, Backend
from dativo_compile.terraform.declared import recorded, written
from dativo_compile.terraform.formats import read
from tests.terraform.backends.emulators import fake_gcs, moto
from tools import terraform

MODULE = """\
terraform {{
  backend "{kind}" {{
{settings}
  }}
}}

variable "name" {{
  type = string
}}

output "bucket" {{
  value = var.name
}}

output "password" {{
  value     = "not-a-secret"
  sensitive = true
}}
"""
S3 = """\
    bucket = "states"
    key    = "platform/lake.tfstate"
    region = "eu-west-1"
    workspace_key_prefix        = "{prefix}"
    use_path_style              = true
    skip_credentials_validation = true
    skip_metadata_api_check     = true
    skip_requesting_account_id  = true
    skip_region_validation      = true
    skip_s3_checksum            = true
    endpoints = {{ s3 = "{url}" }}"""
GCS = """\
    bucket = "states"
    prefix = "lake"
    access_token = "dummy"
    storage_custom_endpoint = "{url}/storage/v1/\""""
KEYS = {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing", "AWS_EC2_METADATA_DISABLED": "true"}


@pytest.fixture(autouse=True)
def account(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("AWS_PROFILE", raising=False)


def applied(folder: Path, kind: str, settings: str) -> None:
    """The module applied in `default` and in a workspace of its own."""
    folder.mkdir()
    (folder / "main.tf").write_text(MODULE.format(kind=kind, settings=settings))
    terraform.run(folder, "init", "-no-color")
    terraform.run(folder, "apply", "-auto-approve", "-no-color", "-var=name=of-default")
    terraform.run(folder, "workspace", "new", "-no-color", "acme-prod")
    terraform.run(folder, "apply", "-auto-approve", "-no-color", "-var=name=of-acme")


def bucket(backend: Backend, workspace: str) -> Any:
    data = backend.read(workspace)
    assert data is not None
    state = read(data, backend.location(workspace))
    assert state.outputs["password"].sensitive
    assert state.serial is not None and state.lineage
    return state.outputs["bucket"].value


def opened(folder: Path, kind: str) -> list[Backend]:
    """As `terraform init` recorded it, and as the HCL has it."""
    configs = recorded(folder), written(folder)
    return [
        BACKENDS[kind]({k: v for k, v in config.items() if v is not None}, folder, ".") for config in configs if config
    ]


@pytest.mark.parametrize("prefix", ["env:", "teams"])
def test_states_in_s3(tmp_path: Path, prefix: str) -> None:
    from tests.terraform.backends.test_s3 import admin

    (tmp_path / "moto").mkdir()
    with moto(tmp_path / "moto") as server:
        client = admin(server)
        client.create_bucket(Bucket="states", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
        folder = tmp_path / "module"
        applied(folder, "s3", S3.format(url=server.url, prefix=prefix))
        before = {entry["Key"]: entry["ETag"] for entry in client.list_objects_v2(Bucket="states")["Contents"]}
        for states in opened(folder, "s3"):
            assert states.location("acme-prod") == f"s3://states/{prefix}/acme-prod/platform/lake.tfstate"
            assert (bucket(states, "default"), bucket(states, "acme-prod")) == ("of-default", "of-acme")
            assert states.workspaces() == ("acme-prod", "default")
            assert states.read("acme-prdo") is None
        assert {entry["Key"]: entry["ETag"] for entry in client.list_objects_v2(Bucket="states")["Contents"]} == before


def test_states_in_google_cloud_storage(tmp_path: Path) -> None:
    (tmp_path / "gcs").mkdir()
    with fake_gcs(tmp_path / "gcs") as server:
        body = b'{"name": "states"}'
        made = urllib.request.Request(
            f"{server.url}/storage/v1/b?project=p", body, {"Content-Type": "application/json"}
        )
        urllib.request.urlopen(made, timeout=10).close()
        folder = tmp_path / "module"
        applied(folder, "gcs", GCS.format(url=server.url))

        def contents() -> list[tuple[str, str]]:
            with urllib.request.urlopen(f"{server.url}/storage/v1/b/states/o", timeout=10) as answer:
                return sorted((item["name"], item["generation"]) for item in json.load(answer)["items"])

        before = contents()
        for states in opened(folder, "gcs"):
            assert states.location("default") == "gs://states/lake/default.tfstate"
            assert (bucket(states, "default"), bucket(states, "acme-prod")) == ("of-default", "of-acme")
            assert states.workspaces() == ("acme-prod", "default")
            assert states.read("acme-prdo") is None
        assert contents() == before
