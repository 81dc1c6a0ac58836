"""Make the states of fixtures/ again with a real terraform.

Each module is applied in a scratch folder, once for each of its workspaces. What terraform draws at random (the
lineage, the ids of `terraform_data`) or owes to timing (the serial) is replaced, so that the same HCL and the same
terraform give the same bytes.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from tools import terraform

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
STATE = "terraform.tfstate"
SERIAL = re.compile(r'("serial": )\d+')
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Module:
    """A root module and its workspaces; `captures` are (workspace, command, file below the project)."""

    project: str
    path: str
    workspaces: tuple[str, ...]
    captures: tuple[tuple[str, str, str], ...] = ()


MODULES = (
    Module("quickstart", "terraform/aws/dativo-etl", ("acme-prod",)),
    Module(
        "aws_glue", "terraform/aws/dativo-etl", ("acme-prod",),
        (("acme-prod", "output", "states/acme-prod.output.json"),),
    ),
    Module(
        "gcp_bigquery", "terraform/gcp/dativo-etl", ("acme-prod",),
        (("acme-prod", "show", "states/acme-prod.show.json"),),
    ),
    Module("azure_preview", "terraform/azure/dativo-etl", ("default",)),
    Module("postgres_source", "terraform/aws/orders-db", ("acme-prod",)),
    Module(
        "two_tenants", "terraform/aws/dativo-etl", ("acme-prod", "acme-staging", "globex-prod"),
        (("globex-prod", "output", "states/globex-prod.output.json"),),
    ),
)  # fmt: skip


def make(module: Module, into: Path) -> None:
    """Write the module's states and captures below `into`, a copy of fixtures/ or fixtures/ itself."""
    project = into / module.project
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        for source in sorted((FIXTURES / module.project / module.path).glob("*.tf")):
            shutil.copy(source, work)
        terraform.run(work, "init", "-no-color")
        for workspace in module.workspaces:
            _apply(module, work, workspace)
            target = project / module.path / _state_file(workspace)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((work / _state_file(workspace)).read_bytes())
        for workspace, command, file in module.captures:
            terraform.run(work, "workspace", "select", "-no-color", workspace)
            (project / file).parent.mkdir(parents=True, exist_ok=True)
            (project / file).write_text(terraform.run(work, command, "-json", "-no-color"), encoding="utf-8")


def _apply(module: Module, work: Path, workspace: str) -> None:
    variables = FIXTURES / module.project / module.path / "environments" / f"{workspace}.tfvars"
    if workspace != "default":
        terraform.run(work, "workspace", "new", "-no-color", workspace)
    terraform.run(work, "apply", "-auto-approve", "-no-color", f"-var-file={variables}")
    file = work / _state_file(workspace)
    file.write_text(_settled(file.read_text("utf-8"), module, workspace), encoding="utf-8")


def _settled(text: str, module: Module, workspace: str) -> str:
    """The text of a state with its random parts replaced, the resources' ids everywhere that they stand."""
    seed = f"dativo-fixtures/{module.project}/{module.path}/{workspace}"
    state = json.loads(text)
    drawn = {
        instance["attributes"]["id"]: f"{resource['name']}/{number}"
        for resource in state["resources"]
        for number, instance in enumerate(resource["instances"])
    }
    drawn[state["lineage"]] = "lineage"
    text = SERIAL.sub(rf"\g<1>{len(drawn)}", text, count=1)
    return UUID.sub(lambda id: str(uuid5(NAMESPACE_URL, f"{seed}/{drawn[id[0]]}")) if id[0] in drawn else id[0], text)


def _state_file(workspace: str) -> str:
    return STATE if workspace == "default" else f"terraform.tfstate.d/{workspace}/{STATE}"


def main() -> int:
    for module in MODULES:
        make(module, FIXTURES)
        print(f"fixtures/{module.project}: {', '.join(module.workspaces)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
