"""Which Kubernetes server, and with what credentials: from the backend's settings, a kubeconfig, or the pod itself.

Files only: a kubeconfig's `exec` program or `auth-provider` is refused by name.
"""

from __future__ import annotations

import base64
import binascii
import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from dativo_compile.diagnostics.codes.service import LOGIN_FILE_UNFIT, LOGIN_REFUSED
from dativo_compile.terraform.backends.answers import inside
from dativo_compile.terraform.backends.http import basic
from dativo_compile.terraform.backends.network import Tls, pem
from dativo_compile.terraform.backends.settings import block, flag, malformed, text
from dativo_compile.terraform.fault import StateFault

POD = Path("/var/run/secrets/kubernetes.io/serviceaccount")
WHAT = "kubeconfig"


@dataclass(frozen=True, slots=True)
class Cluster:
    """`url` without a final slash; `refused` is a log-in that would have to stand in for headers."""

    url: str
    headers: dict[str, str] = field(repr=False)
    tls: Tls
    refused: tuple[str, str] | None = None


def cluster_of(config: dict[str, Any], root: Path, module: str) -> Cluster:
    """Settings win over variables, and both over the kubeconfig. Raises `StateFault`."""
    if block(config, "exec"):
        _refuse("a program", str(block(config, "exec").get("command")))
    in_pod = flag(config, "in_cluster_config", "KUBE_IN_CLUSTER_CONFIG")
    found = _overridden(_in_pod(config) if in_pod else _from_files(config, root, module), config)
    if not found.url:
        raise malformed(
            config, "config_path", "is missing",
            "give the kubeconfig in `KUBE_CONFIG_PATH` or `config_path` (Terraform does not look at ~/.kube/config)",
        )  # fmt: skip
    if found.refused and not found.headers:
        _refuse(*found.refused)
    return found


def _overridden(found: Cluster, config: dict[str, Any]) -> Cluster:
    tls, headers, url = found.tls, found.headers, text(config, "host", "KUBE_HOST") or found.url
    if url and "://" not in url:
        url = f"https://{url}"
    token = text(config, "token", "KUBE_TOKEN")
    username = text(config, "username", "KUBE_USER")
    if token:
        headers = {"Authorization": f"Bearer {token}"}
    elif username:
        headers = basic(username, text(config, "password", "KUBE_PASSWORD") or "")
    return Cluster(
        url.rstrip("/"), headers,
        replace(
            tls,
            insecure=flag(config, "insecure", "KUBE_INSECURE") or tls.insecure,
            authority=text(config, "cluster_ca_certificate", "KUBE_CLUSTER_CA_CERT_DATA") or tls.authority,
            certificate=text(config, "client_certificate", "KUBE_CLIENT_CERT_DATA") or tls.certificate,
            key=text(config, "client_key", "KUBE_CLIENT_KEY_DATA") or tls.key,
        ),
        found.refused,
    )  # fmt: skip


def _in_pod(config: dict[str, Any]) -> Cluster:
    host, port = (os.environ.get(f"KUBERNETES_SERVICE_{name}", "") for name in ("HOST", "PORT"))
    if not host or not port:
        raise malformed(config, "in_cluster_config", "is set, but this is no pod", "leave it out, or give a kubeconfig")
    token = pem(str(POD / "token"), "service account's token").strip()
    authority = pem(str(POD / "ca.crt"), "service account's certificate of the authority")
    host = f"[{host}]" if ":" in host else host
    return Cluster(f"https://{host}:{port}", {"Authorization": f"Bearer {token}"}, Tls(authority=authority))


