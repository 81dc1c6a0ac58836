"""`make demo`: one project compiled, explained, changed and compared, told step by step.

It works on a copy of fixtures/quickstart. The change of infrastructure is a real `terraform apply` where terraform (or
OpenTofu) is on the PATH; elsewhere the committed state is edited as that apply would have. Exits 1 if a step fails.
"""

from __future__ import annotations

import difflib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tools import terraform

ROOT = Path(__file__).resolve().parent.parent
PROJECT = ROOT / "fixtures" / "quickstart"
JOB = "acme/stripe_customers"
MANIFEST = f"build/{JOB}.json"
JOB_FILE = f"jobs/{JOB}.yaml"
MODULE = "terraform/aws/dativo-etl"
WORKSPACE = "acme-prod"
BUCKET = "acme-dativo-data-lake-prod"
NEW_BUCKET = "acme-dativo-data-lake-prod-v2"
CALL = "import sys; from dativo_compile.cli.{0} import main; sys.argv[0] = '{1}'; sys.exit(main())"


def say(title: str, text: str = "") -> None:
    print(f"\n\033[1m{title}\033[0m" if sys.stdout.isatty() else f"\n== {title}")
    print(text.rstrip(), end="\n" if text else "", flush=True)


def call(project: Path, command: str, *args: str, wanted: int = 0) -> None:
    """Show the command as a user would type it, and what it prints; another exit code than `wanted` ends the demo."""
    program = "compile" if command == "dativo-compile" else "main"
    print(f"$ {' '.join([command, *args])}", flush=True)
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    code = [sys.executable, "-c", CALL.format(program, command)]
    ran = subprocess.run([*code, *args], cwd=project, env=environment, stderr=subprocess.STDOUT, check=False)
    if ran.returncode != wanted:
        raise SystemExit(f"the demo failed: exit code {ran.returncode} where {wanted} was to be expected")


def manifest(project: Path) -> tuple[str, dict[str, Any]]:
    text = (project / MANIFEST).read_text("utf-8")
    return text, json.loads(text)


def move_bucket(project: Path) -> str:
    """Give the workspace another bucket; how it was done."""
    module = project / MODULE
    if not terraform.on_path():
        state = module / "terraform.tfstate.d" / WORKSPACE / "terraform.tfstate"
        content = json.loads(state.read_text("utf-8").replace(BUCKET, NEW_BUCKET))
        state.write_text(json.dumps(content | {"serial": content["serial"] + 1}, indent=2) + "\n", "utf-8")
        return "no terraform here: the state was edited as `terraform apply` would have written it"
    variables = f"-var-file=environments/{WORKSPACE}.tfvars"
    terraform.run(module, "init", "-no-color")
    terraform.run(module, "apply", "-auto-approve", "-no-color", variables, f"-var=s3_bucket_name={NEW_BUCKET}",
                  TF_WORKSPACE=WORKSPACE)  # fmt: skip
    return f"$ terraform apply {variables} -var=s3_bucket_name={NEW_BUCKET}   # a real one"


def difference(before: str, after: str) -> str:
    lines = difflib.unified_diff(
        before.splitlines(), after.splitlines(), f"{MANIFEST} before", f"{MANIFEST} after", n=1, lineterm=""
    )
    return "\n".join(lines)


def misspell(project: Path) -> None:
    file = project / JOB_FILE
    file.write_text(file.read_text("utf-8").replace("s3_bucket_name:", "s3_bukket_name:"), "utf-8")


def tell(project: Path) -> None:
    say("A project: a job, an asset, two connectors, and a Terraform module with its state")
    for path in sorted(path for path in project.rglob("*") if path.is_file()):
        print(f"  {path.relative_to(project)}")

    say("Compile it: the job and its Terraform outputs become one manifest")
    call(project, "dativo-compile", "jobs", "-o", "build")
    before, value = manifest(project)
    if value["target"]["connection"]["s3"]["bucket"] != BUCKET:
        raise SystemExit("the demo failed: the manifest has another bucket than the state")

    say(f"The tags in {MANIFEST}, merged from infrastructure, finops, compliance and classification")
    print("\n".join(f"  {key} = {tag}" for key, tag in value["tags"].items()), flush=True)

    say("Where does the bucket come from? And who won the cost centre?")
    call(project, "dativo", "why", JOB, "target.connection.s3.bucket")
    call(project, "dativo", "why", JOB, "tags.cost_center")

    say("Nothing changed, so nothing is written")
    call(project, "dativo-compile", "jobs", "-o", "build")

    say("Somebody moves the bucket", move_bucket(project))
    call(project, "dativo-compile", "jobs", "-o", "build")
    after, _ = manifest(project)
    if before == after or NEW_BUCKET not in after:
        raise SystemExit("the demo failed: the new bucket did not reach the manifest")
    say("This is what a reviewer sees", difference(before, after))

    say("A slip of the hand, `s3_bukket_name`, stops the build before it can do harm")
    misspell(project)
    call(project, "dativo-compile", "jobs", "-o", "build", wanted=1)
    if manifest(project)[0] != after:
        raise SystemExit("the demo failed: a broken compile changed the manifest")
    say("build/ is as it was. `dativo explain DC4001` tells more about that error; README.md about everything else.")


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "quickstart"
        shutil.copytree(PROJECT, project, ignore=shutil.ignore_patterns("build", ".terraform*"))
        tell(project)
    return 0


if __name__ == "__main__":
    sys.exit(main())
