"""`remote` and `cloud` against a fake of the HCP Terraform API over TLS: names, tokens, downloads and faults."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from dativo_compile.terraform.backends.hcp_login import token_of
from tests.terraform.backends.asking import STATE, backend, bucket, report
from tests.terraform.backends.servers.hcp_api import SIGNATURE
from tests.terraform.backends.servers.serving import PAGE
from tests.terraform.backends.servers.started import Server, started

TOKEN = "hcp-token"


@pytest.fixture
def settings(hcp_server: Server, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.setenv("SSL_CERT_FILE", hcp_server.authority)
    hcp_server.put_all(
        {"platform-acme-prod": STATE, "platform-acme-dev": STATE, "acme-prod": STATE, "platform-new": None}
    )
    return {"hostname": f"localhost:{hcp_server.port}", "organization": "acme", "token": TOKEN}


def test_by_prefix_and_nothing_written(hcp_server: Server, settings: dict[str, Any]) -> None:
    before, opened = hcp_server.contents, backend("remote", **settings, workspaces={"prefix": "platform-"})
    assert [bucket(opened, "acme-prod"), bucket(opened, "platform-acme-dev")] == ["acme-lake"] * 2
    assert opened.workspaces() == ("acme-dev", "acme-prod", "new")
    assert (opened.read("new"), opened.read("acme-prd")) == (None, None)
    assert opened.location("acme-prod") == (
        f"https://localhost:{hcp_server.port}/app/acme/workspaces/platform-acme-prod"
    )
    assert hcp_server.contents == before
    assert {line.split()[0] for line in hcp_server.log} == {"GET"}
    assert TOKEN not in repr(opened) and not any(TOKEN in line for line in hcp_server.log)


def test_by_name(settings: dict[str, Any]) -> None:
    remote = backend("remote", **settings, workspaces=[{"name": "acme-prod"}])  # `terraform init` records a list
    cloud = backend("cloud", **settings, workspaces={"name": "acme-prod"})
    assert [bucket(remote), bucket(cloud), bucket(cloud, "acme-prod")] == ["acme-lake"] * 3
    assert (remote.workspaces(), cloud.workspaces()) == (("default",), ("acme-prod",))
    assert report(lambda: cloud.read("acme-dev")) == (
        "DC3050 error: the workspace `acme-dev` cannot exist in this backend: "
        "its settings name one workspace, `acme-prod`\nhelp: leave `workspace` out"
    )


@pytest.mark.parametrize("tags", [["platform"], {"team": "data"}, {}])
def test_by_tags(hcp_server: Server, settings: dict[str, Any], tags: Any) -> None:
    opened = backend("cloud", **settings, workspaces={"tags": tags})
    assert bucket(opened, "acme-prod") == "acme-lake"
    assert len(opened.workspaces()) == 4
    asked = hcp_server.log[-1]
    assert ("search%5Btags%5D=platform" in asked) == (tags == ["platform"])
    assert ("filter%5Btagged%5D%5B0%5D%5Bvalue%5D=data" in asked) == (tags == {"team": "data"})
    said = report(lambda: opened.read("default"))
    assert said.startswith(
        "DC3050 error: the workspace `default` cannot exist in this backend: with `tags` there is no"
    )


def test_a_prefix_has_no_default(settings: dict[str, Any]) -> None:
    opened = backend("remote", **settings, workspaces={"prefix": "platform-"})
    assert "with a `prefix` there is no `default`" in report(lambda: opened.read("default"))


@pytest.mark.parametrize("workspaces", [{}, {"name": "a", "prefix": "b"}])
def test_remote_needs_a_name_or_a_prefix(settings: dict[str, Any], workspaces: dict[str, str]) -> None:
    said = report(lambda: backend("remote", **settings, workspaces=workspaces))
    assert said == "DC3038 error: the setting `workspaces` of the backend `remote` needs either a `name` or a `prefix`"


def test_the_cloud_block_is_completed_by_the_environment(
    hcp_server: Server, settings: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TF_CLOUD_ORGANIZATION", "acme")
    monkeypatch.setenv("TF_CLOUD_HOSTNAME", settings["hostname"])
    monkeypatch.setenv("TF_WORKSPACE", "somebody-elses")  # the CLI's own selection never counts
    assert bucket(backend("cloud", token=TOKEN), "acme-prod") == "acme-lake"


def test_the_token_goes_to_no_other_host(
    hcp_server: Server, settings: dict[str, Any], tls_files: tuple[str, str]
) -> None:
    """The archive answers 400 to a request that carries a token, and to one whose signature is missing."""
    with started("hcp_api", "--token", TOKEN, tls=tls_files) as archive:
        archive.put_all({"acme-prod": STATE})
        with started("hcp_api", "--token", TOKEN, "--archive", archive.url, tls=tls_files) as api:
            api.put_all({"acme-prod": "not here"})
            given = settings | {"hostname": f"localhost:{api.port}"}
            assert bucket(backend("cloud", **given), "acme-prod") == "acme-lake"
        assert archive.log == [f"GET /archive/acme-prod?sig={SIGNATURE}"]


def test_what_goes_wrong_on_the_way(hcp_server: Server, settings: dict[str, Any]) -> None:
    opened = backend("cloud", **settings)
    hcp_server.fails({"kind": "status", "status": 500})
    assert bucket(opened, "acme-prod") == "acme-lake"
    answer, discovery = "DC3041 error: the server does not answer like one that holds states: ", {"kind": "none"}
    for faults, expected in (
        ([{"kind": "page"}], f"{answer}an HTML or XML page instead of JSON"),
        ([discovery, {"kind": "page"}], f"{answer}an HTML or XML page instead of JSON"),
        ([discovery, {"kind": "replace", "body": "{}"}], f"{answer}a workspace without an id"),
        ([{"kind": "half", "times": 99}], "DC3034 error: the download of the state was cut off: its JSON ends early"),
        (
            [discovery] * 3 + [{"kind": "status", "status": 403}],
            "DC3031 error: access to the state is denied: HTTP 403",
        ),
    ):
        hcp_server.fails(*faults)
        said = report(lambda: opened.read("acme-prod"), TOKEN, SIGNATURE)
        assert said.startswith(expected)
    hcp_server.fails({"kind": "hang", "seconds": 4, "times": 9})
    hasty = backend("cloud", **settings, seconds=1)
    assert "DC3035 error: the state did not arrive within 1 seconds" in report(lambda: hasty.read("acme-prod"), TOKEN)
    time.sleep(1.5)  # until the call that was left behind has met its last fault
    hcp_server.fails()
    hidden = json.dumps({"data": {"attributes": {"hosted-state-download-url": None}}})
    hcp_server.fails(discovery, discovery, {"kind": "replace", "body": hidden})
    assert "the token may not download this workspace's state" in report(lambda: opened.read("acme-prod"))
    plain = json.dumps({"data": {"attributes": {"hosted-state-download-url": f"http://127.0.0.1/x?sig={SIGNATURE}"}}})
    hcp_server.fails(discovery, discovery, {"kind": "replace", "body": plain})
    assert "a download address without TLS" in report(lambda: opened.read("acme-prod"), SIGNATURE)


def test_a_signature_is_never_shown(hcp_server: Server, settings: dict[str, Any]) -> None:
    """The download itself fails in every way that quotes addresses in the libraries' own words."""
    opened, nothing = backend("cloud", **settings), {"kind": "none"}
    for fault in (
        {"kind": "status", "status": 500, "times": 99}, {"kind": "cut", "times": 99}, {"kind": "page"},
        {"kind": "status", "status": 410}, {"kind": "hang", "seconds": 4, "times": 99},
    ):  # fmt: skip
        hcp_server.fails(*[nothing] * 4, fault)
        if fault["kind"] == "page":
            assert opened.read("acme-prod") == PAGE  # the format says what it is
            continue
        report(lambda: opened.read("acme-prod"), TOKEN, SIGNATURE, "archive")


