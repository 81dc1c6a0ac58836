"""The `http` backend, one state at one address: https://developer.hashicorp.com/terraform/language/backend/http"""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from dativo_compile.diagnostics.codes.service import WORKSPACE_UNFIT
from dativo_compile.terraform.backends.local import DEFAULT
from dativo_compile.terraform.backends.network import Tls
from dativo_compile.terraform.backends.redacted import address
from dativo_compile.terraform.backends.settings import flag, malformed, text
from dativo_compile.terraform.backends.transfer import Limits, fetched, limits_of, required
from dativo_compile.terraform.backends.web import get
from dativo_compile.terraform.fault import StateFault

ABSENT = (204, 404)


@dataclass(frozen=True, slots=True)
class Http:
    """`url` may hold a password or a signature: it is for requests, `location` for people."""

    url: str = field(repr=False)
    headers: dict[str, str] = field(repr=False)
    tls: Tls
    limits: Limits

    def location(self, workspace: str) -> str:
        return address(self.url)

    def read(self, workspace: str) -> bytes | None:
        """To Terraform as well, an empty answer means that there is no state. Raises `StateFault`."""
        if workspace != DEFAULT:
            raise StateFault(
                WORKSPACE_UNFIT, workspace=workspace, reason="`http` has one state and no workspaces",
                help=f"leave `workspace` out, or give its address: `terraform.states` {{{workspace}: https://...}}",
            )  # fmt: skip
        answer = fetched(
            self.limits, lambda: get(self.url, self.limits, headers=self.headers, tls=self.tls, absent=ABSENT)
        )
        return answer.body if answer.status not in ABSENT and answer.body else None

    def workspaces(self) -> tuple[str, ...]:
        return (DEFAULT,) if self.read(DEFAULT) is not None else ()


def opened(config: dict[str, Any], root: Path, module: str) -> Http:
    """Raises `StateFault`."""
    (url,) = required(config | {"address": text(config, "address", "TF_HTTP_ADDRESS")}, "address")
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good:
        reason = "is no `http://` or `https://` address"
        raise malformed(config | {"type": "http"}, "address", reason, "give the whole address of the state")
    return Http(without_user(url), _headers(config, url), _tls(config), limits_of(config))


def basic(username: str, password: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{username}:{password}".encode()).decode()}


def without_user(url: str) -> str:
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def _headers(config: dict[str, Any], url: str) -> dict[str, str]:
    """The settings' user name first, then the variable's, then one inside the address (as Go's client reads it)."""
    username = text(config, "username", "TF_HTTP_USERNAME")
    if username:
        return basic(username, text(config, "password", "TF_HTTP_PASSWORD") or "")
    parts = urlsplit(url)
    if parts.username:
        return basic(unquote(parts.username), unquote(parts.password or ""))
    return {}


def _tls(config: dict[str, Any]) -> Tls:
    names = ("client_ca_certificate_pem", "client_certificate_pem", "client_private_key_pem")
    authority, certificate, key = (text(config, name, f"TF_HTTP_{name.upper()}") or "" for name in names)
    for have, name, other in ((certificate, names[2], key), (key, names[1], certificate)):
        if have and not other:
            raise malformed(config, name, "is missing", "a client certificate and its private key belong together")
    return Tls(flag(config, "skip_cert_verification"), authority, certificate, key)
