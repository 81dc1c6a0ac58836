"""A project full of secrets, and a look at every byte that a command wrote or printed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from dativo_compile.writing.starter import write_starter

ROOT = Path(__file__).resolve().parents[1]
S = "s3nt1nel"  # in every secret; never to be seen
STATE = "terraform/lake/terraform.tfstate.d/acme-dev/terraform.tfstate"
JOB = "jobs/acme/orders.yaml"
CALL = "from dativo_compile.cli.main import main; main()"
MAPPED = """\
      db_password: source.connection.password
      database.login.token: source.connection.extra.token
      bucket_name: target.connection.s3.bucket
"""


def output(value: Any, sensitive: bool = False) -> dict[str, Any]:
    return {"value": value, "type": "string", "sensitive": sensitive}


def outputs(**more: Any) -> dict[str, Any]:
    database = {"login": {"user": f"u{S}", "token": S, S: S}, "hosts": [S, "h"], "port": 5432}
    return {
        "bucket_name": output("acme-lake-dev"), "bucket_region": output("eu-central-1"),
        "db_password": output(S, True), "database": output(database, True), **more,
    }  # fmt: skip


def v4(values: dict[str, Any]) -> str:
    resources = [{"type": "x", "instances": [{"attributes": {"password": S}}]}]
    return json.dumps({"version": 4, "serial": 1, "lineage": "l", "outputs": values, "resources": resources})


def v3(values: dict[str, Any]) -> str:
    modules = [{"path": ["root"], "outputs": values, "resources": {"a": {"primary": {"attributes": {"p": S}}}}}]
    return json.dumps({"version": 3, "serial": 1, "lineage": "l", "modules": modules})


def show_json(values: dict[str, Any]) -> str:
    return json.dumps({"format_version": "1.0", "values": {"outputs": values, "root_module": {"a": S}}})


FORMATS = {"v4": v4, "v3": v3, "output -json": json.dumps, "show -json": show_json}


class Vault:
    """The project that `dativo init` writes, with sensitive outputs that its job maps."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        write_starter(folder)
        for file in folder.glob("terraform/lake/*.tf"):
            file.unlink()  # these states have outputs that the starter's module does not declare
        self.write(STATE, v4(outputs()))
        self.edit(JOB, "      bucket_name: target.connection.s3.bucket\n", MAPPED)
        self.edit(JOB, "source:\n", "source:\n  connection:\n    user: ${PGUSER}\n")

    def write(self, name: str, text: str | bytes) -> None:
        (self.folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())

    def edit(self, name: str, old: str, new: str) -> None:
        text = (self.folder / name).read_text()
        assert old in text
        self.write(name, text.replace(old, new))

    def run(self, *args: str, code: str = CALL, flags: tuple[str, ...] = (), **options: Any) -> Ran:
        """A command, after which the secret is in no byte that is not an input's."""
        inputs = files(self.folder)
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PGUSER": S, "DB_PASSWORD": S}
        ran = subprocess.run(
            [sys.executable, *flags, "-c", code, *args],
            cwd=self.folder, env=environment, capture_output=True, check=False, timeout=60, **options,
        )  # fmt: skip
        written = {name: data for name, data in files(self.folder).items() if inputs.get(name) != data}
        for where, data in {"stdout": ran.stdout, "stderr": ran.stderr, **written}.items():
            assert S.encode() not in data, f"the secret is in {where}:\n{data.decode(errors='replace')}"
            assert S not in where
        assert b"Traceback" not in ran.stderr
        return ran


Ran = subprocess.CompletedProcess[bytes]


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
