"""`dativo init --from-state` on what a real terraform leaves: the drafted job compiles at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.infrastructure.shapes import JOB, project
from tools import terraform

ROOT = Path(__file__).resolve().parents[2]
HCL = """
resource "terraform_data" "lake" {
  input = "acme-lake"
}
output "s3_bucket_name" { value = terraform_data.lake.output }
output "s3_bucket_region" { value = "eu-central-1" }
output "iam_role_arn" { value = "arn:aws:iam::012345678901:role/acme-etl" }
output "glue_database_name" { value = "acme_iceberg_prod" }
output "account_id" { value = "012345678901" }
output "tenant_id" { value = "acme" }
output "environment" { value = terraform.workspace == "default" ? "dev" : "prod" }
output "resource_tags" { value = { CostCenter = "DATA-001", TenantId = "acme", Compliance = "SOC2 GDPR" } }
output "token" {
  value     = "hunter2"
  sensitive = true
}
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = project(tmp_path_factory.mktemp("project"))
    module = folder / "terraform/lake"
    module.mkdir(parents=True)
    (module / "main.tf").write_text(HCL)
    terraform.run(module, "init", "-no-color")
    terraform.run(module, "apply", "-auto-approve", "-no-color")
    terraform.run(module, "workspace", "new", "-no-color", "acme-prod")
    terraform.run(module, "apply", "-auto-approve", "-no-color")
    (folder / "show.json").write_text(terraform.run(module, "show", "-json", "-no-color"))
    (folder / "output.json").write_text(terraform.run(module, "output", "-json", "-no-color"))
    return folder


def dativo(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from dativo_compile.cli.main import main; main()", *args]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_a_job_from_the_state_of_a_workspace_compiles(made: Path) -> None:
    (made / "jobs/orders.yaml").write_text(JOB)
    state = "terraform/lake/terraform.tfstate.d/acme-prod/terraform.tfstate"
    ran = dativo(made, "init", "--from-state", state, "--job", "jobs/orders.yaml")
    assert (ran.returncode, ran.stdout) == (0, ""), ran.stderr
    assert "sensitive: `token`" in ran.stderr
    ran = dativo(made, "compile", "--strict")
    assert ran.returncode == 0, ran.stderr
    manifest = json.loads((made / "build/orders.json").read_bytes())
    assert manifest["target"]["connection"]["s3"] == {"bucket": "acme-lake", "region": "eu-central-1"}
    assert manifest["infrastructure"]["terraform"] == {"module_path": "terraform/lake", "workspace": "acme-prod"}
    assert manifest["tags"]["compliance"] == "SOC2,GDPR"
    assert "hunter2" not in (made / "jobs/orders.yaml").read_text() + ran.stderr


def test_every_format_of_a_state_gives_the_same_block(made: Path) -> None:
    state = "terraform/lake/terraform.tfstate.d/acme-prod/terraform.tfstate"
    blocks = [dativo(made, "init", "--from-state", name, "--tenant", "acme").stdout for name in (state, "show.json")]
    blocks.append(dativo(made, "init", "--from-state", "output.json", "--tenant", "acme").stdout)
    texts = {block.replace("    module_path: terraform/lake\n", "") for block in blocks}
    assert len(texts) == 1
    assert "workspace: acme-prod" in texts.pop()


def test_the_state_of_another_environment_is_refused(made: Path) -> None:
    ran = dativo(
        made, "init", "--from-state", "terraform/lake/terraform.tfstate", "--tenant", "acme", "--environment", "prod"
    )
    assert ran.returncode == 1
    assert "error[DC3022]: the state belongs to another environment: output `environment` is `dev`" in ran.stderr
