"""What a real terraform writes, met by the reader: good states, and the files that people take for one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dativo_compile.model.output import Sensitive, State
from dativo_compile.terraform.fault import StateFault
from dativo_compile.terraform.formats import read
from tools import terraform

HCL = """
terraform {
  backend "local" {
    path = "lake.tfstate"
  }
}
resource "terraform_data" "lake" {
  input = "acme-lake"
}
output "bucket" {
  value = terraform_data.lake.output
}
output "huge" {
  value = 12345678901234567890123456789
}
output "none" {
  value = null
}
output "nested" {
  sensitive = true
  value     = { user = "etl", password = "not-a-secret" }
}
"""


@pytest.fixture(scope="module")
def applied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("module")
    (folder / "main.tf").write_text(HCL)
    terraform.run(folder, "init", "-no-color")
    (folder / "never.json").write_text(terraform.run(folder, "output", "-json", "-no-color"))
    terraform.run(folder, "plan", "-no-color", "-out=first.tfplan")
    (folder / "plan.json").write_text(terraform.run(folder, "show", "-json", "-no-color", "first.tfplan"))
    terraform.run(folder, "apply", "-auto-approve", "-no-color")
    (folder / "output.json").write_text(terraform.run(folder, "output", "-json", "-no-color"))
    (folder / "show.json").write_text(terraform.run(folder, "show", "-json", "-no-color"))
    (folder / "name.json").write_text(terraform.run(folder, "output", "-json", "-no-color", "bucket"))
    (folder / "plain.txt").write_text(terraform.run(folder, "output", "-no-color"))
    (folder / "pulled.json").write_text(terraform.run(folder, "state", "pull"))
    return folder


@pytest.fixture
def of(applied: Path) -> Callable[[str], State]:
    return lambda name: read((applied / name).read_bytes(), name)


@pytest.mark.parametrize("name", ["lake.tfstate", "output.json", "show.json", "pulled.json"])
def test_every_way_to_write_a_state_gives_the_same_outputs(of: Callable[[str], State], name: str) -> None:
    outputs = of(name).outputs
    assert sorted(outputs) == ["bucket", "huge", "nested"]  # Terraform drops the null one
    assert (outputs["bucket"].value, outputs["huge"].value) == ("acme-lake", 12345678901234567890123456789)
    assert isinstance(outputs["nested"].value, Sensitive)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("never.json", "state-no-outputs"),
        ("plan.json", "state-is-plan"),
        ("first.tfplan", "state-is-plan"),
        (".terraform/terraform.tfstate", "state-is-pointer"),
        ("name.json", "state-unknown"),
        ("plain.txt", "state-not-json"),
    ],
)
def test_what_terraform_writes_beside_states_is_refused(of: Callable[[str], State], name: str, code: str) -> None:
    with pytest.raises(StateFault) as raised:
        of(name)
    assert raised.value.code.name == code
