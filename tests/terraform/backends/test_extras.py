"""Without a vendor's library the error names the extra to install (DC3037); libraries load with their backend only."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
ABSENT = """
import sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("botocore", "google", "azure"):
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Absent())
"""
ASK = """
from pathlib import Path
from dativo_compile.terraform.backends import BACKENDS
from dativo_compile.terraform.fault import StateFault
settings = {"bucket": "b", "key": "k", "storage_account_name": "a", "container_name": "c"}
try:
    BACKENDS[sys.argv[1]](settings | {"type": sys.argv[1]}, Path(), ".").read("default")
except StateFault as fault:
    said = fault.at(None)
    print(said.code.id, said.message, said.help, sep="\\n")
"""
IMPORTED = """
import sys
import dativo_compile.cli.compile
print(sorted({name.split(".")[0] for name in sys.modules} & {"botocore", "boto3", "google", "azure", "urllib3"}))
"""


def ran(code: str, *args: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", code, *args], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    return done.stdout.splitlines()


@pytest.mark.parametrize(
    ("backend", "package", "extra"),
    [("s3", "boto3", "aws"), ("gcs", "google-cloud-storage", "gcp"), ("azurerm", "azure-storage-blob", "azure")],
)
def test_a_missing_library_is_named_with_its_extra(backend: str, package: str, extra: str) -> None:
    assert ran(ABSENT + ASK, backend) == [
        "DC3037",
        f"reading states of `{backend}` needs the package `{package}`, which is not installed",
        f"run `pip install 'dativo-compile[{extra}]'`",
    ]


def test_no_vendors_library_is_loaded_before_a_state_needs_it() -> None:
    assert ran(IMPORTED) == ["[]"]
