"""Google Cloud Storage as fake-gcs-server plays it: where states are, and that reading changes nothing."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from dativo_compile.terraform.backends import BACKENDS, Backend
from dativo_compile.terraform.backends.gcs import Gcs
from dativo_compile.terraform.backends.transfer import Limits
from dativo_compile.terraform.fault import StateFault
from tests.terraform.backends.emulators import Server, fake_gcs

STORED = {
    "lake/default.tfstate": b"default",
    "lake/acme-prod.tfstate": b"acme-prod",
    "lake/acme-prod.tflock": b"a lock",
    "lake/deeper/x.tfstate": b"another prefix",
    "default.tfstate": b"at the top",
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with fake_gcs(tmp_path_factory.mktemp("gcs")) as running:
        post(f"{running.url}/storage/v1/b?project=p", b'{"name": "states"}', "application/json")
        for name, body in STORED.items():
            upload = f"{running.url}/upload/storage/v1/b/states/o?uploadType=media&name={quote(name, safe='')}"
            post(upload, body, "text/plain")
        yield running


@pytest.fixture(autouse=True)
def account(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No credentials but those that a test gives."""
    monkeypatch.setenv("HOME", str(tmp_path))
    names = ("CREDENTIALS", "BACKEND_CREDENTIALS", "APPLICATION_CREDENTIALS", "OAUTH_ACCESS_TOKEN", "ENCRYPTION_KEY")
    for name in (*(f"GOOGLE_{name}" for name in names), "STORAGE_EMULATOR_HOST", "CLOUDSDK_CONFIG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_GCE_CHECK", "true")


def post(url: str, body: bytes, kind: str) -> None:
    request = urllib.request.Request(url, body, {"Content-Type": kind}, method="POST")
    with urllib.request.urlopen(request, timeout=10) as answer:
        assert answer.status == 200


def backend(server: Server, **settings: Any) -> Backend:
    config = {
        "type": "gcs", "bucket": "states", "prefix": "lake", "access_token": "dummy",
        "storage_custom_endpoint": f"{server.url}/storage/v1/",
    }  # fmt: skip
    return BACKENDS["gcs"](config | settings, Path(), ".")


def test_workspaces_lie_where_terraform_puts_them(server: Server) -> None:
    states = backend(server)
    assert states.read("default") == b"default"
    assert states.read("acme-prod") == b"acme-prod"
    assert states.location("acme-prod") == "gs://states/lake/acme-prod.tfstate"
    assert states.workspaces() == ("acme-prod", "default")


def test_without_a_prefix_states_are_at_the_top(server: Server) -> None:
    states = backend(server, prefix=None)
    assert states.read("default") == b"at the top"
    assert states.workspaces() == ("default",)


def test_a_location_names_one_object(server: Server) -> None:
    assert backend(server, object="lake/deeper/x.tfstate").read("default") == b"another prefix"


@pytest.mark.parametrize("workspace", ["acme-prdo", "../default", ""])
def test_a_workspace_without_a_state_is_absent(server: Server, workspace: str) -> None:
    assert backend(server).read(workspace) is None


def test_a_missing_bucket_is_an_error(server: Server) -> None:
    with pytest.raises(StateFault, match="store-missing") as caught:
        backend(server, bucket="nobodys").read("default")
    assert caught.value.fields == {"what": "bucket", "name": "nobodys"}


def test_the_emulators_variable_needs_no_credentials(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORAGE_EMULATOR_HOST", server.url)
    states = backend(server, access_token=None, storage_custom_endpoint=None)
    assert states.read("acme-prod") == b"acme-prod"


def test_without_credentials_nobody_is_asked(server: Server) -> None:
    before = len(server.log.read_bytes())
    with pytest.raises(StateFault, match="credentials-missing"):
        backend(server, access_token=None).read("default")
    assert len(server.log.read_bytes()) == before


@pytest.mark.parametrize("text", ["{", '{"type": "nothing"}', "/nowhere/key.json"])
def test_a_key_that_is_none(server: Server, text: str) -> None:
    with pytest.raises(StateFault, match="credentials-missing") as caught:
        backend(server, access_token=None, credentials=text).read("default")
    assert not any(word in str(caught.value.fields) for word in ("nothing", "nowhere"))


def test_what_is_too_large_is_refused_while_it_arrives(server: Server) -> None:
    opened = backend(server)
    assert isinstance(opened, Gcs)
    with pytest.raises(StateFault, match="state-too-large"):
        replace(opened, limits=Limits(largest=6)).read("default")


def test_nothing_listens(server: Server) -> None:
    with pytest.raises(StateFault, match="state-unreachable"):
        backend(server, storage_custom_endpoint="http://127.0.0.1:1", timeout_seconds=2).read("default")


def test_a_read_changes_nothing(server: Server) -> None:
    def contents() -> list[tuple[str, str, str]]:
        with urllib.request.urlopen(f"{server.url}/storage/v1/b/states/o", timeout=10) as answer:
            return sorted((item["name"], item["generation"], item["updated"]) for item in json.load(answer)["items"])

    before = contents()
    states = backend(server)
    for workspace in ("default", "acme-prod", "acme-prdo"):
        states.read(workspace)
    states.workspaces()
    assert contents() == before
    assert len(before) == len(STORED)
