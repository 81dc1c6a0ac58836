"""One GET over HTTP, for the backends that are servers of their own: pooled, bounded, and never telling an address
that could open something. What goes wrong becomes `StateFault`, or `Transient` where asking again may help.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from dativo_compile.terraform.backends.network import Tls, context, passing_by, proxy_of, trust
from dativo_compile.terraform.backends.transfer import CHUNK, Limits, cut_off, gathered, refused, unexpected

REDIRECTIONS = 5
REDIRECTED = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True)
class Answer:
    """`status` is 2xx or one that the caller said means absence; `url` is where redirections led."""

    status: int
    body: bytes
    url: str


def get(
    url: str,
    limits: Limits,
    *,
    headers: Mapping[str, str] | None = None,
    tls: Tls | None = None,
    absent: tuple[int, ...] = (404,),
) -> Answer:
    """Redirections are followed, never from TLS to plain HTTP; `headers` go to the first origin only.

    Raises `StateFault` and `Transient`.
    """
    tls, own = tls or Tls(), dict(headers or {})
    origin = origin_of(url)
    for _ in range(REDIRECTIONS + 1):
        sent = own if origin_of(url) == origin else {k: v for k, v in own.items() if k == "Accept"}
        status, found, body = _once(url, limits, sent, tls)
        if status in REDIRECTED and "location" in found:
            url = _next(url, found["location"])
            continue
        if 200 <= status < 300 or status in absent:
            return Answer(status, body, url)
        raise refused(status, retry_after=found.get("retry-after"))
    raise unexpected(f"more than {REDIRECTIONS} redirections")


def origin_of(url: str) -> tuple[str, str, int | None]:
    """What decides whether credentials may be sent: scheme, host and port. Raises `StateFault`."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts = None
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        raise unexpected("an address that is none")
    return parts.scheme, parts.hostname, port or (443 if parts.scheme == "https" else 80)


def _next(url: str, location: str) -> str:
    new = urljoin(url, location)
    if origin_of(url)[0] == "https" and origin_of(new)[0] != "https":
        raise unexpected("a redirection from TLS to plain HTTP")
    return new


def _once(url: str, limits: Limits, headers: dict[str, str], tls: Tls) -> tuple[int, dict[str, str], bytes]:
    import urllib3
    from urllib3.exceptions import HTTPError, IncompleteRead, ProtocolError

    pool = _pool(tls, proxy_of(url), *trust())
    timeout = urllib3.Timeout(connect=limits.connect, read=limits.read)
    sent = {"User-Agent": "dativo-compile", "Accept-Encoding": "identity", **headers}
    arrived = None
    if tls.insecure:
        urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)  # the settings say so; no line of it
    try:
        response = pool.request(
            "GET", url, headers=sent, timeout=timeout, retries=False, redirect=False, preload_content=False
        )
        try:
            found = {name.lower(): value for name, value in response.headers.items()}
            plain = found.get("content-encoding", "identity") == "identity"
            length = found.get("content-length", "")
            announced = int(length) if plain and length.isascii() and length.isdigit() else None
            body = gathered(response.stream(CHUNK, decode_content=True), limits, announced)
            return response.status, found, body
        finally:
            response.close()  # of no effect on one that was read to its end: its connection is back in the pool
    except IncompleteRead as error:
        arrived = f"{error.partial:,} bytes arrived, {error.expected or 0:,} more were announced"
        fault: Exception | None = None
    except ProtocolError as error:
        fault = passing_by(error, limits)
    except (HTTPError, OSError) as error:
        fault = passing_by(error, limits)
    raise fault or cut_off(str(arrived))  # outside of `except`: the library's error names the whole address


@functools.cache
def _pool(tls: Tls, proxy: str | None, *trusted: str) -> Any:
    """One pool a way of connecting; `trusted` are the variables that OpenSSL looks up when its context is made."""
    import ssl

    import urllib3

    settings: dict[str, Any] = {"ssl_context": context(tls), "maxsize": 8, "num_pools": 16}
    if tls.insecure:
        settings |= {"cert_reqs": ssl.CERT_NONE, "assert_hostname": False}
    if tls.server_name:
        settings |= {"server_hostname": tls.server_name}
    if proxy:
        return urllib3.ProxyManager(proxy, **settings)
    return urllib3.PoolManager(**settings)
