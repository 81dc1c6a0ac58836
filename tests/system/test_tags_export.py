"""What `dativo tags export` writes is what a real terraform reads, and as its `fmt` would write it."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from dativo_compile.report.tfvars import render
from tests.modules.reference import MODULES
from tools import golden, terraform

SIGNS = ["$", "%", "{", "}", '"', "\\", "\n", "\r", "\t", "a", "é", "😀", "\x01", "\x7f", "\u2028", "$${", "%%{", "~",
         "\ufeff", "\u200b", "#", "//", "/*", "${x}", "%{if}"]  # fmt: skip
VARIABLE = 'variable "tags" { type = any }\noutput "tags" { value = var.tags }\n'
LOCALS = 'output "tags" { value = local.dativo_tags }\n'


def hostile() -> dict[str, str]:
    chance = random.Random(7)
    texts = {f"k{number}": "".join(chance.choices(SIGNS, k=chance.randint(0, 8))) for number in range(300)}
    return texts | {sign: sign for sign in SIGNS} | dict.fromkeys(("null", "for", "true", "a-b", "A_1"), "x")


HOMES = {"one": {"acme-prod": hostile()}, "several": {"acme-dev": {"A": "x"}, "acme-prod": hostile(), "b": {}}}


def applied(folder: Path, *args: str) -> object:
    terraform.run(folder, "init", "-no-color")
    terraform.run(folder, "apply", "-auto-approve", "-no-color", *args)
    return json.loads(terraform.run(folder, "output", "-json"))["tags"]["value"]


@pytest.mark.parametrize("homes", HOMES.values(), ids=list(HOMES))
@pytest.mark.parametrize("format", ["tfvars", "json", "hcl"])
def test_terraform_reads_every_text(homes: dict[str, dict[str, str]], format: str, tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(LOCALS if format == "hcl" else VARIABLE)
    name = {"tfvars": "given.tfvars", "json": "given.tfvars.json", "hcl": "given.tf"}[format]
    (tmp_path / name).write_text(render(homes, "dativo_tags" if format == "hcl" else "tags", format), "utf-8")
    wanted = homes if len(homes) > 1 else homes["acme-prod"]
    assert applied(tmp_path, *([] if format == "hcl" else [f"-var-file={name}"])) == wanted
    if format != "json":
        terraform.run(tmp_path, "fmt", "-check", "-diff", name)


CASES = [("tags-export-aws", "aws"), ("tags-export-gcp", "gcp"), ("tags-export-azure", "azure")]


@pytest.mark.parametrize(("case", "cloud"), CASES)
def test_the_reference_modules_take_what_is_exported(case: str, cloud: str, tmp_path: Path) -> None:
    """Their validations are those of the clouds; the module itself cannot be planned without its provider."""
    values = golden.expected(case)["stdout.txt"].decode()
    name = "given.tfvars.json" if values.startswith("{") else "given.tfvars"
    (tmp_path / name).write_text(values, "utf-8")
    (tmp_path / "variables.tf").write_text((MODULES[cloud] / "variables.tf").read_text("utf-8"), "utf-8")
    terraform.run(tmp_path, "init", "-no-color")
    rest = next(path for path in sorted((MODULES[cloud] / "environments").glob("prod.tfvars")))
    terraform.run(tmp_path, "plan", "-no-color", f"-var-file={rest}", f"-var-file={name}")
