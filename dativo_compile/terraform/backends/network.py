"""How a server is reached: proxies, whom to trust, and what a failed connection is called."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dativo_compile.diagnostics.codes.service import LOGIN_FILE_UNFIT
from dativo_compile.terraform.backends.transfer import Limits, cut_off, unreachable
from dativo_compile.terraform.fault import StateFault

TRUST = ("SSL_CERT_FILE", "SSL_CERT_DIR")


@dataclass(frozen=True, slots=True)
class Tls:
    """`authority`, `certificate` and `key` are PEM texts, never paths; empty is absent."""

    insecure: bool = False
    authority: str = ""
    certificate: str = ""
    key: str = ""
    server_name: str = ""

    def __repr__(self) -> str:
        return f"Tls(insecure={self.insecure})"  # a key must not reach a crash report


def trust() -> tuple[str, ...]:
    return tuple(os.environ.get(name, "") for name in TRUST)


def context(tls: Tls) -> Any:
    """The system's authorities, or the one given. Raises `StateFault`."""
    import ssl  # late, like all of its kind here: a compile of local states needs none

    bad = ""
    try:
        made = ssl.create_default_context(cadata=tls.authority or None)
    except (ssl.SSLError, OSError, ValueError):
        bad, made = "certificate of the authority", ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if tls.certificate and not bad:
        try:
            with _as_file(f"{tls.certificate.rstrip()}\n{tls.key}") as path:
                made.load_cert_chain(path, password="")  # without one OpenSSL would ask at the terminal
        except (ssl.SSLError, OSError, ValueError):
            bad = "client certificate or its key"
    if bad:
        raise StateFault(LOGIN_FILE_UNFIT, what=bad, reason="it is not in PEM form, or does not fit")
    if tls.insecure:
        made.check_hostname = False
        made.verify_mode = ssl.CERT_NONE
    return made


@contextmanager
def _as_file(text: str) -> Iterator[str]:
    """OpenSSL reads keys from files only; in memory where the system can, so that none is left on a disk."""
    if hasattr(os, "memfd_create"):
        handle = os.memfd_create("key")
        try:
            os.write(handle, text.encode())
            yield f"/proc/self/fd/{handle}"
        finally:
            os.close(handle)
        return
    import tempfile

    with tempfile.NamedTemporaryFile("w", suffix=".pem") as file:
        file.write(text)
        file.flush()
        yield file.name


def pem(path: str, what: str) -> str:
    """A certificate or key from the file that a setting names. Raises `StateFault`."""
    try:
        return Path(path).expanduser().read_text("utf-8")
    except (OSError, UnicodeDecodeError, RuntimeError) as error:
        reason = (error.strerror or "it cannot be read").lower() if isinstance(error, OSError) else "it is no text"
    raise StateFault(LOGIN_FILE_UNFIT, what=what, reason=reason, help="correct the path or the file's permissions")


def proxy_of(url: str) -> str | None:
    """`HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`, as Terraform heeds them; never for loopback."""
    from urllib.request import getproxies, proxy_bypass

    parts = urlsplit(url)
    host = parts.hostname or ""
    if is_loopback(host) or proxy_bypass(host):
        return None
    proxy = getproxies().get(parts.scheme)
    return proxy if not proxy or "://" in proxy else f"http://{proxy}"


def is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def passing_by(error: Exception, limits: Limits) -> Exception:
    """What to raise for a library's or the system's error, in our words: theirs name whole addresses."""
    import ssl

    from urllib3.exceptions import (
        ConnectTimeoutError,
        DecodeError,
        MaxRetryError,
        NameResolutionError,
        NewConnectionError,
        ProtocolError,
        ProxyError,
        ReadTimeoutError,
        SSLError,
    )

    if isinstance(error, MaxRetryError) and error.reason is not None:
        error = error.reason
    if isinstance(error, ConnectTimeoutError) and not isinstance(error, NewConnectionError):
        return unreachable(f"no connection within {limits.connect:g} seconds")
    if isinstance(error, ReadTimeoutError | TimeoutError):
        return unreachable(f"no answer within {limits.read:g} seconds")
    if isinstance(error, NameResolutionError):
        return unreachable("the host's name is not known", passing=False)
    if isinstance(error, ProxyError):
        return unreachable("the proxy cannot be reached")
    if isinstance(error, SSLError | ssl.SSLError):
        return unreachable(_tls_reason(error), passing=False)
    if isinstance(error, NewConnectionError):
        return unreachable("the connection is refused")
    if isinstance(error, ProtocolError):
        return _broken(error)
    if isinstance(error, DecodeError):
        return cut_off("its compressed body is damaged")
    return unreachable("the connection failed", passing=isinstance(error, OSError))


def _broken(error: Exception) -> Exception:
    if "chunk" in str(error.args[:1]).lower() or type(error).__name__ == "InvalidChunkLength":
        return cut_off("its last piece is missing")
    if "IncompleteRead" in str(error.args[:1]):
        return cut_off("fewer bytes arrived than were announced")
    return unreachable("the server closed the connection without an answer")


def _tls_reason(error: Exception) -> str:
    text = str(error).lower()
    if "hostname mismatch" in text or "ip address mismatch" in text:
        return "the server's certificate is for another host"
    if "certificate verify failed" in text:
        return "the server's certificate is not trusted"
    if "wrong version number" in text or "http_request" in text:
        return "the server does not speak TLS at this port"
    if "certificate required" in text or "handshake failure" in text:
        return "the server asks for a client certificate, or refuses the one given"
    return "no TLS connection can be made"
