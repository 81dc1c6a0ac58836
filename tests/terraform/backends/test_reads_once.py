"""A state is read once for a compile, however many jobs use it, and beside the others; the server's log says so."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from dativo_compile.model.project import Request
from dativo_compile.pipeline import Compilation, compile_project
from tests.terraform.backends.emulators import Server, moto
from tests.terraform.backends.test_s3 import account, admin
from tools.server import serving

PARTS = Path(__file__).resolve().parents[2] / "cases" / "s3-refused"
STATES, JOBS = 100, 1000
JOB = """\
tenant_id: acme
environment: prod
source_connector_path: connectors/csv.yaml
target_connector_path: connectors/iceberg.yaml
asset_path: assets/orders.yaml
source:
  files: [{{object: orders, path: landing/orders.csv}}]
target:
  warehouse: s3://acme-lake/tables
  table: t{number}
infrastructure:
  provider: {{provider: aws, region: eu-west-1}}
  terraform:
    workspace: w{state}
    backend: {{type: s3, bucket: states, key: lake.tfstate}}
    outputs:
      bucket: target.connection.s3.bucket
"""

__all__ = ["account"]  # a fixture


def project(folder: Path, url: str, *, states: int, jobs: int) -> Path:
    for name in ("assets", "connectors"):
        shutil.copytree(PARTS / name, folder / name)
    settings = {"region": "eu-west-1", "endpoint": url, "use_path_style": True}
    text = {"terraform": {"backends": {"s3": settings}}, "default_catalog": "glue"}
    (folder / "dativo.yaml").write_text(json.dumps(text))
    (folder / "jobs").mkdir()
    for number in range(jobs):
        (folder / "jobs" / f"j{number:04}.yaml").write_text(JOB.format(number=number, state=number % states))
    return folder


def compiled(folder: Path) -> Compilation:
    return compile_project(Request((folder / "jobs",), project=folder))


def state(number: int) -> str:
    outputs: dict[str, Any] = {"bucket": {"value": f"lake-{number}", "type": "string"}}
    return json.dumps({"version": 4, "serial": number, "lineage": "l", "outputs": outputs, "resources": []})


def test_a_thousand_jobs_of_a_hundred_states_are_a_hundred_reads(tmp_path: Path) -> None:
    (tmp_path / "moto").mkdir()
    with moto(tmp_path / "moto") as server:
        put(server)
        done = compiled(project(tmp_path / "project", server.url, states=STATES, jobs=JOBS))
        assert [d.message for d in done.diagnostics] == []
        assert len(done.manifests) == JOBS
        assert len(server.requests('"GET /states/')) == STATES
        assert len(server.requests('"GET ')) == STATES
    for number in (0, 57, 999):
        body = json.loads(done.manifests[number].data)
        assert body["target"]["connection"]["s3"]["bucket"] == f"lake-{number % STATES}"


def put(server: Server) -> None:
    client = admin(server)
    client.create_bucket(Bucket="states", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    for number in range(STATES):
        client.put_object(Bucket="states", Key=f"env:/w{number}/lake.tfstate", Body=state(number).encode())


@pytest.mark.parametrize("first", range(3))
def test_what_is_reported_does_not_depend_on_which_answer_is_first(tmp_path: Path, first: int) -> None:
    answers = {
        f"/states/env:/w{number}/lake.tfstate": [{"status": 403, "wait": 0.0 if number == first else 0.3}]
        for number in range(3)
    }
    with serving(answers, tmp_path) as (port, log):
        done = compiled(project(tmp_path / "project", f"http://127.0.0.1:{port}", states=3, jobs=9))
    assert [(d.code.id, d.place.file if d.place else "", d.notes[0]) for d in done.diagnostics] == [
        ("DC3031", f"jobs/j000{number}.yaml", f"the state is at s3://states/env:/w{number}/lake.tfstate")
        for number in range(3)
    ]
    assert len(log.requests) == 3


def test_slow_answers_are_waited_for_beside_one_another(tmp_path: Path) -> None:
    answers = {f"/states/env:/w{n}/lake.tfstate": [{"wait": 0.5, "body": state(n)}] for n in range(8)}
    with serving(answers, tmp_path) as (port, log):
        done = compiled(project(tmp_path / "project", f"http://127.0.0.1:{port}", states=8, jobs=8))
    assert len(done.manifests) == 8
    assert log.most_at_once == 8
