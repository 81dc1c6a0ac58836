"""docs/ci.md: what it shows is what the tools take, and what it lists is all there is."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from dativo_compile.writing.starter import starter_files
from tests.hooks.repositories import ROOT
from tests.hooks.runner import action

PAGE = (ROOT / "docs" / "ci.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.M | re.S)
HOOKS = ROOT / ".pre-commit-hooks.yaml"
SCHEMAS = {".github/workflows/manifests.yml": "vendor.github-workflows", ".gitlab-ci.yml": "vendor.gitlab-ci"}


def shown(name: str) -> str:
    (text,) = [text for _, text in BLOCKS if text.startswith(f"# {name}\n")]
    return text


def table(first: str) -> dict[str, str]:
    """First to second cell of the table whose first head is this."""
    rows = PAGE.partition(f"| {first} | default |")[2].partition("\n\n")[0].splitlines()[2:]
    cells = [[cell.strip().strip("`") for cell in row.split("|")[1:3]] for row in rows]
    return dict(cells)


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_file_for_ci_fits_the_published_schema(name: str, tmp_path: Path) -> None:
    (tmp_path / "file.yml").write_text(shown(name), "utf-8")
    words = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", SCHEMAS[name], str(tmp_path / "file.yml")]
    ran = subprocess.run(words, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout


def pre_commit(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "pre_commit", *words], capture_output=True, text=True, check=False)


def test_pre_commit_takes_the_hooks_and_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(shown(".pre-commit-config.yaml"), "utf-8")
    for words in (["validate-manifest", str(HOOKS)], ["validate-config", str(tmp_path / "config.yaml")]):
        ran = pre_commit(*words)
        assert (ran.returncode, ran.stdout + ran.stderr) == (0, "")


def test_every_hook_is_in_the_page_and_runs_a_program_of_ours() -> None:
    hooks = yaml.safe_load(HOOKS.read_text("utf-8"))
    assert re.findall(r"^\| `(dativo-\w+)` \|", PAGE, re.M) == sorted(
        (hook["id"] for hook in hooks), key=["dativo-fmt", "dativo-compile", "dativo-check"].index
    )
    scripts = re.findall(r'^([\w-]+) = "dativo_compile\.cli', (ROOT / "pyproject.toml").read_text("utf-8"), re.M)
    assert {hook["entry"].split()[0] for hook in hooks} <= set(scripts)


@pytest.mark.parametrize(
    ("path", "ours"),
    [
        ("jobs/acme/orders.yaml", True), ("etl/jobs/orders.yml", True), ("connectors/stripe.yaml", True),
        ("assets/stripe/v1.0/customers.yaml", True), ("dativo.yaml", True), ("etl/dativo.yaml", True),
        (".github/workflows/jobs.yml", False), ("mydativo.yaml", False), ("build/acme/orders.json", False),
        ("jobs.yaml", False),
    ],
)  # fmt: skip
def test_the_files_of_the_formatter(path: str, ours: bool) -> None:
    (hook,) = [hook for hook in yaml.safe_load(HOOKS.read_text("utf-8")) if hook["id"] == "dativo-fmt"]
    assert bool(re.search(hook["files"], path)) == ours


def test_every_input_of_the_action_is_in_the_page() -> None:
    defaults = {name: about["default"] for name, about in action()["inputs"].items()}
    assert table("input") == defaults | {"token": "the job's"}


def test_every_variable_of_the_template_is_in_the_page() -> None:
    variables = yaml.safe_load((ROOT / "templates" / "gitlab.yml").read_text("utf-8"))["variables"]
    assert table("variable") == variables | {"DATIVO_GITLAB_TOKEN": ""}


def test_the_files_for_git_are_those_that_init_writes() -> None:
    files = starter_files()
    rules = [text for kind, text in BLOCKS if kind == "text"][:2]
    for name, text in zip((".gitignore", ".gitattributes"), rules, strict=True):
        written = [line for line in files[name].decode().splitlines() if not line.startswith("#")]
        assert text.splitlines() == written


def test_what_the_hook_says_is_what_is_shown() -> None:
    from dativo_compile.report.closing import missing_listed

    assert missing_listed(["build/acme/orders.json", "build/index.json"]) in PAGE
