"""The `consul` backend: plain, compressed and chunked values, workspaces, and what goes wrong."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from typing import Any

import pytest

from tests.terraform.backends.asking import STATE, backend, bucket, report
from tests.terraform.backends.servers.started import Server

PATH = "platform/lake"
AGAIN = "help: compile again; see what `terraform state pull` says"


def encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()


def chunked(data: bytes, path: str = PATH, state: bytes = STATE.encode()) -> dict[str, str]:
    """What Terraform makes of a state too large for one value."""
    checksum = hashlib.md5(state, usedforsecurity=False).hexdigest()
    parts = {f"{path}/tfstate.{checksum}/{n}": data[n * 100 : n * 100 + 100] for n in range(len(data) // 100 + 1)}
    index = json.dumps({"current-hash": checksum, "chunks": list(parts)}).encode()
    return {path: encoded(index)} | {name: encoded(part) for name, part in parts.items()}


@pytest.fixture
def settings(consul_server: Server) -> dict[str, Any]:
    consul_server.put_all(
        {PATH: encoded(STATE.encode()), f"{PATH}-env:acme-prod": encoded(gzip.compress(STATE.encode()))}
    )
    return {"address": consul_server.url.removeprefix("http://"), "path": PATH, "access_token": "consul-token"}


def test_plain_and_compressed_states_are_read_and_nothing_written(
    consul_server: Server, settings: dict[str, Any]
) -> None:
    consul_server.put_all({f"{PATH}/.lock": "", f"{PATH}-env:x/.lockinfo": "", f"{PATH}-other": ""})
    before, opened = consul_server.contents, backend("consul", **settings)
    assert [bucket(opened), bucket(opened, "acme-prod")] == ["acme-lake"] * 2
    assert opened.workspaces() == ("acme-prod", "default")
    assert opened.read("acme-prodd") is None
    assert consul_server.contents == before
    assert {line.split()[0] for line in consul_server.log} == {"GET"}


def test_nothing_there(settings: dict[str, Any]) -> None:
    opened = backend("consul", **settings | {"path": "elsewhere"})
    assert (opened.read("default"), opened.workspaces()) == (None, ())


@pytest.mark.parametrize("packed", [False, True])
def test_a_state_in_chunks(consul_server: Server, settings: dict[str, Any], packed: bool) -> None:
    data = STATE.encode()
    consul_server.put_all(chunked(gzip.compress(data) if packed else data))
    assert backend("consul", **settings).read("default") == data


def test_settings_come_from_the_environment(
    consul_server: Server, settings: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONSUL_HTTP_ADDR", consul_server.url)
    monkeypatch.setenv("CONSUL_HTTP_TOKEN", "consul-token")
    opened = backend("consul", path=PATH, datacenter="dc1")
    assert bucket(opened) == "acme-lake"
    assert opened.location("acme-prod") == f"{consul_server.url}/v1/kv/{PATH}-env:acme-prod?dc=dc1"
    assert "?dc=dc1" in consul_server.log[0]


def test_broken_chunks(consul_server: Server, settings: dict[str, Any]) -> None:
    parts = chunked(STATE.encode())
    last = list(parts)[-1]

    def said(contents: dict[str, str]) -> str:
        consul_server.put_all(contents)
        return report(lambda: backend("consul", **settings).read("default"), "consul-token")

    start = "DC3053 error: the stored parts of the state do not fit together: "
    changed = parts | {last: encoded(b"{}")}
    assert said(changed) == f"{start}the whole has another checksum than the one recorded\n{AGAIN}"
    short = {name: value for name, value in parts.items() if name == PATH}
    assert said({**short, PATH: short[PATH]} | chunked(b"", "elsewhere")).startswith(start)
    foreign = {"current-hash": "0", "chunks": ["secrets/of/others"]}
    assert (
        said({PATH: encoded(json.dumps(foreign).encode())})
        == f"{start}a part is said to lie under another key\n{AGAIN}"
    )
    gone = {"current-hash": "0", "chunks": [f"{PATH}/tfstate.0/0"]}
    assert said({PATH: encoded(json.dumps(gone).encode())}) == f"{start}there is no `{PATH}/tfstate.0/0`\n{AGAIN}"
    assert (
        said({PATH: encoded(gzip.compress(STATE.encode())[:80])}) == f"{start}the compressed text ends early\n{AGAIN}"
    )
    assert said({PATH: encoded(b"\x1f\x8b not gzip")}) == f"{start}the compressed text is damaged\n{AGAIN}"


FAULTS = {
    "page": ({"kind": "page"}, "an HTML or XML page instead of JSON"),
    "page that says 404": ({"kind": "page", "status": 404}, "HTTP 404 with an HTML or XML page"),
    "text": ({"kind": "replace", "body": "hello"}, "text that is not JSON"),
    "object": ({"kind": "replace", "body": "{}"}, "an object where a list belongs"),
    "number": ({"kind": "replace", "body": '[{"Value": 5}]'}, "a value that is a number"),
    "no base64": ({"kind": "replace", "body": '[{"Value": "%%"}]'}, "a value that is not in base64"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_another_server_than_consul(consul_server: Server, settings: dict[str, Any], name: str) -> None:
    fault, found = FAULTS[name]
    consul_server.fails(fault)
    assert report(lambda: backend("consul", **settings).read("default"), "consul-token") == (
        f"DC3041 error: the server does not answer like one that holds states: {found}\n"
        "help: correct the address or the endpoint"
    )


def test_trouble_that_passes_and_trouble_that_stays(consul_server: Server, settings: dict[str, Any]) -> None:
    opened = backend("consul", **settings)
    consul_server.fails({"kind": "status", "status": 500}, {"kind": "half"})
    assert bucket(opened) == "acme-lake"
    consul_server.fails({"kind": "half", "times": 9})
    assert report(lambda: opened.read("default")).startswith(
        "DC3034 error: the download of the state was cut off: its JSON ends early"
    )
    consul_server.fails({"kind": "hang", "seconds": 3, "times": 9})
    assert report(lambda: backend("consul", **settings, seconds=1).read("default")).startswith(
        "DC3035 error: the state did not arrive within 1 seconds"
    )


def test_a_wrong_token(settings: dict[str, Any]) -> None:
    said = report(
        lambda: backend("consul", **settings | {"access_token": "wrong-token"}).read("default"), "wrong-token"
    )
    assert said.startswith("DC3031 error: access to the state is denied: HTTP 403")


@pytest.mark.parametrize("address", ["unix:///run/consul.sock", "user:password@host:8500"])
def test_an_address_that_is_not_read(address: str) -> None:
    said = report(lambda: backend("consul", address=address, path="x"), "password@")
    assert said.startswith("DC3038 error: the setting `address` of the backend `consul` is no address")


def test_a_path_is_needed() -> None:
    assert report(lambda: backend("consul")).startswith(
        "DC3038 error: the setting `path` of the backend `consul` is missing"
    )
