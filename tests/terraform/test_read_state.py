"""Which state a job gets: first match wins, and every way to have none is a report of its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dativo_compile.model.usage import UsageError
from tests.terraform.projects import MODULE, OURS, World, outputs, state

JOB = f"module_path: ./{MODULE}, workspace: acme-prod, outputs: {{bucket: target.x}}"
DEFAULT_JOB = f"module_path: {MODULE}, outputs: {{bucket: target.x}}"


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    root = tmp_path / "project"
    (root / MODULE).mkdir(parents=True)
    monkeypatch.chdir(root)
    return World(root)


def bucket(found: object) -> object:
    return found.outputs["bucket"].value if found else None  # type: ignore[attr-defined]  # a state


def test_a_job_that_maps_nothing_reads_nothing(world: World) -> None:
    assert world.read("module_path: nowhere, workspace: w") is None
    assert world.read("module_path: nowhere, outputs: {}") is None
    assert world.found == []


def test_the_state_of_the_workspace_is_found_on_disk(world: World) -> None:
    world.apply("acme-prod")
    world.apply("default", bucket="other")
    found = world.read(JOB)
    assert found is not None
    assert (bucket(found), found.location) == ("acme-lake", f"{MODULE}/terraform.tfstate.d/acme-prod/terraform.tfstate")
    assert bucket(world.read(DEFAULT_JOB)) == "other"
    assert world.found == []


def test_the_command_line_goes_before_dativo_yaml_and_that_before_the_disk(world: World) -> None:
    world.apply("acme-prod", bucket="disk")
    for name in ("line", "module", "entry"):
        world.write(f"{name}.json", json.dumps(outputs(bucket=name)))
    entries = {"acme-prod": "entry.json"}
    assert bucket(world.read(JOB, world.reader(entries=entries))) == "entry"
    assert bucket(world.read(JOB, world.reader("acme-prod=line.json", entries=entries))) == "line"
    assert bucket(world.read(JOB, world.reader("acme-prod=line.json", f"./{MODULE}:acme-prod=module.json"))) == "module"
    assert bucket(world.read(JOB, world.reader("globex-prod=line.json"))) == "disk"
    assert world.found == []


def test_a_named_state_needs_neither_module_nor_backend(world: World) -> None:
    world.write("s.json", json.dumps(outputs(bucket="b")))
    job = "module_path: elsewhere, workspace: w, backend: {type: s3, bucket: x}, outputs: {bucket: target.x}"
    assert bucket(world.read(job, world.reader(entries={"w": "s.json"}))) == "b"
    assert world.found == []


def test_standard_input_and_a_bare_file_stand_for_the_one_state(world: World) -> None:
    states = world.reader("-", stdin=json.dumps(outputs(bucket="b")).encode())
    found = world.read(JOB, states)
    assert found is not None
    assert (bucket(found), found.location) == ("b", "standard input")
    assert bucket(world.read(JOB, states, name="b")) == "b"
    with pytest.raises(UsageError, match="`terraform/lake:acme-prod` and `terraform/lake:default`"):
        world.read(DEFAULT_JOB, states)


def test_a_bare_file_that_nobody_uses_is_wrong_usage(world: World) -> None:
    world.write("s.json", json.dumps(outputs(bucket="b")))
    states = world.reader("s.json")
    with pytest.raises(UsageError, match="no job maps outputs"):
        states.unused([])
    world.read(JOB, states)
    states.unused([])


def test_a_file_from_elsewhere_is_called_by_its_bare_name(world: World, tmp_path: Path) -> None:
    (tmp_path / "away.json").write_text(json.dumps(outputs(bucket="b")))
    found = world.read(JOB, world.reader(f"acme-prod={tmp_path / 'away.json'}"))
    assert found is not None
    assert found.location == "away.json"


def test_a_broken_state_is_reported_once_at_its_own_file(world: World) -> None:
    world.write(f"{MODULE}/terraform.tfstate.d/acme-prod/terraform.tfstate", '{"version": 4, "outp')
    states = world.reader()
    assert world.read(JOB, states, name="a") is None
    assert world.read(JOB, states, name="b") is None
    assert world.said == [f"state-truncated {MODULE}/terraform.tfstate.d/acme-prod/terraform.tfstate:1"]


def test_a_state_that_may_not_be_read_is_reported_once(world: World) -> None:
    world.write("s.json").unlink()
    (world.root / "s.json").mkdir()
    states = world.reader("acme-prod=s.json")
    assert world.read(JOB, states) is None
    assert world.read(JOB, states, name="b") is None
    assert world.said == ["state-unreadable s.json:1"]


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("gone.json", "states-file-missing"),
        ("../away.json", "states-file-refused"),
        ("s3://bucket/key?token=x", "state-location-malformed"),
        ("swift://container", "state-location-malformed"),
    ],
)
def test_a_bad_entry_of_dativo_yaml_is_reported_once_at_its_line(world: World, file: str, said: str) -> None:
    states = world.reader(entries={"acme-prod": file})
    assert world.read(JOB, states, name="a") is None
    assert world.read(JOB, states, name="b") is None
    assert world.said == [f"{said} dativo.yaml:4"]
    assert "token" not in world.found[0].message


def test_a_missing_workspace_says_what_exists(world: World) -> None:
    world.apply("acme-prd")
    world.apply("globex-prod")
    assert world.read(JOB, world.reader(entries={"initech-prod": "x.json"})) is None
    assert world.said == ["state-missing jobs/a.yaml:5"]
    assert world.found[0].help == "did you mean `acme-prd`?"
    assert world.found[0].notes == (
        f"looked for {MODULE}/terraform.tfstate.d/acme-prod/terraform.tfstate",
        "there are states of the workspaces `acme-prd`, `globex-prod`",
        "`--state` and `dativo.yaml` name the workspace `initech-prod`",
    )


def test_default_stands_in_if_it_is_this_jobs(world: World) -> None:
    world.apply("default")
    assert bucket(world.read(JOB)) == "acme-lake"
    assert world.said == ["workspace-fallback jobs/a.yaml:5"]
    assert "terraform workspace new acme-prod" in world.found[0].help


@pytest.mark.parametrize("values", [{**OURS, "tenant_id": "globex"}, {"bucket": "b"}, {**OURS, "environment": "dev"}])
def test_default_of_somebody_else_does_not_stand_in(world: World, values: dict[str, str]) -> None:
    world.apply("default", **values)
    assert world.read(JOB) is None
    assert world.said == ["state-missing jobs/a.yaml:5"]


def test_a_broken_default_is_reported_to_those_who_mean_it(world: World) -> None:
    world.write(f"{MODULE}/terraform.tfstate", "")
    states = world.reader()
    assert world.read(JOB, states) is None
    assert world.read(DEFAULT_JOB, states) is None
    assert world.said == ["state-missing jobs/a.yaml:5", f"state-empty {MODULE}/terraform.tfstate:1"]


@pytest.mark.parametrize(
    ("path", "said"),
    [("nowhere", "module-missing"), ("../../x", "module-refused"), ("/srv/x", "module-refused")],
)
def test_a_module_that_is_not_there(world: World, path: str, said: str) -> None:
    assert world.read(f"module_path: {path}, outputs: {{a: target.x}}") is None
    assert world.said == [f"{said} jobs/a.yaml:5"]


def test_no_module_at_all(world: World) -> None:
    assert world.read("workspace: w, outputs: {a: target.x}") is None
    assert world.said == ["state-missing jobs/a.yaml:5"]


@pytest.mark.parametrize(
    ("file", "text", "note"),
    [
        (
            ".terraform/terraform.tfstate",
            '{"version": 3, "backend": {"type": "oss", "config": {}}}',
            "`terraform init`",
        ),
        ("main.tf", 'terraform {\n  backend "cos" {}\n}\n', "HCL"),
    ],
)
def test_a_state_in_a_remote_backend_is_not_looked_for_on_disk(world: World, file: str, text: str, note: str) -> None:
    world.apply("acme-prod")
    world.write(f"{MODULE}/{file}", text)
    assert world.read(JOB) is None
    assert world.said == ["backend-not-read jobs/a.yaml:5"]
    assert note in world.found[0].notes[0]


def test_a_backend_in_a_comment_or_text_is_none(world: World) -> None:
    world.apply("acme-prod")
    world.write(f"{MODULE}/main.tf", '# backend "s3" {\n/* backend "s3" {} */\n// cloud {\nlocals { x = "cloud {" }\n')
    world.write(f"{MODULE}/.terraform/terraform.tfstate", '{"version": 3}')
    assert bucket(world.read(JOB)) == "acme-lake"


def test_a_broken_note_of_the_backend_is_not_passed_over(world: World) -> None:
    world.apply("acme-prod")
    world.write(f"{MODULE}/.terraform/terraform.tfstate", "{")
    assert world.read(JOB) is None
    assert world.said == ["state-not-json jobs/a.yaml:5"]


def test_a_local_backend_may_have_folders_of_its_own(world: World) -> None:
    world.write("states/lake.tfstate", state(bucket="d"))
    world.write("states/all/acme-prod/terraform.tfstate", state(bucket="w"))
    block = "backend: {type: local, path: ../../states/lake.tfstate, workspace_dir: ../../states/all}, "
    assert bucket(world.read(block + JOB)) == "w"
    assert bucket(world.read(block + DEFAULT_JOB)) == "d"
    world.write(f"{MODULE}/b.tf", 'terraform {\n  backend "local" {\n    path = "../../states/lake.tfstate"\n  }\n}\n')
    assert bucket(world.read(DEFAULT_JOB)) == "d"
    assert world.found == []


def test_a_local_backend_may_not_leave_the_project(world: World, tmp_path: Path) -> None:
    (tmp_path / "away.tfstate").write_text(state(**OURS))
    world.read("backend: {type: local, path: ../../../away.tfstate}, " + DEFAULT_JOB)
    (world.root / MODULE / "terraform.tfstate").symlink_to(tmp_path / "away.tfstate")
    world.read(DEFAULT_JOB)
    assert world.said == ["states-file-refused jobs/a.yaml:5"] * 2


def test_a_reference_in_the_workspace_is_links_to_report(world: World) -> None:
    assert world.read(f'module_path: {MODULE}, workspace: "${{WS}}", outputs: {{a: target.x}}') is None
    assert world.found == []


GUARDED = [
    ({"tenant_id": "globex"}, "the state belongs to another tenant: output `tenant_id` is `globex`"),
    ({"environment": "dev"}, "the state belongs to another environment: output `environment` is `dev`"),
    ({"region": "eu-west-1"}, "the state belongs to another region: output `region` is `eu-west-1`"),
    ({"aws_region": "eu-west-1"}, "the state belongs to another region: output `aws_region` is `eu-west-1`"),
    ({"account_id": "999999999999"}, "the state belongs to another account: output `account_id` is `999999999999`"),
    ({"account_id": 999999999999}, "the state belongs to another account: output `account_id` is `999999999999`"),
    ({"tenant_id": ["acme"]}, 'the state belongs to another tenant: output `tenant_id` is `["acme"]`'),
]
PROVIDER = ', region: us-east-1, account_id: "012345678901"'


@pytest.mark.parametrize(("values", "message"), GUARDED)
def test_the_state_of_another_job_is_refused(world: World, values: dict[str, object], message: str) -> None:
    world.apply("acme-prod", **{**OURS, **values})
    assert world.read(JOB, extra=PROVIDER) is None
    assert [d.message for d in world.found] == [message]
    assert world.found[0].notes[0].endswith("terraform.tfstate (serial 3)")


def test_one_error_names_every_difference(world: World) -> None:
    world.apply("acme-prod", tenant_id="globex", environment="dev", bucket="b")
    world.read(JOB)
    assert [d.notes[1:] for d in world.found] == [("output `environment` is `dev`, the job says `prod`",)]
    assert [r.message for r in world.found[0].related] == ["the job says `acme`"]


@pytest.mark.parametrize(
    "values",
    [
        {"account_id": "012345678901", "region": "us-east-1"},
        {"account_id": 12345678901},  # a number has lost the zero
        {"gcp_region": "europe-west1"},  # not this job's cloud
        {"project_id": "p"},  # the job says none
        {"region": None},
    ],
)
def test_what_agrees_or_is_not_said_passes(world: World, values: dict[str, object]) -> None:
    world.apply("acme-prod", **{**OURS, **values})
    assert bucket(world.read(JOB, extra=PROVIDER)) == "acme-lake"
    assert world.found == []


def test_a_sensitive_guard_output_is_not_compared(world: World) -> None:
    secret = {**outputs(**OURS), "tenant_id": {"value": "globex", "type": "string", "sensitive": True}}
    world.write("s.json", json.dumps(secret))
    assert bucket(world.read(JOB, world.reader("acme-prod=s.json"))) == "acme-lake"
    assert world.found == []


def test_a_state_is_read_once_for_all_its_jobs(world: World) -> None:
    world.apply("acme-prod")
    states = world.reader()
    first = world.read(JOB, states, name="a")
    (world.root / MODULE / "terraform.tfstate.d/acme-prod/terraform.tfstate").unlink()
    assert world.read(JOB, states, name="b") is first
