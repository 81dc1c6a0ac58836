"""States of the shape that the providers of the three clouds leave, made by hand: none of them can be run here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

Attributes = dict[str, Any]
TAGS = {
    "CostCenter": "DATA-001", "BusinessUnit": "Analytics", "Owner": "data@acme.example", "Environment": "prod",
    "Compliance": "SOC2 GDPR", "TenantId": "acme", "ManagedBy": "terraform", "Team": "lake",
}  # fmt: skip
LABELS = {"cost_center": "data-001", "environment": "prod", "tenant_id": "acme", "managed_by": "terraform"}
GROUP = "/subscriptions/3f2c1b0a-0000-4000-8000-00003f2c1b0a/resourceGroups/acme-data/providers"


def aws() -> list[tuple[str, Attributes]]:
    bucket = {
        "arn": "arn:aws:s3:::acme-lake", "bucket": "acme-lake", "id": "acme-lake", "region": "eu-central-1",
        "bucket_region": "eu-central-1", "force_destroy": False, "tags": None, "tags_all": TAGS,
    }  # fmt: skip
    role = {
        "arn": "arn:aws:iam::012345678901:role/acme-etl", "name": "acme-etl", "id": "acme-etl",
        "assume_role_policy": "{}", "tags_all": TAGS | {"Name": "etl"},
    }  # fmt: skip
    database = {
        "arn": "arn:aws:glue:eu-central-1:012345678901:database/acme_iceberg_prod", "name": "acme_iceberg_prod",
        "catalog_id": "012345678901", "id": "012345678901:acme_iceberg_prod", "tags_all": TAGS,
    }  # fmt: skip
    user = {"arn": "arn:aws:iam::012345678901:user/ci", "name": "ci", "tags_all": {}}
    stored = {
        "aws_s3_bucket": bucket,
        "aws_iam_role": role,
        "aws_glue_catalog_database": database,
        "aws_iam_user": user,
    }
    return list(stored.items())


def gcp() -> list[tuple[str, Attributes]]:
    bucket = {
        "name": "acme-lake", "id": "acme-lake", "location": "EUROPE-WEST3", "project": "acme-data", "url": "gs://acme-lake",
        "labels": None, "terraform_labels": LABELS, "effective_labels": LABELS | {"goog-terraform-provisioned": "true"},
    }  # fmt: skip
    account = {
        "account_id": "acme-etl", "email": "acme-etl@acme-data.iam.gserviceaccount.com", "project": "acme-data",
        "name": "projects/acme-data/serviceAccounts/acme-etl@acme-data.iam.gserviceaccount.com",
    }  # fmt: skip
    dataset = {
        "dataset_id": "acme_iceberg_prod", "id": "projects/acme-data/datasets/acme_iceberg_prod", "location": "EU",
        "project": "acme-data", "effective_labels": LABELS,
    }  # fmt: skip
    return [
        ("google_storage_bucket", bucket),
        ("google_service_account", account),
        ("google_bigquery_dataset", dataset),
    ]


def azure() -> list[tuple[str, Attributes]]:
    storage = {
        "id": f"{GROUP}/Microsoft.Storage/storageAccounts/acmelake", "name": "acmelake", "location": "westeurope",
        "primary_access_key": "not-a-secret", "tags": {"CostCenter": "OPS-044"},
    }  # fmt: skip
    identity = {
        "id": f"{GROUP}/Microsoft.ManagedIdentity/userAssignedIdentities/acme-etl", "name": "acme-etl",
        "location": "West Europe", "tags": {"CostCenter": "OPS-044"},
    }  # fmt: skip
    return [("azurerm_storage_account", storage), ("azurerm_user_assigned_identity", identity)]


OUTPUTS: dict[str, dict[str, Any]] = {
    "aws": {
        "s3_bucket_name": "acme-lake", "s3_bucket_region": "eu-central-1", "glue_database_name": "acme_iceberg_prod",
        "iam_role_arn": "arn:aws:iam::012345678901:role/acme-etl", "account_id": "012345678901", "tenant_id": "acme",
    },
    "gcp": {
        "gcs_bucket_name": "acme-lake", "bigquery_dataset_id": "acme_iceberg_prod", "project_id": "acme-data",
        "service_account_email": "acme-etl@acme-data.iam.gserviceaccount.com",
    },
    "azure": {"storage_account_name": "acmelake", "container_name": "lake", "region": "westeurope"},
}  # fmt: skip


def state(
    resources: list[tuple[str, Attributes]], outputs: dict[str, Any], sensitive: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Version 4; one of the resources is in a module, one counted, and there is a data source beside them."""
    stored: list[dict[str, Any]] = []
    for number, (kind, attributes) in enumerate(resources):
        instance = {"schema_version": 0, "attributes": attributes, "sensitive_attributes": []}
        stored.append({
            "mode": "managed", "type": kind, "name": "it", "provider": "provider[\"x\"]",
            **({"module": "module.inner"} if number == 0 else {}),
            "instances": [instance | ({"index_key": 0} if number == 1 else {})],
        })  # fmt: skip
    stored.append({"mode": "data", "type": "aws_s3_bucket", "name": "other", "instances": [
        {"attributes": {"arn": "arn:aws:s3:::somebody-elses", "bucket": "somebody-elses"}}
    ]})  # fmt: skip
    told = {name: {"value": value, "type": "string"} for name, value in outputs.items()}
    told |= {name: {"value": value, "type": "string", "sensitive": True} for name, value in (sensitive or {}).items()}
    return {
        "version": 4, "terraform_version": "1.11.4", "serial": 7, "lineage": "l", "outputs": told,
        "resources": stored, "check_results": None,
    }  # fmt: skip


