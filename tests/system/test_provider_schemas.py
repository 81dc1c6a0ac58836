"""The reference modules against the schemas of the providers, as npm carries them: no provider can be installed here.

The packages are fetched whole by `npm pack`, which needs a tenth of the space of an install; only the types of what
the modules use are taken out of them. They are kept below .venv.
"""

from __future__ import annotations

import json
import re
import subprocess
import tarfile
import tempfile
from pathlib import Path

import pytest

from tests.modules.reference import MODULES, ROOT, blocks, parsed, plain
from tests.modules.schemas import faults, folder_of

KEPT = ROOT / ".venv" / "provider-types"
PACKAGES = {
    "aws": ("aws", "@cdktn/provider-aws@25.7.0"),
    "gcp": ("google", "@cdktf/provider-google@16.12.1"),
    "azure": ("azurerm", "@cdktn/provider-azurerm@16.1.0"),
}
CLOUDS = sorted(MODULES)


def fetched(package: str) -> Path:
    """The package's archive. It appears whole, because two processes may want it at once."""
    archive = KEPT / (package.lstrip("@").replace("/", "-").replace("@", "-") + ".tgz")
    if not archive.exists():
        KEPT.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=KEPT) as beside:
            command = ["npm", "pack", "--silent", package]
            ran = subprocess.run(command, cwd=beside, capture_output=True, text=True, check=False, timeout=300)
            assert ran.returncode == 0, f"npm could not fetch {package}:\n{ran.stderr}"
            Path(beside, archive.name).replace(archive)
    return archive


def types(cloud: str, into: Path) -> dict[str, Path]:
    """The `lib` folder of the cloud's provider, with the types of what the module uses."""
    provider, package = PACKAGES[cloud]
    wanted = {f"package/lib/{folder_of(block)}/index.d.ts" for block in blocks(MODULES[cloud])}
    with tarfile.open(fetched(package)) as archive:
        for member in archive:
            if member.name in wanted | {"package/package.json"}:
                archive.extract(member, into, filter="data")
    return {provider: into / "package" / "lib"}


@pytest.fixture(scope="module")
def schemas(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Path]]:
    return {cloud: types(cloud, tmp_path_factory.mktemp(cloud)) for cloud in CLOUDS}


def test_no_argument_is_unknown_missing_or_in_the_wrong_place(schemas: dict[str, dict[str, Path]]) -> None:
    assert [fault for cloud in CLOUDS for fault in faults(MODULES[cloud], schemas[cloud])] == []


def test_the_schemas_are_of_versions_that_the_modules_accept(schemas: dict[str, dict[str, Path]]) -> None:
    for cloud in CLOUDS:
        ((provider, lib),) = schemas[cloud].items()
        about = json.loads((lib.parent / "package.json").read_text("utf-8"))
        given = (about.get("cdktn") or about["cdktf"])["provider"]["version"]
        served = re.findall(r"/(\d+\.\d+\.\d+)/docs", next(lib.rglob("index.d.ts")).read_text("utf-8"))[0]
        (settings,) = parsed(MODULES[cloud] / "versions.tf")["terraform"]
        bounds = re.findall(r"\d+\.\d+\.\d+", plain(settings["required_providers"][0])[provider]["version"])
        low, high, here = (tuple(map(int, v.split("."))) for v in (*bounds, served))
        assert low <= here < high, (cloud, given, served)


@pytest.mark.parametrize(
    ("cloud", "before", "after", "fault"),
    [
        ("aws", "force_destroy = var", "force_destory = var", "no argument is named `force_destory`"),
        ("aws", '  name         = local.glue_database\n', "", "`name` is required"),
        ("aws", "noncurrent_days = ", "noncurrent_day = ", "no argument is named `noncurrent_day`"),
        ("aws", "max_session_duration = 3600", 'max_session_duration = "1h"', "takes number, not"),
        ("aws", "aws_s3_bucket_versioning\"", "aws_s3_bucket_version\"", "has no resource `aws_s3_bucket_version`"),
        ("aws", "bucket_region", "bucket_area", "no attribute `bucket_area`"),
        ("gcp", "    enabled = true\n", "", "`enabled` is required"),
        ("gcp", "default_kms_key_name =", "kms_key =", "no argument is named `kms_key`"),
        ("gcp", "lake[*].dataset_id", "lake[*].dataset", "no attribute `dataset`"),
        ("azure", "network_rules {", "network_rules = {", "`network_rules` is a block"),
        ("azure", "expiration_period = ", "period = ", "no argument is named `period`"),
    ],
)  # fmt: skip
def test_a_fault_put_in_is_found(
    schemas: dict[str, dict[str, Path]], tmp_path: Path, cloud: str, before: str, after: str, fault: str
) -> None:
    changed = False
    for path in MODULES[cloud].glob("*.tf"):
        text = path.read_text("utf-8")
        changed |= before in text
        (tmp_path / path.name).write_text(text.replace(before, after), "utf-8")
    assert changed, "the module no longer says so: choose another"
    assert any(fault in found for found in faults(tmp_path, schemas[cloud])), faults(tmp_path, schemas[cloud])