def test_a_wrong_token_and_a_wrong_organization(settings: dict[str, Any]) -> None:
    wrong = backend("cloud", **settings | {"token": "wrong-token"})
    assert report(lambda: wrong.read("acme-prod"), "wrong-token").startswith(
        "DC3031 error: access to the state is denied: HTTP 401"
    )
    other = backend("cloud", **settings | {"organization": "acmee"})
    assert other.read("acme-prod") is None
    said = report(other.workspaces)
    assert said.startswith("DC3032 error: the organization `acmee` does not exist")


def test_a_host_without_the_service(tls_files: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", tls_files[0])
    with started("hcp_api", "--nothing", "yes", tls=tls_files) as server:
        opened = backend("cloud", hostname=f"localhost:{server.port}", organization="acme", token=TOKEN)
        assert report(lambda: opened.read("x"), TOKEN) == (
            "DC3054 error: the host `localhost:PORT` offers no API for states\n"
            "help: correct `hostname`, or leave it out for HCP Terraform"
        )


def test_tls_is_required(http_server: Server) -> None:
    opened = backend("cloud", hostname=f"127.0.0.1:{http_server.port}", organization="acme", token=TOKEN)
    said = report(lambda: opened.read("x"), TOKEN)
    assert said.startswith("DC3030 error: the state cannot be fetched: the server does not speak TLS at this port")
    assert not http_server.log


HOST = "tfe.my-corp.example"


@pytest.mark.parametrize(
    "name", ["TF_TOKEN_tfe_my__corp_example", "TF_TOKEN_tfe.my-corp.example", "TF_TOKEN_TFE_my-corp_example"]
)
def test_a_token_from_a_variable(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "from-variable")
    assert token_of(HOST, {}) == "from-variable"
    assert token_of(HOST, {"token": "from-settings"}) == "from-settings"


def test_a_token_from_the_files_of_the_cli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".terraform.d").mkdir()
    (tmp_path / ".terraformrc").write_text(
        f'# credentials "{HOST}" {{ token = "commented" }}\ncredentials "{HOST}" {{\n  token = "from-rc"\n}}\n'
    )
    assert token_of(HOST, {}) == "from-rc"
    login = {"credentials": {HOST: {"token": "from-login"}, "other.example": {"token": "other"}}}
    (tmp_path / ".terraform.d" / "credentials.tfrc.json").write_text(json.dumps(login))
    assert token_of(f"{HOST.upper()}:443", {}) == "from-login"
    (tmp_path / "ci.tfrc").write_text(f'credentials "{HOST}" {{ token = "from-ci" }}')
    monkeypatch.setenv("TF_CLI_CONFIG_FILE", str(tmp_path / "ci.tfrc"))
    assert token_of(HOST, {}) == "from-ci"


def test_no_token_and_a_helper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert report(lambda: token_of(HOST, {})) == (
        f"DC3036 error: there are no usable credentials for {HOST}: no token is set\n"
        f"help: run `terraform login {HOST}`, or set `TF_TOKEN_tfe_my__corp_example` to a token that may read states"
    )
    (tmp_path / ".terraformrc").write_text('credentials_helper "vault" {\n  args = []\n}\n')
    assert report(lambda: token_of(HOST, {})) == (
        "DC3051 error: log-ins by a credentials helper are not supported: `vault`\n"
        "help: set `TF_TOKEN_tfe_my__corp_example` to a token that may read states"
    )
