"""What a compile depends on, before any process watches it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dativo_compile.model.project import Request
from dativo_compile.model.usage import UsageError
from dativo_compile.watching import Inputs, Inspector
from tests.cli.project import JOB, edit, make

MODULE = Path("terraform/lake")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = make(tmp_path / "shop")
    monkeypatch.chdir(folder)
    return folder


def names(inputs: Inputs) -> list[str]:
    return sorted(os.path.relpath(name, inputs.root) for name in inputs.stamps)


ALL = [
    "assets/orders.yaml", "connectors/csv.yaml", "connectors/iceberg.yaml", "dativo.yaml", "jobs/acme/orders.yaml",
    "terraform/lake/main.tf", "terraform/lake/outputs.tf",
    "terraform/lake/terraform.tfstate.d/acme-dev/terraform.tfstate",
]  # fmt: skip


def test_the_inputs_of_a_compile_are_what_its_jobs_are_made_of(project: Path) -> None:
    (project / "connectors/unused.yaml").write_text("name: unused\n")
    (project / "dativo.lock.json").write_text("{}")
    assert names(Inspector(Request(())).look()) == ALL


def test_from_the_lock_alone_the_lock_is_one_of_them(project: Path) -> None:
    (project / "dativo.lock.json").write_text("{}")
    assert names(Inspector(Request((), locked=True)).look()) == sorted([*ALL, "dativo.lock.json"])


def test_states_that_are_named_are_watched_too(project: Path) -> None:
    (project / "dev.json").write_text("{}")
    (project / "dativo.yaml").write_text("terraform:\n  states:\n    acme-prod: prod.json\n    b: s3://lake/x\n")
    (project / "prod.json").write_text("{}")
    looked = Inspector(Request((), states=("acme-dev=dev.json", "x=s3://lake/y", "z=-"))).look()
    assert set(names(looked)) - set(ALL) == {"dev.json", "prod.json"}


def test_a_file_that_is_not_there_yet_is_waited_for(project: Path) -> None:
    inspector = Inspector(Request(()))
    edit(project, "asset_path: assets/orders.yaml", "asset_path: later/on/orders.yaml")
    before = inspector.look()
    assert str(project) in before.folders
    (project / "later/on").mkdir(parents=True)
    between = inspector.look()
    assert before.changes_to(between) == ()
    assert between.folders - before.folders == {str(project / "later/on")}
    (project / "later/on/orders.yaml").write_text("")
    assert between.changes_to(inspector.look()) == ("later/on/orders.yaml",)


def test_a_workspace_that_is_made_is_new(project: Path) -> None:
    inspector = Inspector(Request(()))
    before = inspector.look()
    made = MODULE / "terraform.tfstate.d/acme-prod/terraform.tfstate"
    (project / made).parent.mkdir()
    (project / made).write_text("{}")
    assert before.changes_to(inspector.look()) == (str(made),)


def test_a_job_is_read_again_when_it_has_changed(project: Path) -> None:
    inspector = Inspector(Request((JOB,)))
    assert "connectors/csv.yaml" in names(inspector.look())
    edit(project, "connectors/csv.yaml", "connectors/other.yaml")
    assert "connectors/csv.yaml" not in names(inspector.look())
    (project / JOB).unlink()
    assert names(inspector.look()) == ["dativo.yaml"]


def test_broken_files_are_inputs_like_others(project: Path) -> None:
    (project / "dativo.yaml").write_text("jobs: [")
    (project / JOB).write_text("tenant_id: [")
    assert names(Inspector(Request(())).look()) == ["dativo.yaml", str(JOB)]


def test_a_loop_of_links_ends(project: Path) -> None:
    (project / "jobs/loop").symlink_to(project / "jobs")
    assert names(Inspector(Request(())).look()) == ALL


def test_a_state_that_means_nothing_is_a_wrong_call(project: Path) -> None:
    with pytest.raises(UsageError):
        Inspector(Request((), states=("=x",)))
