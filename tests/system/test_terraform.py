"""With a real terraform: the one on the PATH or, where there is none, the one inside a wheel."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tools import terraform

ROOT = Path(__file__).resolve().parent.parent.parent
MODULE = """\
resource "terraform_data" "one" { input = "made" }
output "text" { value = terraform_data.one.output }
output "secret" {
  value     = "hidden"
  sensitive = true
}
"""


def test_a_terraform_applies_a_module(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(MODULE)
    terraform.run(tmp_path, "init", "-no-color")
    terraform.run(tmp_path, "workspace", "new", "-no-color", "acme-prod")
    terraform.run(tmp_path, "apply", "-auto-approve", "-no-color")
    state = json.loads((tmp_path / "terraform.tfstate.d" / "acme-prod" / "terraform.tfstate").read_bytes())
    assert state["outputs"]["text"] == {"value": "made", "type": "string"}
    assert json.loads(terraform.run(tmp_path, "output", "-json"))["secret"]["sensitive"] is True


def test_the_wheel_stands_in_where_no_terraform_is_on_the_path(tmp_path: Path) -> None:
    script = [sys.executable, str(ROOT / "tools" / "terraform.py"), "--wheel"]
    (tmp_path / "main.tf").write_text(MODULE)
    environment = os.environ | terraform.QUIET
    for command in ("init -no-color", "apply -auto-approve -no-color", "output -json"):
        ran = subprocess.run(
            [*script, *command.split()], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
    assert json.loads(ran.stdout)["text"] == {"sensitive": False, "type": "string", "value": "made"}


def test_the_demo_applies_its_change_for_real(tmp_path: Path) -> None:
    environment = os.environ | {"PATH": terraform.put_on_path(tmp_path), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tools.demo"]
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "# a real one" in ran.stdout
    assert '+        "bucket": "acme-dativo-data-lake-prod-v2",' in ran.stdout
