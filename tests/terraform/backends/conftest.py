"""What the tests of backends share: servers by session, and an environment without anybody's credentials."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terraform.backends.servers.postgres import postgres
from tests.terraform.backends.servers.started import Server, certificate, started

OURS = ("TF_", "CONSUL_", "KUBE", "PG", "HTTP", "http", "NO_PROXY", "no_proxy", "SSL_CERT")


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in list(os.environ):
        if name.startswith(OURS) or name == "TERRAFORM_CONFIG":
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))


@pytest.fixture(scope="session")
def tls_files(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    return certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def http_server() -> Iterator[Server]:
    with started("http_state", "--auth", "etl:http-password") as server:
        yield server


@pytest.fixture
def consul_server() -> Iterator[Server]:
    with started("consul_kv", "--token", "consul-token") as server:
        yield server


@pytest.fixture
def kube_server(tls_files: tuple[str, str]) -> Iterator[Server]:
    with started("kube_api", "--token", "kube-token", tls=tls_files) as server:
        yield server


@pytest.fixture
def hcp_server(tls_files: tuple[str, str]) -> Iterator[Server]:
    with started("hcp_api", "--token", "hcp-token", tls=tls_files) as server:
        yield server


@pytest.fixture(scope="session")
def postgres_port() -> Iterator[int]:
    with postgres() as port:
        yield port
