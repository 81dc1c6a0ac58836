"""templates/gitlab.yml: valid, and its scripts run as GitLab's runner would run them, against a server of notes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
import yaml

from tests.hooks.repositories import ROOT, environment, revision, run, user
from tests.hooks.runner import CALL
from tools.history import commit, git

TEMPLATE = ROOT / "templates" / "gitlab.yml"
JOB = Path("jobs/acme/stripe_customers.yaml")
CONNECTOR = Path("connectors/stripe.yaml")
MARK = "<!-- dativo diff -->"
BASH = ["bash", "-eo", "pipefail", "-c"]
NOTES = "/api/v4/projects/5/merge_requests/7/notes"


def template() -> dict[str, Any]:
    return yaml.safe_load(TEMPLATE.read_text("utf-8"))  # type: ignore[no-any-return]  # yaml knows no types


def test_it_fits_the_published_schema() -> None:
    words = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.gitlab-ci"]
    ran = subprocess.run([*words, str(TEMPLATE)], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout


def test_every_variable_is_used_and_none_is_missing() -> None:
    text = template()
    used = set(re.findall(r"DATIVO_[A-Z_]+", json.dumps(text["dativo"])))
    assert used == text["variables"].keys() | {"DATIVO_GITLAB_TOKEN"}


@dataclass
class Notes:
    """What the server of the merge request has."""

    url: str = ""
    kept: list[dict[str, Any]] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)


@pytest.fixture
def notes() -> Iterator[Notes]:
    here = Notes()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            assert self.path == f"{NOTES}?per_page=100&sort=asc"
            self.answer(here.kept)

        def do_POST(self) -> None:
            assert self.path == NOTES
            here.kept.append({"id": 100 + len(here.kept), "body": self.body()})
            self.answer(here.kept[-1])

        def do_PUT(self) -> None:
            (note,) = [each for each in here.kept if self.path == f"{NOTES}/{each['id']}"]
            note["body"] = self.body()
            self.answer(note)

        def body(self) -> str:
            data = self.rfile.read(int(self.headers["Content-Length"]))
            ((key, text),) = parse_qsl(data.decode(), strict_parsing=True)
            assert key == "body"
            return text

        def answer(self, value: object) -> None:
            token = self.headers.get("PRIVATE-TOKEN", "")
            here.tokens.add(token)
            self.send_response(200 if token == "glpat-x" else 403)
            self.end_headers()
            self.wfile.write(json.dumps(value).encode())

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    here.url = f"http://127.0.0.1:{server.server_port}/api/v4"
    yield here
    server.shutdown()
    server.server_close()


@dataclass
class Pipeline:
    folder: Path
    environment: dict[str, str]

    def run(self, **variables: str) -> subprocess.CompletedProcess[str]:
        text = template()
        known = self.environment | {name: str(value) for name, value in text["variables"].items()} | variables
        return run(self.folder, [*BASH, "\n".join(text["dativo"]["script"])], known)

    def edit(self, name: Path, old: str, new: str) -> None:
        text = (self.folder / name).read_text("utf-8")
        assert old in text
        (self.folder / name).write_text(text.replace(old, new), "utf-8")

    def compile(self) -> None:
        words = [str(self.folder / ".dativo-ci/venv/bin/dativo"), "compile"]
        assert run(self.folder, words, self.environment).returncode == 0

    @property
    def diff(self) -> str:
        return (self.folder / ".dativo-ci/diff.md").read_text("utf-8")


@pytest.fixture
def pipeline(tmp_path: Path, notes: Notes) -> Pipeline:
    """Of a merge request, whose base is the commit `main`; before_script has run."""
    folder = user(tmp_path / "etl")
    (folder / ".gitignore").write_text(".provenance/\n.dativo-ci/\n", "utf-8")
    commit(folder, "Ignore")
    git(folder, "switch", "--quiet", "--create", "change")
    tools = folder / ".dativo-ci/venv/bin"
    tools.mkdir(parents=True)
    (tools / "python").symlink_to(sys.executable)
    program = f'#!/bin/sh\nexec \'{sys.executable}\' -c "{CALL.format(root=str(ROOT))}" "$@"\n'
    (tools / "dativo").write_text(program, "utf-8")
    (tools / "dativo").chmod(0o700)
    known = environment(tmp_path / "home") | {
        "CI_PROJECT_DIR": str(folder), "CI_MERGE_REQUEST_DIFF_BASE_SHA": revision(folder), "CI_API_V4_URL": notes.url,
        "CI_PROJECT_ID": "5", "CI_MERGE_REQUEST_IID": "7", "DATIVO_GITLAB_TOKEN": "glpat-x",
    }  # fmt: skip
    return Pipeline(folder, known)


def test_a_change_is_told_in_one_note_that_follows_it(pipeline: Pipeline, notes: Notes) -> None:
    notes.kept = [{"id": 1, "body": "Looks good"}]
    pipeline.edit(CONNECTOR, "requests_per_second: 25", "requests_per_second: 20")
    pipeline.compile()
    commit(pipeline.folder, "Slow down")
    ran = pipeline.run()
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert notes.kept[1]["body"] == pipeline.diff
    assert pipeline.diff.startswith(MARK) and "connectors/stripe.yaml" in pipeline.diff
    assert json.loads((pipeline.folder / ".dativo-ci/quality.json").read_text("utf-8")) == []
    pipeline.edit(CONNECTOR, "requests_per_second: 20", "requests_per_second: 15")
    pipeline.compile()
    assert pipeline.run(DATIVO_FAIL_ON="breaking").returncode == 0
    assert len(notes.kept) == 2 and "15" in notes.kept[1]["body"]
    ran = pipeline.run(DATIVO_FAIL_ON="routine", DATIVO_BASE="main")
    assert (ran.returncode, notes.tokens) == (1, {"glpat-x"})
    assert "a change has the risk 'routine' or a worse one" in ran.stdout


def test_a_stale_build_fails_and_is_shown(pipeline: Pipeline) -> None:
    pipeline.edit(CONNECTOR, "requests_per_second: 25", "requests_per_second: 20")
    ran = pipeline.run(DATIVO_GITLAB_TOKEN="")
    assert ran.returncode == 1
    assert "connector connectors/stripe.yaml" in ran.stdout


def test_an_error_is_a_finding_of_code_quality(pipeline: Pipeline, notes: Notes) -> None:
    pipeline.edit(JOB, "s3_bucket_name:", "s3_bukket_name:")
    ran = pipeline.run()
    assert ran.returncode == 1 and "s3_bukket_name" in ran.stderr
    found = json.loads((pipeline.folder / ".dativo-ci/quality.json").read_text("utf-8"))
    assert {(each["severity"], each["location"]["path"]) for each in found} == {("major", str(JOB))}
    assert {each["location"]["lines"]["begin"] for each in found} == {23}
    assert len({each["fingerprint"] for each in found}) == len(found) > 0
    assert [each["body"].splitlines()[1] for each in notes.kept] == [
        "The sources have errors, so that nothing was compared."
    ]


def test_without_a_merge_request_it_only_checks(pipeline: Pipeline, notes: Notes) -> None:
    ran = pipeline.run(CI_MERGE_REQUEST_DIFF_BASE_SHA="", CI_MERGE_REQUEST_IID="")
    assert ran.returncode == 0, ran.stderr
    assert notes.kept == [] and not (pipeline.folder / ".dativo-ci/diff.md").exists()


def test_a_token_that_is_refused_fails_nothing(pipeline: Pipeline, notes: Notes) -> None:
    ran = pipeline.run(DATIVO_GITLAB_TOKEN="glpat-old")
    assert ran.returncode == 0
    assert "GitLab: HTTP Error 403" in ran.stderr
    assert "the comparison could not be put into a note; the artifact has it" in ran.stdout
    assert "glpat-old" not in ran.stdout + ran.stderr


def test_the_package_is_what_the_variable_says(tmp_path: Path) -> None:
    """Into an environment of its own, which later scripts use."""
    (tmp_path / "python").write_text('#!/bin/sh\nmkdir -p "$3/bin"; ln -sf /bin/echo "$3/bin/python"\n', "utf-8")
    (tmp_path / "python").chmod(0o700)
    known = environment(tmp_path / "home")
    known |= {"CI_PROJECT_DIR": str(tmp_path), "DATIVO_PACKAGE": "dativo-compile[aws]==1.2.3"}
    known |= {"PATH": f"{tmp_path}:{known['PATH']}"}
    ran = run(tmp_path, [*BASH, "\n".join(template()["dativo"]["before_script"])], known)
    assert ran.stdout == "-m pip install --quiet --disable-pip-version-check dativo-compile[aws]==1.2.3\n"
