"""URLs of single states, as `--state` and `dativo.yaml` may give them, brought to the settings of a backend."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit

from dativo_compile.diagnostics.codes.backend import LOCATION_MALFORMED
from dativo_compile.terraform.backends.local import DEFAULT
from dativo_compile.terraform.backends.redacted import address
from dativo_compile.terraform.fault import StateFault

URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
KNOWN = "known are `s3://`, `gs://`, `az://`, `https://`, `http://` and `postgres://`"


@dataclass(frozen=True, slots=True)
class Location:
    """What to open, and which of its workspaces is meant."""

    config: dict[str, Any]
    workspace: str


def is_url(text: str) -> bool:
    return URL.match(text) is not None


def location(text: str, workspace: str) -> Location:
    """`workspace` is the one that the URL is given for; most name one state whatever it is. Raises `StateFault`."""
    url = _split(text)
    config: dict[str, Any]
    match url.scheme:
        case "s3":
            bucket, key = _parts(text, url, "s3://BUCKET/KEY", 1)
            config = {"type": "s3", "bucket": bucket, "key": key}
        case "gs" | "gcs":
            bucket, name = _parts(text, url, "gs://BUCKET/OBJECT", 1)
            config = {"type": "gcs", "bucket": bucket, "object": name}
        case "az" | "azure" | "azurerm":
            account, container, key = _parts(text, url, "az://ACCOUNT/CONTAINER/BLOB", 2)
            config = {"type": "azurerm", "storage_account_name": account, "container_name": container, "key": key}
        case "http" | "https":
            if not url.hostname:
                raise _malformed(text, "names no host")
            config = {"type": "http", "address": text}
        case "postgres" | "postgresql" | "pg":
            return Location(_pg(text, url), workspace)
        case scheme:
            raise _malformed(text, f"has the scheme `{scheme}`, which is not read", KNOWN)
    if url.password is not None:
        raise _malformed(text, "holds a password", "take it out; credentials come from the environment")
    return Location(config, DEFAULT)


def plain_host(url: str) -> str | None:
    """The host of an address, if what is read from it could be overheard."""
    parts = _split(url)
    host = (parts.hostname or "").lower()
    if parts.scheme != "http" or not host or host == "localhost" or host.endswith(".localhost"):
        return None
    try:
        return None if ipaddress.ip_address(host).is_loopback else host
    except ValueError:
        return host


def _split(text: str) -> SplitResult:
    try:
        url = urlsplit(text)
        if url.port is None or url.port > 0:
            return url
    except ValueError:
        pass
    raise _malformed(text, "is no address")


def _parts(text: str, url: SplitResult, form: str, inner: int) -> list[str]:
    """The host and `inner` parts of the path, the last of which may hold slashes."""
    if url.query or url.fragment:
        raise _malformed(text, "has a query, and names no object by it", f"write `{form}`")  # often a signed URL
    path = text.partition("://")[2].partition("/")[2]
    parts = [url.netloc.rpartition("@")[2], *path.split("/", inner - 1)]
    if len(parts) != inner + 1 or not all(parts):
        raise _malformed(text, "is not complete", f"write `{form}`")
    return parts


def _pg(text: str, url: SplitResult) -> dict[str, Any]:
    """`postgres://HOST/DATABASE/SCHEMA`; a query of the driver's own may follow."""
    database, _, schema = url.path.lstrip("/").partition("/")
    if not database or not schema or "/" in schema:
        raise _malformed(text, "is not complete", "write `postgres://USER@HOST/DATABASE/SCHEMA`")
    if url.password is not None or any(name == "password" for name, _ in parse_qsl(url.query)):
        raise _malformed(text, "holds a password", "take it out; it comes from PGPASSWORD or PGPASSFILE")
    query = f"?{urlencode(parse_qsl(url.query))}" if url.query else ""
    return {
        "type": "pg", "conn_str": f"postgres://{url.netloc}/{database}{query}", "schema_name": unquote(schema),
    }  # fmt: skip


def _malformed(text: str, reason: str, help: str = "") -> StateFault:
    return StateFault(LOCATION_MALFORMED, location=address(text), reason=reason, help=help or KNOWN)
