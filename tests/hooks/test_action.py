"""action.yml: valid, safe, and each of its scripts run as a runner would run it, in repositories of users."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.hooks.repositories import ROOT, environment, published, revision, run, user
from tests.hooks.runner import ACTION, BASH, Runner, action, gh
from tools.history import commit, git

JOB = Path("jobs/acme/stripe_customers.yaml")
CONNECTOR = Path("connectors/stripe.yaml")
ASSET = Path("assets/stripe/v1.0/customers.yaml")
MARK = "<!-- dativo diff -->"
SCRIPTS = {step["name"]: step["run"] for step in action()["runs"]["steps"] if "run" in step}


def test_it_fits_the_published_schema() -> None:
    words = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-actions", str(ACTION)]
    ran = subprocess.run(words, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_is_bash_and_no_template(name: str) -> None:
    """An expression in a script is pasted into it, whatever a branch or a title says."""
    ran = subprocess.run([*BASH, "-n"], input=SCRIPTS[name], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "${{" not in SCRIPTS[name]


def test_other_actions_are_pinned_to_a_commit_and_say_their_version() -> None:
    used = re.findall(r"^ +uses: (.+)$", ACTION.read_text("utf-8"), re.M)
    assert used
    assert [line for line in used if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)] == []


def test_every_input_is_used_and_none_is_missing() -> None:
    text = json.dumps(action()["runs"])
    assert set(re.findall(r"inputs\.([a-z-]+)", text)) == action()["inputs"].keys()


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    """A checked-out pull request: the commit `main` is its base."""
    folder = user(tmp_path / "checkout")
    git(folder, "switch", "--quiet", "--create", "change")
    known = environment(tmp_path / "home")
    known |= {"PATH": gh(tmp_path / "gh") + known["PATH"], "COMMENTS": str(tmp_path / "comments.json")}
    (tmp_path / "comments.json").write_text("[]", "utf-8")
    pull = {"number": 7, "base": {"sha": revision(folder)}}
    made = Runner(folder, tmp_path / "temp", {"event": {"pull_request": pull}, "token": "t"}, known)
    made.prepare()
    return made


def edit(folder: Path, name: Path, old: str, new: str) -> None:
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), "utf-8")


def compiled(runner: Runner, project: str = ".") -> None:
    words = [str(runner.temp / "dativo/bin/dativo"), "compile"]
    assert run(runner.workspace / project, words, runner.environment).returncode == 0


def comments(runner: Runner) -> list[dict[str, Any]]:
    return json.loads(Path(runner.environment["COMMENTS"]).read_text("utf-8"))  # type: ignore[no-any-return]  # json


def test_nothing_changed(runner: Runner) -> None:
    ran = runner.run()
    assert (ran.failed, ran.outputs["verdict"]) == ("", "up to date"), ran.log
    assert ran.steps == ["Check the build", "Compare with the base", "Comment on the pull request", "Decide"]
    assert "The build is up to date (1 job)." in ran.summary
    assert "::error" not in ran.log


def test_a_change_is_told_in_one_comment_that_follows_it(runner: Runner) -> None:
    edit(runner.workspace, CONNECTOR, "requests_per_second: 25", "requests_per_second: 20")
    compiled(runner)
    commit(runner.workspace, "Slow down")
    ran = runner.run()
    assert (ran.failed, ran.outputs["verdict"]) == ("", "up to date"), ran.log
    (comment,) = comments(runner)
    assert comment["body"].startswith(MARK) and "connectors/stripe.yaml" in comment["body"]
    assert Path(ran.outputs["diff-file"]).read_text("utf-8") == comment["body"]
    assert comment["body"] in ran.summary
    edit(runner.workspace, CONNECTOR, "requests_per_second: 20", "requests_per_second: 15")
    compiled(runner)
    commit(runner.workspace, "Slow down more")
    runner.run()
    (again,) = comments(runner)
    assert again["id"] == comment["id"] and "15" in again["body"]


def test_a_stale_build_fails_after_all_is_told(runner: Runner) -> None:
    edit(runner.workspace, CONNECTOR, "requests_per_second: 25", "requests_per_second: 20")
    commit(runner.workspace, "Slow down")
    ran = runner.run()
    assert (ran.failed, ran.outputs["verdict"]) == ("Decide", "out of date")
    assert "::error title=dativo-compile::the build is out of date: compile and commit what it writes\n" in ran.log
    assert "The build is out of date" in ran.summary
    (comment,) = comments(runner)
    assert "The build is out of date" in comment["body"]


def test_an_error_is_shown_beside_its_line(runner: Runner) -> None:
    edit(runner.workspace, JOB, "s3_bucket_name:", "s3_bukket_name:")
    commit(runner.workspace, "Slip")
    ran = runner.run()
    assert (ran.failed, ran.outputs["verdict"]) == ("Decide", "errors")
    assert re.search(rf"^::error file={JOB},line=\d+,.*s3_bukket_name", ran.log, re.M), ran.log
    log = json.loads(Path(ran.outputs["sarif-file"]).read_text("utf-8"))
    places = [result["locations"][0]["physicalLocation"] for result in log["runs"][0]["results"]]
    assert {place["artifactLocation"]["uri"] for place in places} == {str(JOB)}
    (comment,) = comments(runner)
    assert comment["body"] == f"{MARK}\nThe sources have errors, so that nothing was compared.\n"


def test_a_risk_that_was_named_fails(runner: Runner) -> None:
    edit(runner.workspace, ASSET, "    - {name: livemode, type: boolean, required: true}\n", "")
    compiled(runner)
    commit(runner.workspace, "Drop a column")
    assert runner.run().failed == ""
    ran = runner.run(fail_on="breaking")
    assert ran.failed == "Decide"
    assert "::error title=dativo-compile::a change has the risk 'breaking' or a worse one\n" in ran.log


def test_a_token_that_may_only_read_warns(runner: Runner) -> None:
    """That of a pull request from a fork."""
    Path(runner.environment["COMMENTS"]).unlink()
    ran = runner.comment(f"{MARK}\nNothing changes.\n")
    assert ran.failed == ""
    assert "::warning title=dativo-compile::the comparison could not be put into a comment" in ran.log


def test_somebody_else_cannot_hold_the_comment(runner: Runner) -> None:
    other = {"id": 1, "body": f"{MARK} all is well", "user": {"type": "User"}}
    Path(runner.environment["COMMENTS"]).write_text(json.dumps([other]), "utf-8")
    for _ in range(2):
        assert runner.comment(f"{MARK}\nA column is dropped.\n").failed == ""
    assert comments(runner)[0] == other and len(comments(runner)) == 2


def test_without_a_pull_request_it_only_checks(runner: Runner) -> None:
    runner.github["event"] = {}
    ran = runner.run()
    assert (ran.failed, ran.steps) == ("", ["Check the build", "Compare with the base", "Decide"])
    assert (ran.outputs["diff-file"], comments(runner)) == ("", [])


def test_a_base_without_a_build_is_no_fault(runner: Runner, tmp_path: Path) -> None:
    """The pull request that brings the compiler."""
    folder = runner.workspace
    git(folder, "switch", "--quiet", "--orphan", "old")
    (folder / "README.md").write_text("Hello\n", "utf-8")
    commit(folder, "Before")
    before = revision(folder)
    git(folder, "merge", "--quiet", "--allow-unrelated-histories", "--no-edit", "change")
    ran = runner.run(base=before, comment="false")
    assert ran.failed == "" and "Comment on the pull request" not in ran.steps
    assert "The base has no build, so that nothing was compared." in ran.summary


def test_a_shallow_clone_fetches_its_base(runner: Runner, tmp_path: Path) -> None:
    """As actions/checkout leaves it: one commit, the merge of both sides."""
    edit(runner.workspace, CONNECTOR, "requests_per_second: 25", "requests_per_second: 20")
    compiled(runner)
    commit(runner.workspace, "Slow down")
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "--quiet", "--depth=1", "--branch=change", f"file://{runner.workspace}", str(shallow))
    there = Runner(shallow, runner.temp, runner.github, runner.environment)
    ran = there.run()
    assert ran.failed == "", ran.log
    assert "connectors/stripe.yaml" in comments(there)[0]["body"]
    assert there.run(base="main").failed == "", "a branch that only the server has"


def test_a_project_below_the_repository(tmp_path: Path, runner: Runner) -> None:
    folder = user(tmp_path / "several", "data/etl")
    base = revision(folder)
    edit(folder, "data/etl" / JOB, "s3_bucket_name:", "s3_bukket_name:")
    commit(folder, "Slip")
    there = Runner(folder, runner.temp, runner.github, runner.environment)
    ran = there.run(project="data/etl", base=base, paths="jobs/acme\n\njobs/acme/stripe_customers.yaml\n")
    assert f"::error file=data/etl/{JOB},line=" in ran.log


HOSTILE = '$(touch "{0}")`touch {0}`;touch {0};"\'&& touch {0} #\n;touch {0}'
VALUES = [(step["name"], name) for step in action()["runs"]["steps"] if "run" in step for name in step["env"]]


@pytest.mark.parametrize(("step", "variable"), VALUES)
def test_no_value_is_run(step: str, variable: str, tmp_path: Path) -> None:
    """Whatever an input or the event says; programs stand there that do nothing."""
    tools = tmp_path / "temp/dativo/bin"
    tools.mkdir(parents=True)
    for name in ("dativo", "python", "git", "gh", "made"):
        (tools / name).write_text("#!/bin/sh\necho 1\n", "utf-8")
        (tools / name).chmod(0o700)
    known = environment(tmp_path / "home")
    known |= {name: "1" for each, name in VALUES if each == step} | {"PYTHON": str(tools / "made")}
    known |= {f"GITHUB_{name}": str(tmp_path / name) for name in ("OUTPUT", "STEP_SUMMARY")}
    known |= {"RUNNER_TEMP": str(tmp_path / "temp"), "GITHUB_REPOSITORY": "acme/etl"}
    known |= {"PATH": f"{tools}:{known['PATH']}", variable: HOSTILE.format(tmp_path / "hurt")}
    run(tmp_path, [*BASH, "-c", SCRIPTS[step]], known)
    assert not (tmp_path / "hurt").exists()


@pytest.mark.parametrize("broken", ["paths", "output"])
def test_a_wrong_call_fails_at_once(broken: str, runner: Runner) -> None:
    wrong = {"paths": "nowhere", "output": "jobs/acme/stripe_customers.yaml"}
    assert runner.run(**{broken: wrong[broken]}).failed != ""


def test_the_installation_gives_a_program(tmp_path: Path) -> None:
    """Of the action's own source, as it would be published, with an extra."""
    (step,) = [step for step in action()["runs"]["steps"] if step["name"] == "Install dativo-compile"]
    known = environment(tmp_path / "home") | {
        "PYTHON": sys.executable, "SOURCE": str(published(tmp_path / "my action")), "VERSION": "", "EXTRAS": "tofu",
        "RUNNER_TEMP": str(tmp_path / "temp"),
    }  # fmt: skip
    (tmp_path / "temp").mkdir()
    ran = run(tmp_path, [*BASH, "-c", step["run"]], known)
    assert ran.returncode == 0, ran.stderr
    program = tmp_path / "temp/dativo/bin/dativo"
    assert run(tmp_path, [str(program), "--version"], known).stdout.startswith("dativo-compile ")
    python = tmp_path / "temp/dativo/bin/python"
    assert run(tmp_path, [str(python), "-c", "import cryptography"], known).returncode == 0


@pytest.mark.parametrize(
    ("extras", "wanted"), [("", "dativo-compile==1.2.3"), ("aws,gcp", "dativo-compile[aws,gcp]==1.2.3")]
)
def test_a_version_is_asked_for_as_such(extras: str, wanted: str, tmp_path: Path) -> None:
    (tmp_path / "python").write_text('#!/bin/sh\nmkdir -p "$3/bin"; ln -sf /bin/echo "$3/bin/python"\n', "utf-8")
    (tmp_path / "python").chmod(0o700)
    known = environment(tmp_path / "home") | {
        "PYTHON": str(tmp_path / "python"), "SOURCE": "/x", "VERSION": "1.2.3", "EXTRAS": extras,
        "RUNNER_TEMP": str(tmp_path / "temp"),
    }  # fmt: skip
    ran = run(ROOT, [*BASH, "-c", SCRIPTS["Install dativo-compile"]], known)
    assert shlex.split(ran.stdout)[-1] == wanted
