"""The `kubernetes` backend over a kubeconfig: secrets in one and in several parts, log-ins, and what goes wrong."""

from __future__ import annotations

import base64
import gzip
import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.terraform.backends.asking import STATE, backend, bucket, report
from tests.terraform.backends.servers.started import Server


def secret(workspace: str, data: bytes, part: int = 0, suffix: str = "lake") -> dict[str, Any]:
    name = f"tfstate-{workspace}-{suffix}" + (f"-part-{part}" if part else "")
    labels = {"tfstate": "true", "tfstateSecretSuffix": suffix, "tfstateWorkspace": workspace}
    thing = {"metadata": {"name": name, "labels": labels}, "data": {"tfstate": base64.b64encode(data).decode()}}
    return {f"data/secrets/{name}": thing}


def kubeconfig(server: Server, path: Path, **user: Any) -> str:
    value = {
        "current-context": "dev",
        "contexts": [
            {"name": "dev", "context": {"cluster": "c", "user": "u"}},
            {"name": "nobody", "context": {"cluster": "c"}},
        ],
        "clusters": [{"name": "c", "cluster": {"server": server.url, "certificate-authority": server.authority}}],
        "users": [{"name": "u", "user": user or {"token": "kube-token"}}],
    }
    path.write_text(yaml.safe_dump(value))
    return str(path)


@pytest.fixture
def settings(kube_server: Server, tmp_path: Path) -> dict[str, Any]:
    packed = gzip.compress(STATE.encode())
    kube_server.put_all(secret("default", packed) | secret("acme-prod", packed) | secret("x", packed, suffix="other"))
    return {
        "secret_suffix": "lake", "namespace": "data", "config_path": kubeconfig(kube_server, tmp_path / "config"),
    }  # fmt: skip


def test_states_are_read_and_nothing_written(kube_server: Server, settings: dict[str, Any]) -> None:
    before, opened = kube_server.contents, backend("kubernetes", **settings)
    assert [bucket(opened), bucket(opened, "acme-prod")] == ["acme-lake"] * 2
    assert opened.workspaces() == ("acme-prod", "default")
    assert opened.read("acme") is None
    assert opened.location("acme-prod") == f"{kube_server.url}/api/v1/namespaces/data/secrets/tfstate-acme-prod-lake"
    assert kube_server.contents == before
    assert {line.split()[0] for line in kube_server.log} == {"GET"}


def test_a_state_in_parts(kube_server: Server, settings: dict[str, Any]) -> None:
    packed = gzip.compress(STATE.encode())
    kube_server.put_all(secret("big", packed[:50]) | secret("big", packed[50:90], 1) | secret("big", packed[90:], 2))
    opened = backend("kubernetes", **settings)
    assert bucket(opened, "big") == "acme-lake"
    assert opened.workspaces() == ("acme-prod", "big", "default")


def test_a_part_that_is_missing(kube_server: Server, settings: dict[str, Any]) -> None:
    kube_server.put_all(secret("big", gzip.compress(STATE.encode())[:50]))
    assert report(lambda: backend("kubernetes", **settings).read("big"), "kube-token") == (
        "DC3053 error: the stored parts of the state do not fit together: "
        "there is no `tfstate-big-lake-part-1`\n"
        "help: compile again; see what `terraform state pull` says"
    )


