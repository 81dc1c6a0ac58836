"""Azure blob storage as Azurite (from npm) plays it; the states are put there with Azure's own library."""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from dativo_compile.terraform.backends import BACKENDS, Backend
from dativo_compile.terraform.fault import StateFault
from tests.terraform.backends.emulators import Server, running

ROOT = Path(__file__).resolve().parent.parent.parent
KEPT = ROOT / ".venv" / "azurite"
PACKAGE = "azurite@3.35.0"
ACCOUNT = "devstoreaccount1"
# Azurite's own account and key, the same everywhere and printed in its documentation.
KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
WRONG = "d3Jvbmc="
BLOB = "platform/lake.tfstate"
STORED = {BLOB: b"default", f"{BLOB}env:acme-prod": b"acme-prod", "platform/other.tfstateenv:x": b"another key's"}


def installed() -> Path:
    """The folder appears whole, because two processes may want it at once."""
    if not KEPT.exists():
        KEPT.parent.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=KEPT.parent) as beside:
            command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", f"{beside}/made", PACKAGE]
            ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=400)
            assert ran.returncode == 0, f"npm could not install {PACKAGE}:\n{ran.stderr}"
            with contextlib.suppress(OSError):  # the other was first in between
                Path(beside, "made").rename(KEPT)
    return KEPT / "node_modules" / ".bin" / "azurite-blob"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("azurite")
    program = str(installed())

    def command(port: int) -> list[str]:
        where = ["--blobHost", "127.0.0.1", "--blobPort", str(port), "-l", str(folder / "data")]
        return [program, *where, "--skipApiVersionCheck", "--disableTelemetry"]

    with running(folder, command) as azurite:
        container = admin(azurite).create_container("states")
        for name, body in STORED.items():
            container.upload_blob(name, body)
        yield azurite


@pytest.fixture(autouse=True)
def account(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in list(os.environ):
        if name.startswith(("ARM_", "AZURE_", "IDENTITY_", "MSI_")):
            monkeypatch.delenv(name)


def admin(server: Server) -> Any:
    from azure.core.credentials import AzureNamedKeyCredential
    from azure.storage.blob import BlobServiceClient

    return BlobServiceClient(f"{server.url}/{ACCOUNT}", credential=AzureNamedKeyCredential(ACCOUNT, KEY))


def backend(server: Server, **settings: Any) -> Backend:
    config = {
        "type": "azurerm", "storage_account_name": ACCOUNT, "container_name": "states", "key": BLOB,
        "endpoint": f"{server.url}/{ACCOUNT}", "access_key": KEY,
    }  # fmt: skip
    return BACKENDS["azurerm"](config | settings, Path(), ".")


def test_workspaces_lie_where_terraform_puts_them(server: Server) -> None:
    states = backend(server)
    assert states.read("default") == b"default"
    assert states.read("acme-prod") == b"acme-prod"
    assert states.location("acme-prod") == f"az://{ACCOUNT}/states/{BLOB}env:acme-prod"
    assert states.workspaces() == ("acme-prod", "default")


@pytest.mark.parametrize("workspace", ["acme-prdo", "../x", ""])
def test_a_workspace_without_a_state_is_absent(server: Server, workspace: str) -> None:
    assert backend(server).read(workspace) is None


def test_a_missing_container_is_an_error(server: Server) -> None:
    with pytest.raises(StateFault, match="store-missing") as caught:
        backend(server, container_name="nobodys").read("default")
    assert caught.value.fields == {"what": "container", "name": "nobodys"}


def test_credentials_come_from_the_environment_as_well(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    from azure.storage.blob import AccountSasPermissions, ResourceTypes, generate_account_sas

    token = generate_account_sas(
        ACCOUNT, KEY, ResourceTypes(object=True, container=True), AccountSasPermissions(read=True, list=True),
        expiry=datetime.now(UTC) + timedelta(hours=1),
    )  # fmt: skip
    monkeypatch.setenv("ARM_SAS_TOKEN", f"?{token}")
    assert backend(server, access_key=None).read("acme-prod") == b"acme-prod"
    monkeypatch.delenv("ARM_SAS_TOKEN")
    monkeypatch.setenv("ARM_ACCESS_KEY", KEY)
    assert backend(server, access_key=None).read("acme-prod") == b"acme-prod"


def test_a_wrong_key_is_denied_and_never_shown(server: Server) -> None:
    with pytest.raises(StateFault, match="state-denied") as caught:
        backend(server, access_key=WRONG).read("default")
    assert WRONG not in repr(caught.value.fields) and caught.value.__context__ is None


def test_without_credentials(server: Server) -> None:
    with pytest.raises(StateFault, match="credentials-missing"):
        backend(server, access_key=None, use_cli="false").read("default")


def test_nothing_listens(server: Server) -> None:
    with pytest.raises(StateFault, match="state-unreachable"):
        backend(server, endpoint=f"http://127.0.0.1:1/{ACCOUNT}", timeout_seconds=2).read("default")


def test_a_read_changes_nothing(server: Server) -> None:
    def contents() -> list[tuple[str, str, str]]:
        listed = admin(server).get_container_client("states").list_blobs()
        return sorted((blob.name, blob.etag, str(blob.last_modified)) for blob in listed)

    before = contents()
    states = backend(server)
    for workspace in ("default", "acme-prod", "acme-prdo"):
        states.read(workspace)
    states.workspaces()
    assert contents() == before
    assert len(before) == len(STORED)