def _from_files(config: dict[str, Any], root: Path, module: str) -> Cluster:
    """The first file to name a context, cluster or user wins, as for kubectl."""
    path = text(config, "config_path", "KUBE_CONFIG_PATH")
    listed = config.get("config_paths") or [p for p in os.environ.get("KUBE_CONFIG_PATHS", "").split(os.pathsep) if p]
    paths = [path] if path else [str(p) for p in listed]
    if not paths:
        return _in_pod(config) if os.environ.get("KUBERNETES_SERVICE_HOST") and (POD / "token").exists() else _nothing()
    files = [(file, _loaded(file)) for file in ((root / module / os.path.expanduser(p)) for p in paths)]
    name = text(config, "config_context", "KUBE_CTX")
    name = name or next((str(value["current-context"]) for _, value in files if value.get("current-context")), "")
    _, context = _named(files, "contexts", "context", name) if name else (None, {})
    cluster_name = text(config, "config_context_cluster", "KUBE_CTX_CLUSTER") or str(context.get("cluster") or "")
    user_name = text(config, "config_context_auth_info", "KUBE_CTX_AUTH_INFO") or str(context.get("user") or "")
    if not cluster_name:
        raise _unfit("it has no `current-context`, and `config_context` names none")
    where, cluster = _named(files, "clusters", "cluster", cluster_name)
    beside, user = _named(files, "users", "user", user_name) if user_name else (where, {})
    return _joined(cluster, where, user, beside)


def _nothing() -> Cluster:
    return Cluster("", {}, Tls())


def _joined(cluster: dict[str, Any], where: Path, user: dict[str, Any], beside: Path) -> Cluster:
    token = str(user.get("token") or "")
    if not token and user.get("tokenFile"):
        token = pem(str(beside / str(user["tokenFile"])), "token file of the kubeconfig").strip()
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    if not token and user.get("username"):
        headers = basic(str(user["username"]), str(user.get("password") or ""))
    refused = None
    if type(user.get("exec")) is dict:
        refused = ("a program", str(user["exec"].get("command")))
    elif user.get("auth-provider"):
        refused = ("an auth-provider", str(inside(user, "auth-provider", "name")))
    tls = Tls(
        str(cluster.get("insecure-skip-tls-verify")).lower() == "true",
        _pem_of(cluster, "certificate-authority", where),
        _pem_of(user, "client-certificate", beside),
        _pem_of(user, "client-key", beside),
        str(cluster.get("tls-server-name") or ""),
    )
    if cluster.get("proxy-url"):
        raise _unfit("`proxy-url` is not supported; set `HTTPS_PROXY`")
    return Cluster(str(cluster.get("server") or "").rstrip("/"), headers, tls, None if tls.certificate else refused)


def _pem_of(entry: dict[str, Any], name: str, where: Path) -> str:
    data = entry.get(f"{name}-data")
    if not data:
        return pem(str(where / str(entry[name])), f"`{name}` of the kubeconfig") if entry.get(name) else ""
    try:
        return base64.b64decode(str(data), validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        pass
    raise _unfit(f"`{name}-data` is not PEM text in base64")


def _named(files: list[tuple[Path, dict[str, Any]]], kind: str, inner: str, name: str) -> tuple[Path, dict[str, Any]]:
    """The entry, and the folder that paths in it are relative to."""
    for file, value in files:
        entries = value.get(kind)
        for entry in entries if type(entries) is list else []:
            if type(entry) is dict and str(entry.get("name")) == name and type(entry.get(inner)) is dict:
                return file.parent, entry[inner]
    raise _unfit(f"it has no {inner} named `{name}`")


def _loaded(file: Path) -> dict[str, Any]:
    """Every scalar as its text: a token of digits stays one."""
    import yaml

    data = pem(str(file), WHAT)
    try:
        value = yaml.load(data, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError):
        value = None
    if type(value) is not dict:
        raise _unfit("it is no YAML mapping")
    return value


def _refuse(kind: str, name: str) -> None:
    help = "run it yourself and hand its token over: `KUBE_TOKEN`; a service account's token or a client certificate do"
    raise StateFault(LOGIN_REFUSED, kind=kind, name=name, help=help)


def _unfit(reason: str) -> StateFault:
    return StateFault(LOGIN_FILE_UNFIT, what=WHAT, reason=reason, help="see what `kubectl config view` says")
