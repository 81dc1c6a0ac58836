"""`dativo why`: the chain of one value, on one screen."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.project import command, edit, make


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = make(tmp_path / "shop")
    edit(folder, "  finops:\n", "  finops:\n    cost_center: FIN-9\n", Path("assets/orders.yaml"))
    with (folder / "jobs/acme/orders.yaml").open("a") as job:
        job.write("\nfinops:\n  cost_center: OPS-1\n")
    return folder


def test_a_mapped_value_is_told_with_its_output_and_state(project: Path) -> None:
    ran = command(project, "why", "acme/orders", "target.connection.s3.bucket")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout == (
        'target.connection.s3.bucket = "acme-lake-dev"\n'
        "  from the output `bucket_name` of terraform/lake/terraform.tfstate.d/acme-dev/terraform.tfstate (serial 1),"
        " mapped here\n"
        "  --> jobs/acme/orders.yaml:22:20\n"
        "   |\n"
        "22 |       bucket_name: target.connection.s3.bucket\n"
        "   |                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "  it beat nothing: no other place gives this value\n"
    )


def test_a_tag_is_told_with_all_that_it_beat(project: Path) -> None:
    for name in ("tags.cost_center", "table_properties.tags.cost_center"):
        ran = command(project, "why", "orders", name)
        assert ran.stdout == (
            f'{name} = "OPS-1"\n'
            "  from the job\n"
            "  --> jobs/acme/orders.yaml:41:16\n"
            "   |\n"
            "41 |   cost_center: OPS-1\n"
            "   |                ^^^^^\n"
            "  it beat\n"
            '    "FIN-9"     the asset  assets/orders.yaml:17:18\n'
            '    "DATA-001"  the job    jobs/acme/orders.yaml:25:18\n'
        )


def test_a_mapping_shows_its_leaves(project: Path) -> None:
    ran = command(project, "why", "jobs/acme/orders.yaml", "target.table")
    assert ran.stdout == (
        'target.table.name       "orders"  assets/orders.yaml:4:9\n'
        'target.table.namespace  "acme_iceberg_dev"  rule `namespace-pattern`\n'
    )


def test_json_is_one_object_a_leaf(project: Path) -> None:
    ran = command(project, "why", "orders", "target.connection.s3.bucket", "--format", "json")
    assert json.loads(ran.stdout) == {
        "job": "acme/orders", "path": "target.connection.s3.bucket", "value": "acme-lake-dev",
        "kind": "output", "output": "bucket_name",
        "state": {
            "location": "terraform/lake/terraform.tfstate.d/acme-dev/terraform.tfstate", "serial": 1,
            "lineage": "3f1a7c52-6d0e-4b8f-9a55-2f6d3c1b7e90",
        },
        "role": "job", "file": "jobs/acme/orders.yaml", "line": 22, "column": 20, "beat": [],
    }  # fmt: skip


def test_an_unknown_path_or_job_is_a_wrong_call(project: Path) -> None:
    path = command(project, "why", "orders", "tags.cost_centre")
    assert path.returncode == 2
    assert "did you mean `tags.cost_center`? `tags` has `classification.default`" in path.stderr
    job = command(project, "why", "ordrs", "tags")
    assert job.returncode == 2
    assert job.stderr == "error: there is no job `ordrs`\n  = help: did you mean `acme/orders`?\n"


def test_an_ending_of_two_jobs_is_asked_back(project: Path) -> None:
    (project / "jobs/globex").mkdir()
    (project / "jobs/globex/orders.yaml").write_bytes((project / "jobs/acme/orders.yaml").read_bytes())
    ran = command(project, "why", "orders", "tags")
    assert ran.returncode == 2
    assert ran.stderr == ("error: 2 jobs are called `orders`\n  = help: say which: `acme/orders`, `globex/orders`\n")


def test_a_broken_job_shows_what_is_wrong(project: Path) -> None:
    edit(project, "bucket_name:", "bukket_name:")
    ran = command(project, "why", "orders", "tags")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "error[DC4001]" in ran.stderr
    assert not (project / "build").exists()


def test_a_secret_that_lost_is_not_shown(project: Path) -> None:
    edit(
        project, "    access_key_id: ${AWS_ACCESS_KEY_ID}\n    secret_access_key: ${AWS_SECRET_ACCESS_KEY}\n",
        "    secret_access_key: hunter2\n    endpoint: https://u:hunter2@h/x\n", Path("connectors/iceberg.yaml"),
    )  # fmt: skip
    edit(
        project, "      prefix: raw/orders\n",
        "      prefix: raw/orders\n      secret_access_key: ${KEY}\n      endpoint: https://h\n",
    )  # fmt: skip
    for path in ("target.connection.s3.secret_access_key", "target.connection.s3.endpoint", "target"):
        for format in ("text", "json"):
            ran = command(project, "why", "orders", path, "--format", format)
            assert ran.returncode == 0, ran.stderr
            assert "hunter2" not in ran.stdout + ran.stderr, (path, format)
