"""States in Consul's key/value store: https://developer.hashicorp.com/terraform/language/backend/consul"""

from __future__ import annotations

import base64
import binascii
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from dativo_compile.terraform.backends.answers import found, listed, shown_kind
from dativo_compile.terraform.backends.http import basic
from dativo_compile.terraform.backends.local import DEFAULT
from dativo_compile.terraform.backends.network import Tls, pem
from dativo_compile.terraform.backends.packed import MAGIC, parts_fault, unpacked
from dativo_compile.terraform.backends.settings import flag, malformed, text
from dativo_compile.terraform.backends.transfer import Limits, fetched, limits_of, required, too_large, unexpected
from dativo_compile.terraform.backends.web import get

ADDRESS = "127.0.0.1:8500"
WORKSPACE = "-env:"
CHUNKED = b'"current-hash"'
LARGEST_INDEX = 1024 * 1024  # bytes of a value that lists parts: twice what Consul takes by default


@dataclass(frozen=True, slots=True)
class Consul:
    """`url` is scheme, host and port; `query` names datacenter, namespace and partition."""

    url: str
    path: str
    query: dict[str, str]
    headers: dict[str, str] = field(repr=False)
    tls: Tls
    limits: Limits

    def location(self, workspace: str) -> str:
        where = urlencode(self.query)
        return f"{self.url}/v1/kv/{self.key(workspace)}{'?' if where else ''}{where}"

    def key(self, workspace: str) -> str:
        return self.path if workspace == DEFAULT else f"{self.path}{WORKSPACE}{workspace}"

    def read(self, workspace: str) -> bytes | None:
        """Raises `StateFault`."""
        return fetched(self.limits, lambda: self._state(self.key(workspace)))

    def workspaces(self) -> tuple[str, ...]:
        """One listing: up to the next `/`, keys that begin like the path are states or folders. Raises `StateFault`."""
        answer = fetched(self.limits, lambda: self._get(self.path, keys="", separator="/"))
        if answer is None:
            return ()
        keys = listed(answer)
        mark = self.path + WORKSPACE
        names = [k.removeprefix(mark) for k in map(str, keys) if k.startswith(mark) and not k.endswith("/")]
        return tuple(sorted({*names, *([DEFAULT] if self.path in keys else [])}))

    def _state(self, key: str) -> bytes | None:
        import hashlib

        value = self._value(key)
        if value is None:
            return None
        index = _index(value)
        checksum = ""
        if index is not None:
            value, checksum = self._joined(key, index)
        if value[:2] == MAGIC:
            value = unpacked(value, self.limits)
        if checksum and hashlib.md5(value, usedforsecurity=False).hexdigest() != checksum:
            raise parts_fault("the whole has another checksum than the one recorded")
        return value

    def _joined(self, key: str, index: Mapping[str, Any]) -> tuple[bytes, str]:
        """Terraform puts the parts below the state's own key; another place was not written by it."""
        checksum, names, whole = str(index["current-hash"]), index["chunks"], bytearray()
        below = f"{key.rstrip('/')}/tfstate.{checksum}/"
        for name in names:
            if type(name) is not str or not name.startswith(below):
                raise parts_fault("a part is said to lie under another key")
            part = self._value(name)
            if part is None:
                raise parts_fault(f"there is no `{name}`")
            whole += part
            if len(whole) > self.limits.largest:
                raise too_large(self.limits)
        return bytes(whole), checksum

    def _value(self, key: str) -> bytes | None:
        answer = self._get(key)
        if answer is None:
            return None
        entries = listed(answer)
        value = entries[0].get("Value", "") if entries and type(entries[0]) is dict else None
        if value is not None and type(value) is not str:
            raise unexpected(f"a value that is {shown_kind(value)}")
        try:
            return base64.b64decode(value or "", validate=True)
        except (binascii.Error, ValueError):
            pass
        raise unexpected("a value that is not in base64")

    def _get(self, key: str, **query: str) -> bytes | None:
        """Absent for 404, which means that there is no such key."""
        asked = urlencode({**self.query, **query})
        url = f"{self.url}/v1/kv/{quote(key.lstrip('/'), safe='/:')}{'?' if asked else ''}{asked}"
        return found(get(url, self.limits, headers=self.headers, tls=self.tls))


def opened(config: dict[str, Any], root: Path, module: str) -> Consul:
    """What the settings leave open comes from the variables of Consul's own client. Raises `StateFault`."""
    (path,) = required(config, "path")
    env = os.environ
    given = text(config, "address", "CONSUL_HTTP_ADDR") or ADDRESS
    scheme, mark, host = given.rpartition("://")
    if not mark or scheme == "tcp":
        scheme = text(config, "scheme") or ("https" if flag({}, "", "CONSUL_HTTP_SSL") else "http")
    if scheme not in ("http", "https") or not host or "@" in host:
        help = "give HOST:PORT; unix sockets are not read, and a user name goes into `CONSUL_HTTP_AUTH`"
        raise malformed(config, "address", "is no address of a server over HTTP", help)
    asked = {
        "dc": text(config, "datacenter"), "ns": env.get("CONSUL_NAMESPACE"), "partition": env.get("CONSUL_PARTITION"),
    }  # fmt: skip
    query = {name: str(value) for name, value in asked.items() if value}
    return Consul(f"{scheme}://{host.rstrip('/')}", path, query, _headers(config), _tls(config), limits_of(config))


def _headers(config: dict[str, Any]) -> dict[str, str]:
    headers = {}
    token, file = text(config, "access_token", "CONSUL_HTTP_TOKEN"), text({}, "", "CONSUL_HTTP_TOKEN_FILE")
    if not token and file:
        token = pem(file, "token file of `CONSUL_HTTP_TOKEN_FILE`").strip()
    if token:
        headers["X-Consul-Token"] = token
    user = text(config, "http_auth", "CONSUL_HTTP_AUTH")
    if user:
        name, _, password = user.partition(":")
        headers |= basic(name, password)
    return headers


def _tls(config: dict[str, Any]) -> Tls:
    names = {"ca_file": "CONSUL_CACERT", "cert_file": "CONSUL_CLIENT_CERT", "key_file": "CONSUL_CLIENT_KEY"}
    paths = [(name, text(config, name, variable)) for name, variable in names.items()]
    authority, certificate, key = (pem(path, f"file of `{name}`") if path else "" for name, path in paths)
    unchecked = (text({}, "", "CONSUL_HTTP_SSL_VERIFY") or "").lower() in ("false", "0", "f")
    return Tls(unchecked, authority, certificate, key, text({}, "", "CONSUL_TLS_SERVER_NAME") or "")


def _index(value: bytes) -> Mapping[str, Any] | None:
    """What stands in place of a state too large for one value: the list of its parts."""
    if len(value) > LARGEST_INDEX or CHUNKED not in value[:LARGEST_INDEX]:
        return None
    try:
        index = json.loads(value)
    except (ValueError, RecursionError):
        return None
    fits = type(index) is dict and type(index.get("current-hash")) is str and type(index.get("chunks")) is list
    return index if fits and "version" not in index else None
