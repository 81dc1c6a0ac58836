"""Starts the servers of these tests, each in a process of its own, and ends exactly those."""

from __future__ import annotations

import datetime
import ipaddress
import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[4]


@dataclass(frozen=True, slots=True)
class Server:
    port: int
    authority: str = ""

    @property
    def url(self) -> str:
        return f"{'https' if self.authority else 'http'}://127.0.0.1:{self.port}"

    def fails(self, *faults: dict[str, Any]) -> None:
        self._control("faults", "POST", list(faults))

    def put(self, **contents: Any) -> None:
        self.put_all(contents)

    def put_all(self, contents: dict[str, Any]) -> None:
        self._control("contents", "PUT", contents)

    @property
    def contents(self) -> dict[str, Any]:
        return json.loads(self._control("contents", "GET"))

    @property
    def log(self) -> list[str]:
        return json.loads(self._control("log", "GET"))

    def _control(self, what: str, method: str, value: Any = None) -> bytes:
        import ssl

        body = json.dumps(value).encode() if value is not None else None
        asked = urllib.request.Request(f"{self.url}/_control/{what}", body, method=method)
        context = ssl.create_default_context(cafile=self.authority) if self.authority else None
        direct, secure = urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=context)
        opener = urllib.request.build_opener(direct, secure)
        with opener.open(asked, timeout=10) as answer:
            return answer.read()


@contextmanager
def started(module: str, *options: str, tls: tuple[str, str] | None = None) -> Iterator[Server]:
    command = [sys.executable, "-m", f"tests.terraform.backends.servers.{module}", *options]
    if tls:
        command += ["--certificate", tls[0], "--key", tls[1]]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        assert line.strip().isdigit(), f"{module} did not start"
        yield Server(int(line), tls[0] if tls else "")
    finally:
        process.kill()
        process.wait(10)
        process.stdout.close()


def certificate(folder: Path) -> tuple[str, str]:
    """A certificate for loopback that is its own authority, and its key: paths of PEM files."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    hosts = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=2)).add_extension(hosts, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True).sign(key, hashes.SHA256())
    )  # fmt: skip
    files = folder / "server.pem", folder / "server.key"
    files[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    files[1].write_bytes(key.private_bytes(*form))
    return str(files[0]), str(files[1])
