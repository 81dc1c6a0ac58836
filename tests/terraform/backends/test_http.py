"""The `http` backend against a server with authentication: what is read, and what is said when it cannot be."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest

from dativo_compile.linking.sources import Sources
from dativo_compile.model.project import Project
from tests.terraform.backends.asking import STATE, backend, bucket, parsed, report
from tests.terraform.backends.servers.started import Server, started

REACH = "help: check the address and the network, or compile from a file: `--state WORKSPACE=FILE`"
PASSWORD = "http-password"


@pytest.fixture
def settings(http_server: Server) -> dict[str, Any]:
    http_server.put_all({"/states/lake": STATE})
    return {"address": f"{http_server.url}/states/lake", "username": "etl", "password": PASSWORD}


def test_a_state_is_read_and_nothing_written(http_server: Server, settings: dict[str, Any]) -> None:
    before = http_server.contents
    opened = backend("http", **settings)
    assert bucket(opened) == "acme-lake"
    assert opened.workspaces() == ("default",)
    assert http_server.contents == before
    assert set(http_server.log) == {"GET /states/lake"}


def test_credentials_come_from_the_environment(
    http_server: Server, settings: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TF_HTTP_ADDRESS", settings["address"])
    monkeypatch.setenv("TF_HTTP_USERNAME", "etl")
    monkeypatch.setenv("TF_HTTP_PASSWORD", PASSWORD)
    assert bucket(backend("http")) == "acme-lake"


def test_credentials_in_the_address_are_used_and_never_shown(http_server: Server, settings: dict[str, Any]) -> None:
    address = settings["address"].replace("://", "://etl:http-password@") + "?signature=abc"
    opened = backend("http", address=address)
    assert bucket(opened) == "acme-lake"
    assert opened.location("default") == settings["address"]
    assert PASSWORD not in repr(opened) and "abc" not in repr(opened)


@pytest.mark.parametrize("body", [None, ""])
def test_no_state_is_absent(http_server: Server, settings: dict[str, Any], body: str | None) -> None:
    if body is not None:
        http_server.put_all({"/states/none": body})
    opened = backend("http", **settings | {"address": f"{http_server.url}/states/none"})
    assert opened.read("default") is None
    assert opened.workspaces() == ()


def test_a_named_workspace_is_refused(http_server: Server, settings: dict[str, Any]) -> None:
    said = report(lambda: backend("http", **settings).read("acme-prod"), PASSWORD)
    assert said == (
        "DC3050 error: the workspace `acme-prod` cannot exist in this backend: `http` has one state and no workspaces\n"
        "help: leave `workspace` out, or give its address: `terraform.states` {acme-prod: https://...}"
    )
    assert http_server.log == []


@pytest.mark.parametrize(("given", "status"), [({"password": "wrong-one"}, 403), ({"username": ""}, 401)])
def test_wrong_credentials(settings: dict[str, Any], given: dict[str, str], status: int) -> None:
    said = report(lambda: backend("http", **settings | given).read("default"), "wrong-one")
    assert said == (
        f"DC3031 error: access to the state is denied: HTTP {status}\n"
        "help: check which credentials are in use, and that they may read this state"
    )


def test_a_server_that_recovers_is_asked_again(http_server: Server, settings: dict[str, Any]) -> None:
    http_server.fails({"kind": "status", "status": 500}, {"kind": "status", "status": 503})
    assert bucket(backend("http", **settings)) == "acme-lake"
    assert len(http_server.log) == 3


def test_retry_after_is_heeded(http_server: Server, settings: dict[str, Any]) -> None:
    http_server.fails({"kind": "status", "status": 429, "headers": {"Retry-After": "1"}})
    assert bucket(backend("http", **settings, seconds=5)) == "acme-lake"


FAULTS = {
    "down for good": (
        {"kind": "status", "status": 500, "times": 9},
        f"DC3030 error: the state cannot be fetched: the server answers HTTP 500\n{REACH}",
    ),
    "cut off": (
        {"kind": "cut", "times": 9},
        (
            "DC3034 error: the download of the state was cut off: fewer bytes arrived than were announced\n"
            "help: compile again; if it stays, look at the proxy"
        ),
    ),
    "hanging": (
        {"kind": "hang", "seconds": 4, "times": 9},
        f"DC3035 error: the state did not arrive within 1 seconds\n{REACH}",
    ),
    "slow trickle": (
        {"kind": "trickle", "seconds": 0.1, "times": 9},
        f"DC3035 error: the state did not arrive within 1 seconds\n{REACH}",
    ),
    "teapot": (
        {"kind": "status", "status": 418},
        (
            "DC3041 error: the server does not answer like one that holds states: HTTP 418\n"
            "help: correct the address or the endpoint"
        ),
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_server_in_trouble(http_server: Server, settings: dict[str, Any], name: str) -> None:
    fault, expected = FAULTS[name]
    http_server.fails(fault)
    seconds = 1 if "within 1 seconds" in expected else 6
    assert report(lambda: backend("http", **settings, seconds=seconds).read("default"), PASSWORD) == expected


def test_a_page_and_half_a_state_are_told_by_the_format(http_server: Server, settings: dict[str, Any]) -> None:
    opened = backend("http", **settings)
    http_server.fails({"kind": "page"})
    assert report(lambda: parsed(opened)).startswith("DC3013 error: this is an HTML or XML page, not a state")
    http_server.fails({"kind": "half"})
    assert report(lambda: parsed(opened)).startswith("DC3011 error: the state ends in the middle of its JSON")


def test_nobody_listens() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: a connection is refused
        opened = backend("http", address=f"http://etl:{PASSWORD}@127.0.0.1:{taken.getsockname()[1]}/s")
        said = report(lambda: opened.read("default"), PASSWORD)
    assert said == f"DC3030 error: the state cannot be fetched: the connection is refused\n{REACH}"


@pytest.mark.parametrize("address", ["states/lake", "ftp://host/state", "https://", "http://host:port/x"])
def test_an_address_that_is_none(address: str) -> None:
    assert report(lambda: backend("http", address=address)) == (
        "DC3038 error: the setting `address` of the backend `http` is no `http://` or `https://` address\n"
        "help: give the whole address of the state"
    )


def test_certificates_are_checked(tls_files: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    with started("http_state", tls=tls_files) as server:
        server.put_all({"/s": STATE})
        address = f"{server.url}/s"
        said = report(lambda: backend("http", address=address).read("default"))
        assert said.startswith("DC3030 error: the state cannot be fetched: the server's certificate is not trusted")
        assert bucket(backend("http", address=address, skip_cert_verification="true")) == "acme-lake"
        authority = Path(tls_files[0]).read_text()
        assert bucket(backend("http", address=address, client_ca_certificate_pem=authority)) == "acme-lake"
        monkeypatch.setenv("SSL_CERT_FILE", tls_files[0])
        assert bucket(backend("http", address=address)) == "acme-lake"
        pair = {"client_certificate_pem": authority, "client_private_key_pem": Path(tls_files[1]).read_text()}
        assert bucket(backend("http", address=address, **pair)) == "acme-lake"
        said = report(
            lambda: backend("http", address=address, **pair | {"client_certificate_pem": "x"}).read("default")
        )
        assert said == (
            "DC3052 error: the client certificate or its key cannot be used: it is not in PEM form, or does not fit"
        )
        said = report(lambda: backend("http", address=address, client_certificate_pem=authority))
        assert said.startswith("DC3038 error: the setting `client_private_key_pem` of the backend `http` is missing")


def test_credentials_follow_no_redirection(http_server: Server, settings: dict[str, Any]) -> None:
    """Another port is another origin: there the server is asked without the password, and says so."""
    with started("http_state", "--auth", "etl:http-password") as other:
        other.put_all({"/s": STATE})
        moved = f"{http_server.url}/moved?to={other.url}/s"
        assert report(lambda: backend("http", **settings | {"address": moved}).read("default")).startswith(
            "DC3031 error: access to the state is denied: HTTP 401"
        )
        same = f"{http_server.url}/moved?to=/states/lake"
        assert bucket(backend("http", **settings | {"address": same})) == "acme-lake"
        circle = f"{http_server.url}/moved?to=/moved%3Fto=/moved"
        http_server.fails(*[{"kind": "status", "status": 302, "headers": {"Location": "/again"}, "times": 9}])
        assert "more than 5 redirections" in report(
            lambda: backend("http", **settings | {"address": circle}).read("default")
        )


def test_addresses_that_differ_in_their_query_are_two_states(http_server: Server, settings: dict[str, Any]) -> None:
    """People are shown neither query; what is remembered in a compile must still not be mistaken for the other."""
    sources = Sources(Project(Path("/")))
    one, other = (
        sources.of_module("m", {"type": "http", "address": f"{settings['address']}?name={name}"}, "default")
        for name in ("a", "b")
    )
    assert one.backend.location("default") == other.backend.location("default") == settings["address"]
    assert one.key("default") != other.key("default")
