"""Each variable of the reference modules, with good and bad values, in a real terraform.

The variables stand alone in a scratch folder: Terraform checks values before it asks for a provider, but does not plan
a module whose providers it cannot install.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.modules.reference import MODULES, declared
from tools import terraform

GUID = "3f2c1b0a-0000-4000-8000-00003f2c1b0a"
SUBNET = f"/subscriptions/{GUID}/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/s"
KEY = "arn:aws:kms:us-east-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000000"
RING = "projects/p/locations/us-central1/keyRings/r/cryptoKeys/k"

# The commands of the guide, as it gives them.
QUICK_START = {
    "aws": {"tenant_id": "acme", "environment": "prod", "region": "us-east-1",
            "s3_bucket_name": "acme-dativo-data-lake-prod"},
    "gcp": {"project_id": "my-gcp-project", "tenant_id": "acme", "environment": "prod", "region": "us-central1",
            "gcs_bucket_name": "acme-dativo-data-lake-prod"},
    "azure": {"tenant_id": "contoso", "environment": "prod", "region": "westeurope",
              "resource_group_name": "contoso-data", "storage_account_name": "contosolakeprod"},
}  # fmt: skip
EVERYWHERE = {
    "tenant_id": (["acme", "acme-eu", "a_1", "7eleven", "a" * 32], ["", "Acme", "-acme", "a.b", "a b", "é", "a" * 33]),
    "environment": (["dev", "staging", "prod"], ["production", "PROD", ""]),
    "noncurrent_version_days": ([1, 365], [0, -1, 1.5]),
}
LAKES = ["abc", "a.b-c", "a" * 63]
NOT_LAKES = ["", "ab", "Acme-lake", "-lake", "lake-", "192.168.0.1", "a" * 64]
KEYS = ([KEY, None], ["alias/lake", KEY.replace("key/", "alias/"), ""])
VALUES = {
    "aws": {
        **EVERYWHERE,
        "region": (["eu-central-1", "us-gov-west-1", "ap-southeast-5", "eusc-de-east-1", "us-isob-east-1"],
                   ["us-east", "us-east-1a", "US-EAST-1", "", "useast1"]),
        "s3_bucket_name": (LAKES, [*NOT_LAKES, "a..b", "a_b", "xn--lake", "sthree-lake", "lake-s3alias", "lake--x-s3"]),
        "account_id": (["012345678901", None], ["12345678901", "1234567890123", "12345678901a", ""]),
        "kms_key_arn": KEYS,
        "log_kms_key_arn": KEYS,
        "access_log_bucket": (["acme-logs", None], ["s3://acme-logs", "acme-logs/here"]),
        "glue_database_name": (["acme_iceberg_prod", None], ["Acme", "a.b", "a" * 256]),
        "iam_role_name": (["acme-etl", None], ["a/b", "a" * 65, ""]),
        "permissions_boundary_arn": (["arn:aws:iam::123456789012:policy/edge/of", None], ["edge", KEY]),
        "log_retention_days": ([0, 365, 3653], [2, 366, -1]),
        "tags": ([{}, {"CostCenter": "DATA-001", "Zoë": "a b", "a:b/c": ""}],
                 [{"aws:x": "y"}, {"AWS:x": "y"}, {"": "x"}, {"a": "SOC2,GDPR"}, {"a": "x" * 257}, {"a#": "x"},
                  {"k" * 129: "x"}, {f"k{n}": "x" for n in range(21)}]),
    },
    "gcp": {
        **EVERYWHERE,
        "project_id": (["my-gcp-project", "example.com:my-project"], ["My-Project", "p", "my project", "123456789"]),
        "region": (["europe-west12", "northamerica-northeast1"], ["us-central1-a", "US", "us", "eu", ""]),
        "gcs_bucket_name": ([*LAKES, "a_b"], [*NOT_LAKES, "a..b", "goog-lake", "my-google-lake", "my-g00gle-lake"]),
        "kms_key_name": ([RING, None], [f"{RING}/cryptoKeyVersions/1", "k", ""]),
        "access_log_bucket": (["acme-logs", None], ["gs://acme-logs", "acme-logs/here"]),
        "bigquery_dataset_id": (["Acme_1", "a" * 1024, None], ["acme-iceberg", "p.d", "", "a" * 1025]),
        "service_account_id": (["acme-etl", None], ["acme", "1acme-etl", "acme_etl", "acme-etl@p", "a" * 31]),
        "kubernetes_service_accounts": ([[], ["jobs/dativo"]], [["dativo"], ["Jobs/dativo"], ["a/b/c"]]),
        "labels": ([{}, {"cost_center": "DATA-001", "é": "ü"}],
                   [{"1a": "x"}, {"a.b": "x"}, {"a": "x@y"}, {"a": "x y"}, {"a": "x" * 64}, {"A": "x", "a": "y"},
                    {f"k{n}": "x" for n in range(61)}]),
    },
    "azure": {
        **EVERYWHERE,
        "region": (["eastus", "westus3"], ["West Europe", "westEurope", "eu", ""]),
        "subscription_id": ([GUID, None], ["acme", GUID[:-1], ""]),
        "resource_group_name": (["contoso-data", "a.b(c)_1"], ["", "data.", "a/b", "a" * 91]),
        "storage_account_name": (["abc", "a" * 24], ["ab", "a" * 25, "contoso-lake", "Contoso"]),
        "container_name": (["tables", None], ["a--b", "-a", "A", "ab"]),
        "replication_type": (["LRS", "GZRS"], ["zrs", ""]),
        "allowed_subnet_ids": ([[], [SUBNET]], [["subnet-1"], [SUBNET + "/more"]]),
        "allowed_ip_ranges": ([[], ["203.0.113.7"], ["203.0.113.0/24"]],
                              [["0.0.0.0/0"], ["10.0.0.0/8"], ["300.1.1.1"], ["203.0.113.7/32"], ["::1"]]),
        "tags": ([{}, {"CostCenter": "DATA 001, all"}],
                 [{"a<b": "x"}, {"Azure-x": "y"}, {"": "x"}, {"A": "x", "a": "y"}, {"a": "x" * 257},
                  {f"k{n}": "x" for n in range(48)}]),
    },
}  # fmt: skip
FLAGS = {"force_destroy", "glue_enabled", "bigquery_enabled", "infrastructure_tags"}


@pytest.fixture(scope="module", params=sorted(MODULES))
def cloud(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def scratch(cloud: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp(cloud)
    shutil.copy(MODULES[cloud] / "variables.tf", folder)
    terraform.run(folder, "init", "-no-color")
    return folder


def plan(folder: Path, values: dict[str, object], *args: str) -> None:
    (folder / "given.auto.tfvars.json").write_text(json.dumps(values), "utf-8")
    terraform.run(folder, "plan", "-no-color", *args)


def test_every_variable_is_tried(cloud: str) -> None:
    assert VALUES[cloud].keys() | FLAGS >= declared(MODULES[cloud], "variable").keys() >= VALUES[cloud].keys()


def test_the_commands_of_the_quick_start_are_taken(cloud: str, scratch: Path) -> None:
    plan(scratch, {}, *(f"-var={name}={value}" for name, value in QUICK_START[cloud].items()))


def test_the_files_of_values_are_taken(cloud: str, scratch: Path) -> None:
    for path in sorted(MODULES[cloud].rglob("*.tfvars")):
        plan(scratch, {}, f"-var-file={path}")


def test_good_values_are_taken(cloud: str, scratch: Path) -> None:
    """Together: the first of each variable, then the second, and so on."""
    most = max(len(good) for good, _ in VALUES[cloud].values())
    for number in range(most):
        chosen = {name: good[number % len(good)] for name, (good, _) in VALUES[cloud].items()}
        plan(scratch, QUICK_START[cloud] | chosen)


def test_bad_values_are_refused_each_by_its_variable(cloud: str, scratch: Path) -> None:
    """One bad value of every variable at once, so that each must be named in the same report."""
    most = max(len(bad) for _, bad in VALUES[cloud].values())
    for number in range(most):
        chosen = {name: bad[number] for name, (_, bad) in VALUES[cloud].items() if number < len(bad)}
        with pytest.raises(SystemExit) as refused:
            plan(scratch, QUICK_START[cloud] | chosen)
        report = str(refused.value)
        missed = {name: value for name, value in chosen.items() if f"var.{name} is " not in report}
        assert not missed, f"taken, though it should not be: {missed}\n{report}"


def test_a_value_missing_or_null_is_refused(cloud: str, scratch: Path) -> None:
    for name in QUICK_START[cloud]:
        for rest in ({k: v for k, v in QUICK_START[cloud].items() if k != name}, QUICK_START[cloud] | {name: None}):
            with pytest.raises(SystemExit, match=name):
                plan(scratch, rest)