def shown(value: dict[str, Any]) -> dict[str, Any]:
    """The same as `terraform show -json` prints it."""
    root: dict[str, Any] = {"resources": [], "child_modules": [{"address": "module.inner", "resources": []}]}
    for stored in value["resources"]:
        for instance in stored["instances"]:
            entry = {key: stored[key] for key in ("mode", "type", "name")} | {"address": f"{stored['type']}.it"}
            entry |= {"values": instance["attributes"], "sensitive_values": {"tags": {}}}
            (root["child_modules"][0] if "module" in stored else root)["resources"].append(entry)
    outputs = {name: {"sensitive": False} | output for name, output in value["outputs"].items()}
    return {"format_version": "1.0", "terraform_version": "1.11.4", "values": {"outputs": outputs, "root_module": root}}


CONNECTORS = {
    "connectors/csv.yaml": "name: csv\ntype: csv\nroles: [source]\ncredentials:\n  type: none\n",
    "connectors/iceberg.yaml": "name: iceberg\ntype: iceberg\nroles: [target]\n",
    "assets/orders.yaml": "name: orders\nobject: orders\nschema:\n  - {name: id, type: bigint, required: true}\n",
}
JOB = """\
# Orders of the shop
tenant_id: acme
environment: prod

source_connector_path: connectors/csv.yaml
target_connector_path: connectors/iceberg.yaml
asset_path: assets/orders.yaml

# where they go
target:
  write_mode: append
"""


def project(folder: Path, job: str = JOB, **states: dict[str, Any]) -> Path:
    """A project with one job; each state lies in a module of its name, in the workspace `acme-prod`."""
    files = CONNECTORS | {"jobs/orders.yaml": job, "dativo.yaml": "severity:\n  DC8105: off\n"}
    for module, value in states.items():
        outputs = value["values"]["outputs"] if "values" in value else value["outputs"]
        files[f"terraform/{module}/main.tf"] = "".join(f'output "{name}" {{ value = local.it }}\n' for name in outputs)
        files[f"terraform/{module}/terraform.tfstate.d/acme-prod/terraform.tfstate"] = json.dumps(value)
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder
