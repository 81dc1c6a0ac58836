"""The reference modules' own logic in a real terraform: names, tags, rights, outputs; see tests/modules/twins.py."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dativo_compile.model.project import Request
from dativo_compile.pipeline import compile_project
from tests.modules import twins
from tests.modules.reference import MODULES, ROOT, bare, declared, parsed, plain
from tests.modules.test_declared import PROMISED
from tests.modules.test_fixtures_fit import FIXTURES, STANDING_IN, label
from tests.system.test_module_inputs import GUID, KEY, QUICK_START, RING
from tools import terraform

Applied = Callable[..., dict[str, Any]]


@pytest.fixture
def applied(tmp_path: Path) -> Applied:
    """Outputs by name after an apply of a cloud's twin with the quick start's values and those given."""

    def apply(cloud: str, data: dict[str, str] | None = None, **values: object) -> dict[str, Any]:
        folder = tmp_path / cloud
        twins.write(MODULES[cloud], folder, data)
        given = QUICK_START[cloud] | ({"subscription_id": GUID} if cloud == "azure" else {}) | values
        (folder / "given.auto.tfvars.json").write_text(json.dumps(given), "utf-8")
        terraform.run(folder, "init", "-no-color")
        terraform.run(folder, "apply", "-auto-approve", "-no-color")
        shown = json.loads(terraform.run(folder, "output", "-json"))
        return {name: output["value"] for name, output in shown.items()}

    return apply


def statements(policies: list[dict[str, Any]], key: str = "policy") -> list[dict[str, Any]]:
    (policy,) = policies
    return list(json.loads(policy[key])["Statement"])


def test_every_file_is_formatted() -> None:
    command = [*terraform.command(), "fmt", "-check", "-diff", "-recursive", str(ROOT / "terraform")]
    environment = os.environ | terraform.QUIET
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize("cloud", sorted(MODULES))
def test_the_quick_start_gives_every_promised_output(applied: Applied, cloud: str) -> None:
    outputs = applied(cloud)
    assert outputs.keys() >= PROMISED[cloud]
    for name in ("tenant_id", "environment", "region"):
        assert outputs[name] == QUICK_START[cloud][name]


def test_aws_names_follow_the_convention(applied: Applied) -> None:
    outputs = applied("aws", account_id="012345678901")
    assert outputs["account_id"] == "012345678901"
    assert outputs["iam_role_arn"] == "arn:aws:iam::012345678901:role/acme-dativo-etl-role-prod"
    assert outputs["glue_database_name"] == "acme_iceberg_prod"
    assert outputs["s3_bucket_arn"] == "arn:aws:s3:::acme-dativo-data-lake-prod"
    assert "kms_key_arn" not in outputs, "null, so Terraform leaves it out of the state"


def test_aws_rights_end_at_bucket_database_logs_and_key(applied: Applied) -> None:
    outputs = applied("aws", kms_key_arn=KEY)
    own = (
        "arn:aws:s3:::acme-dativo-data-lake-prod",
        "arn:aws:logs:us-east-1:123456789012:log-group:/dativo/acme/prod:*",
    )
    glue = [f"arn:aws:glue:us-east-1:123456789012:{part}" for part in
            ("catalog", "database/acme_iceberg_prod", "table/acme_iceberg_prod/*")]  # fmt: skip
    allowed = statements(outputs["twin_aws_iam_role_policy_etl"])
    assert [statement["Sid"] for statement in allowed] == ["Bucket", "Objects", "Tables", "Logs", "KeyThroughBucket"]
    for statement in allowed:
        assert statement["Effect"] == "Allow"
        assert not any("*" in action for action in statement["Action"])
        assert set(statement["Resource"]) <= {*own, own[0] + "/*", *glue, KEY}
    assert allowed[-1]["Condition"] == {"StringEquals": {"kms:ViaService": "s3.us-east-1.amazonaws.com"}}
    (trust,) = statements(outputs["twin_aws_iam_role_etl"], "assume_role_policy")
    assert trust["Principal"] == {"Service": "ecs-tasks.amazonaws.com"}
    assert trust["Condition"]["StringEquals"] == {"aws:SourceAccount": "123456789012"}


def test_aws_refuses_plain_http_and_old_tls(applied: Applied) -> None:
    refused = statements(applied("aws")["twin_aws_s3_bucket_policy_data_lake"])
    assert {s["Effect"] for s in refused} == {"Deny"}
    assert [s["Condition"] for s in refused] == [
        {"Bool": {"aws:SecureTransport": "false"}}, {"NumericLessThan": {"s3:TlsVersion": "1.2"}},
    ]  # fmt: skip


def test_aws_without_glue_has_neither_outputs_nor_rights_there(applied: Applied) -> None:
    outputs = applied("aws", glue_enabled=False, access_log_bucket="acme-logs")
    assert not [name for name in outputs if name.startswith("glue")]
    assert not [s for s in statements(outputs["twin_aws_iam_role_policy_etl"]) if "glue" in json.dumps(s)]
    assert outputs["twin_aws_s3_bucket_logging_data_lake"][0]["target_bucket"] == "acme-logs"


def test_aws_tags_can_be_had_under_the_names_of_the_tables(applied: Applied) -> None:
    given = {"CostCenter": "DATA-001", "TenantId": "acme"}
    assert applied("aws", tags=given)["resource_tags"] == {
        "CostCenter": "DATA-001", "TenantId": "acme", "Environment": "prod", "ManagedBy": "terraform",
    }  # fmt: skip
    both = applied("aws", tags=given, infrastructure_tags=True)["resource_tags"]
    assert {key: value for key, value in both.items() if "." in key} == {
        "infrastructure.cost_center": "DATA-001", "infrastructure.tenant_id": "acme",
        "infrastructure.environment": "prod", "infrastructure.managed_by": "terraform",
    }  # fmt: skip


def test_gcp_rights_are_on_bucket_and_dataset_alone(applied: Applied) -> None:
    outputs = applied("gcp", kubernetes_service_accounts=["jobs/dativo"], kms_key_name=RING)
    email = "acme-dativo-etl-prod@my-gcp-project.iam.gserviceaccount.com"
    assert outputs["service_account_email"] == email
    given = [(name, granted["role"], granted["member"]) for name in outputs if "_iam_member" in name
             for granted in outputs[name]]  # fmt: skip
    assert given == [
        ("twin_google_bigquery_dataset_iam_member_tables", "roles/bigquery.dataEditor", f"serviceAccount:{email}"),
        ("twin_google_service_account_iam_member_kubernetes", "roles/iam.workloadIdentityUser",
         "serviceAccount:my-gcp-project.svc.id.goog[jobs/dativo]"),
        ("twin_google_storage_bucket_iam_member_bucket", "roles/storage.legacyBucketReader", f"serviceAccount:{email}"),
        ("twin_google_storage_bucket_iam_member_objects", "roles/storage.objectUser", f"serviceAccount:{email}"),
    ]  # fmt: skip
    (bucket,) = outputs["twin_google_storage_bucket_data_lake"]
    assert bucket["encryption"] == [{"default_kms_key_name": RING}]


def test_gcp_labels_are_lowered_and_without_bigquery_there_is_no_dataset(applied: Applied) -> None:
    outputs = applied("gcp", bigquery_enabled=False, labels={"Cost_Center": "DATA-001"})
    assert outputs["labels"] == {
        "cost_center": "data-001", "tenant_id": "acme", "environment": "prod", "managed_by": "terraform",
    }  # fmt: skip
    assert "bigquery_dataset_id" not in outputs
    assert outputs["twin_google_bigquery_dataset_iam_member_tables"] == []


def test_azure_is_closed_until_somebody_is_named(applied: Applied) -> None:
    outputs = applied("azure")
    (account,) = outputs["twin_azurerm_storage_account_data_lake"]
    assert account["public_network_access_enabled"] is False
    (granted,) = outputs["twin_azurerm_role_assignment_blobs"]
    assert granted["scope"].endswith("/containers/contoso-dativo-data-lake-prod"), "the container, not the account"
    (account,) = applied("azure", allowed_ip_ranges=["203.0.113.7"])["twin_azurerm_storage_account_data_lake"]
    assert account["public_network_access_enabled"] is True
    assert account["network_rules"][0]["default_action"] == "Deny"


@pytest.mark.parametrize(
    ("cloud", "values", "message"),
    [
        ("aws", {"tags": {"TenantId": "globex"}}, "tags must not give TenantId"),
        ("aws", {"tags": {"k" * 120: "x"}, "infrastructure_tags": True}, "longer than AWS's 128"),
        ("gcp", {"labels": {"Tenant_Id": "globex"}}, "labels must not give tenant_id"),
        ("gcp", {"tenant_id": "a-tenant-with-a-long-name"}, "give one by service_account_id"),
        ("gcp", {"tenant_id": "acme-eu"}, "give one by bigquery_dataset_id"),
        ("azure", {"tags": {"TENANTID": "globex"}}, "tags must not give TenantId"),
        ("azure", {"tenant_id": "acme_eu"}, "give one by container_name"),
    ],
)
def test_what_variables_alone_cannot_see_is_refused(
    applied: Applied, cloud: str, values: dict[str, object], message: str
) -> None:
    with pytest.raises(SystemExit) as refused:
        applied(cloud, **values)
    assert message in " ".join(str(refused.value).split())


def test_aws_refuses_a_provider_in_another_region(applied: Applied) -> None:
    with pytest.raises(SystemExit, match="works in eu-west-1, but region is us-east-1"):
        applied("aws", {"data.aws_region.current.region": '"eu-west-1"'})


@pytest.mark.parametrize("folder", STANDING_IN, ids=label)
def test_a_fixture_compiles_from_the_state_of_the_reference_module(
    applied: Applied, folder: Path, tmp_path: Path
) -> None:
    """Every output that both have comes from the module's twin; names agree, so the manifests are the same bytes."""
    cloud, project = folder.parent.name, tmp_path / "project"
    shutil.copytree(FIXTURES / label(folder), project)
    given = []
    for values in sorted((folder / "environments").glob("*.tfvars")):
        inputs = {name: bare(str(value)) for name, value in plain(parsed(values)).items()}
        outputs = applied(cloud, **inputs)
        merged = stood_in(folder, values.stem)
        for name in merged.keys() & declared(MODULES[cloud], "output").keys():
            assert type(outputs[name]) is type(merged[name]["value"]), name
            merged[name]["value"] = outputs[name]
        (project / f"{values.stem}.json").write_text(json.dumps(merged), "utf-8")
        given.append(f"{values.stem}={project / values.stem}.json")
    done = compile_project(Request((project / "jobs",), states=tuple(given)))
    assert [d.message for d in done.diagnostics] == []
    before = compile_project(Request((FIXTURES / label(folder) / "jobs",))).manifests
    assert [m.job_id for m in done.manifests] == [m.job_id for m in before] != []
    if cloud != "azure":  # whose identity the fixture names otherwise
        assert [m.data for m in done.manifests] == [m.data for m in before]


def stood_in(folder: Path, workspace: str) -> dict[str, Any]:
    """What the fixture's own state has, in the shape of `terraform output -json`."""
    below = "" if workspace == "default" else f"terraform.tfstate.d/{workspace}/"
    outputs = json.loads((folder / f"{below}terraform.tfstate").read_text("utf-8"))["outputs"]
    return {name: {"sensitive": False} | output for name, output in outputs.items()}