def test_a_bomb_is_not_unpacked(kube_server: Server, settings: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    kube_server.put_all(secret("bomb", gzip.compress(b" " * 5_000_000)))
    opened = backend("kubernetes", **settings)
    small = replace(opened, limits=replace(opened.limits, largest=1024 * 1024))
    assert report(lambda: small.read("bomb")).startswith("DC3033 error: the state is larger than 1 MiB")


def test_a_secret_without_a_state_is_absent(kube_server: Server, settings: dict[str, Any]) -> None:
    kube_server.put_all({"data/secrets/tfstate-empty-lake": {"metadata": {"name": "x"}, "type": "Opaque"}})
    assert backend("kubernetes", **settings).read("empty") is None


@pytest.mark.parametrize("workspace", ["Acme", "acme_prod", "x" * 250, "-"])
def test_a_workspace_that_no_secret_can_be_named_after(settings: dict[str, Any], workspace: str) -> None:
    opened = backend("kubernetes", **settings)
    if workspace == "-":
        assert opened.read(workspace) is None  # `tfstate----lake` is a name
        return
    said = report(lambda: opened.read(workspace))
    assert said.startswith(
        f"DC3050 error: the workspace `{workspace}` cannot exist in this backend: a secret cannot be"
    )


@pytest.mark.parametrize(
    "user",
    [
        {"tokenFile": "token"},
        {"exec": {"command": "aws"}},
        {"token": "wrong-one"},
    ],
    ids=["file", "exec", "wrong"],
)
def test_a_token_of_the_environment_stands_in_for_others(
    kube_server: Server, settings: dict[str, Any], tmp_path: Path, user: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "token").write_text("kube-token\n")
    settings["config_path"] = kubeconfig(kube_server, tmp_path / "config", **user)
    if "tokenFile" not in user:
        monkeypatch.setenv("KUBE_TOKEN", "kube-token")
    assert bucket(backend("kubernetes", **settings)) == "acme-lake"


def test_log_ins_that_run_programs_are_refused_by_name(
    kube_server: Server, settings: dict[str, Any], tmp_path: Path
) -> None:
    def said(**user: Any) -> str:
        settings["config_path"] = kubeconfig(kube_server, tmp_path / "config", **user)
        return report(lambda: backend("kubernetes", **settings)).splitlines()[0]

    marker = tmp_path / "it-ran"
    start = "DC3051 error: log-ins by"
    command = {"command": "touch", "args": [str(marker)]}
    assert said(exec=command) == f"{start} a program are not supported: `touch`"
    assert said(**{"auth-provider": {"name": "gcp"}}) == f"{start} an auth-provider are not supported: `gcp`"
    assert not marker.exists()
    settings["exec"] = {"command": "aws"}
    assert said(token="kube-token") == f"{start} a program are not supported: `aws`"


def test_settings_alone_are_enough(kube_server: Server, settings: dict[str, Any]) -> None:
    alone = {
        "secret_suffix": "lake", "namespace": "data", "host": kube_server.url, "token": "kube-token",
        "cluster_ca_certificate": Path(kube_server.authority).read_text(),
    }  # fmt: skip
    assert bucket(backend("kubernetes", **alone)) == "acme-lake"


def test_several_kubeconfigs_are_one(
    kube_server: Server, settings: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "first").write_text(yaml.safe_dump({"users": [{"name": "u", "user": {"token": "kube-token"}}]}))
    kubeconfig(kube_server, tmp_path / "second", token="wrong-one")
    monkeypatch.setenv("KUBE_CONFIG_PATHS", f"{tmp_path}/first:{tmp_path}/second")
    assert bucket(backend("kubernetes", secret_suffix="lake", namespace="data")) == "acme-lake"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"config_path": "gone"}, "the kubeconfig cannot be used: no such file or directory"),
        ({"config_context": "prd"}, "the kubeconfig cannot be used: it has no context named `prd`"),
        ({"config_context_cluster": "d"}, "the kubeconfig cannot be used: it has no cluster named `d`"),
    ],
)
def test_a_kubeconfig_that_does_not_do(settings: dict[str, Any], change: dict[str, Any], expected: str) -> None:
    assert report(lambda: backend("kubernetes", **settings | change)).startswith(f"DC3052 error: {expected}")


@pytest.mark.parametrize("text", ["just text", "a: [", "- list"])
def test_a_kubeconfig_that_is_none(settings: dict[str, Any], text: str) -> None:
    Path(settings["config_path"]).write_text(text)
    assert "cannot be used: it is no YAML mapping" in report(lambda: backend("kubernetes", **settings))


def test_no_pod(settings: dict[str, Any]) -> None:
    said = report(lambda: backend("kubernetes", **settings, in_cluster_config=True))
    assert "the setting `in_cluster_config` of the backend `kubernetes` is set, but this is no pod" in said


def test_no_kubeconfig_at_all() -> None:
    said = report(lambda: backend("kubernetes", secret_suffix="lake"))
    assert said.startswith("DC3038 error: the setting `config_path` of the backend `kubernetes` is missing")


def test_what_goes_wrong_on_the_way(kube_server: Server, settings: dict[str, Any]) -> None:
    opened = backend("kubernetes", **settings)
    kube_server.fails({"kind": "status", "status": 500})
    assert bucket(opened) == "acme-lake"
    for fault, expected in (
        ({"kind": "page"}, "DC3041 error: the server does not answer like one that holds states: an HTML or XML page"),
        ({"kind": "half", "times": 9}, "DC3034 error: the download of the state was cut off: its JSON ends early"),
        ({"kind": "replace", "body": json.dumps({"data": {"tfstate": "%"}}), "times": 9}, "DC3053 error"),
    ):
        kube_server.fails(fault)
        assert report(lambda: opened.read("default"), "kube-token").startswith(expected)
    kube_server.fails()
    kube_server.fails({"kind": "hang", "seconds": 3, "times": 9})
    hasty = backend("kubernetes", **settings, seconds=1)
    assert report(lambda: hasty.read("default")).startswith("DC3035 error: the state did not arrive within 1 seconds")
    kube_server.fails()
    wrong = backend("kubernetes", **settings, token="wrong-token", seconds=30)
    assert report(lambda: wrong.read("default"), "wrong-token").startswith(
        "DC3031 error: access to the state is denied"
    )
    nobody = backend("kubernetes", **settings, config_context="nobody")
    assert report(lambda: nobody.read("default")).startswith("DC3031 error: access to the state is denied: HTTP 401")
