"""As much of a GitHub runner as action.yml needs: its expressions, its step outputs, and each script run by bash."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.hooks.repositories import ROOT

ACTION = ROOT / "action.yml"
BASH = ["bash", "--noprofile", "--norc", "-eo", "pipefail"]  # what `shell: bash` means there
EXPRESSION = re.compile(r"\$\{\{(.*?)\}\}")
CALL = "import sys; sys.path.insert(0, {root!r}); from dativo_compile.cli.main import main; main()"


def action() -> dict[str, Any]:
    return yaml.safe_load(ACTION.read_text("utf-8"))  # type: ignore[no-any-return]  # yaml knows no types


def value_of(term: str, context: dict[str, Any]) -> Any:
    """`a || b`, `a && b`, `a == 'b'`, paths and texts: what action.yml uses, and nothing else."""
    for operator in ("&&", "||", "=="):
        left, found, right = term.partition(operator)
        if not found:
            continue
        one = value_of(left, context)
        if operator == "&&":
            return value_of(right, context) if one else one
        if operator == "||":
            return one or value_of(right, context)
        return one == value_of(right, context)
    text = term.strip()
    if text.startswith("'"):
        return text.strip("'")
    found_value: Any = context
    for part in text.split("."):
        found_value = (found_value or {}).get(part, "")
    return found_value


def filled(text: str, context: dict[str, Any]) -> str:
    return EXPRESSION.sub(lambda match: str(value_of(match[1], context)), text)


@dataclass
class Ran:
    """`log` is what the steps printed; `steps` are the names of those that ran; `summary` as the run shows it."""

    failed: str = ""
    log: str = ""
    summary: str = ""
    steps: list[str] = field(default_factory=list)
    outputs: dict[str, str] = field(default_factory=dict)


@dataclass
class Runner:
    """Steps that use other actions and the installation are left out: `dativo` stands where that would put it."""

    workspace: Path
    temp: Path
    github: dict[str, Any]
    environment: dict[str, str]

    def prepare(self) -> None:
        self.temp.mkdir(parents=True, exist_ok=True)
        tools = self.temp / "dativo" / "bin"
        tools.mkdir(parents=True, exist_ok=True)
        (tools / "python").symlink_to(sys.executable)
        program = f'#!/bin/sh\nexec \'{sys.executable}\' -c "{CALL.format(root=str(ROOT))}" "$@"\n'
        (tools / "dativo").write_text(program, "utf-8")
        (tools / "dativo").chmod(0o700 | stat.S_IXUSR)

    def run(self, **inputs: str) -> Ran:
        text = action()
        context = self.context(inputs)
        ran = Ran()
        for step in text["runs"]["steps"]:
            if "run" not in step or step["name"].startswith("Install"):
                continue
            if "if" in step and not value_of(step["if"], context):
                continue
            if not self.step(step, context, ran):
                ran.failed = step["name"]
                break
        ran.outputs = {name: filled(about["value"], context) for name, about in text["outputs"].items()}
        return ran

    def context(self, inputs: dict[str, str]) -> dict[str, Any]:
        defaults = action()["inputs"].items()
        given = {name: filled(about["default"], {"github": self.github}) for name, about in defaults}
        given |= {name.replace("_", "-"): value for name, value in inputs.items()}
        return {"inputs": given, "github": self.github, "steps": {}}

    def comment(self, text: str) -> Ran:
        """The step that comments alone."""
        file = self.temp / "diff.md"
        file.write_text(text, "utf-8")
        context = self.context({}) | {"steps": {"diff": {"outputs": {"file": str(file)}}}}
        (step,) = [step for step in action()["runs"]["steps"] if step["name"].startswith("Comment")]
        ran = Ran()
        ran.failed = "" if self.step(step, context, ran) else step["name"]
        return ran

    def step(self, step: dict[str, Any], context: dict[str, Any], ran: Ran) -> bool:
        output, summary, script = (self.temp / name for name in ("output", "summary", "script.sh"))
        output.write_text("", "utf-8")
        summary.write_text("", "utf-8")
        script.write_text(step["run"], "utf-8")
        environment = self.environment | {
            "GITHUB_OUTPUT": str(output), "GITHUB_STEP_SUMMARY": str(summary), "RUNNER_TEMP": str(self.temp),
            "GITHUB_REPOSITORY": "acme/etl", "GITHUB_WORKSPACE": str(self.workspace), "CI": "true",
        }  # fmt: skip
        environment |= {name: filled(value, context) for name, value in step.get("env", {}).items()}
        folder = self.workspace / filled(step.get("working-directory", "."), context)
        done = subprocess.run(
            [*BASH, str(script)], cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, check=False, encoding="utf-8",
        )  # fmt: skip
        lines = output.read_text("utf-8").splitlines()
        context["steps"][step.get("id", step["name"])] = {"outputs": dict(line.split("=", 1) for line in lines)}
        ran.log += done.stdout
        ran.summary += summary.read_text("utf-8")
        ran.steps.append(step["name"])
        return done.returncode == 0


GH = """\
#!{python}
import json, os, sys
from pathlib import Path
words = sys.argv[1:]
kept = Path(os.environ["COMMENTS"])
if not kept.exists() or not os.environ.get("GH_TOKEN"):
    sys.exit("gh: Resource not accessible by integration (HTTP 403)")
comments = json.loads(kept.read_text("utf-8"))
path = words[-1].partition("?")[0]
if "--method" not in words:
    assert path == "repos/acme/etl/issues/7/comments" and words[0] == "api"
    print(json.dumps(comments))
    sys.exit()
method = words[words.index("--method") + 1]
key, _, file = words[words.index("--field") + 1].partition("=@")
body = Path(file).read_text("utf-8")
assert key == "body" and len(body) <= 65536
if method == "POST":
    assert path == "repos/acme/etl/issues/7/comments"
    comments.append(dict(id=len(comments) + 100, body=body, user=dict(type="Bot")))
else:
    (one,) = [each for each in comments if path == f"repos/acme/etl/issues/comments/{{each['id']}}"]
    one["body"] = body
kept.write_text(json.dumps(comments), "utf-8")
"""


def gh(folder: Path) -> str:
    """A stand-in for GitHub's program and its server; comments lie in the file that COMMENTS names."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "gh").write_text(GH.format(python=sys.executable), "utf-8")
    (folder / "gh").chmod(0o700)
    return str(folder) + os.pathsep
