"""A block that was drafted from a state compiles, says what the state says, and holds nothing that is secret."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dativo_compile.from_state import Started, Wanted, start
from dativo_compile.model.project import Request
from dativo_compile.pipeline import compile_project
from dativo_compile.yaml.reader import Marks, read
from tests.infrastructure import shapes
from tests.infrastructure.shapes import JOB, OUTPUTS, project, shown, state

STATE = "terraform/lake/terraform.tfstate.d/acme-prod/terraform.tfstate"
SHAPES: dict[str, Callable[[], list[tuple[str, Any]]]] = {"aws": shapes.aws, "gcp": shapes.gcp, "azure": shapes.azure}
RESOURCES = {
    "aws": [
        {"resource_type": "s3_bucket", "resource_id": "arn:aws:s3:::acme-lake", "resource_name": "acme-lake"},
        {"resource_type": "iam_role", "resource_id": "arn:aws:iam::012345678901:role/acme-etl",
         "resource_name": "acme-etl"},
        {"resource_type": "glue_catalog", "resource_name": "acme_iceberg_prod",
         "resource_id": "arn:aws:glue:eu-central-1:012345678901:database/acme_iceberg_prod"},
    ],
    "gcp": [
        {"resource_type": "gcs_bucket", "resource_id": "gs://acme-lake", "resource_name": "acme-lake"},
        {"resource_type": "service_account", "resource_id": "acme-etl@acme-data.iam.gserviceaccount.com"},
        {"resource_type": "bigquery_dataset", "resource_id": "acme-data.acme_iceberg_prod",
         "resource_name": "acme_iceberg_prod"},
    ],
    "azure": [
        {"resource_type": "storage_account", "resource_name": "acmelake",
         "resource_id": f"{shapes.GROUP}/Microsoft.Storage/storageAccounts/acmelake"},
        {"resource_type": "managed_identity", "resource_name": "acme-etl",
         "resource_id": f"{shapes.GROUP}/Microsoft.ManagedIdentity/userAssignedIdentities/acme-etl"},
    ],
}  # fmt: skip
PLACES = {
    "aws": {"provider": "aws", "region": "eu-central-1", "account_id": "012345678901"},
    "gcp": {"provider": "gcp", "region": "europe-west3", "project_id": "acme-data"},
    "azure": {"provider": "azure", "region": "westeurope"},
}
TAGS = {
    "aws": {
        "cost_center": "DATA-001", "business_unit": "Analytics", "environment": "prod", "owner": "data@acme.example",
        "compliance": ["SOC2", "GDPR"], "team": "lake",
    },
    "gcp": {"cost_center": "data-001", "environment": "prod"},
    "azure": {"cost_center": "OPS-044"},
}  # fmt: skip


def begun(folder: Path, monkeypatch: pytest.MonkeyPatch, **wanted: Any) -> Started:
    monkeypatch.chdir(folder)
    return start(Wanted(**{"state": STATE, "tenant": "acme", **wanted}))


def block(started: Started) -> dict[str, Any]:
    assert started.good, started.diagnostics
    value, _ = read(started.block.encode(), Marks("job"))
    assert list(value) == ["infrastructure"]
    return value["infrastructure"]  # type: ignore[no-any-return]  # the reader gives what the text holds


def codes(started: Started) -> list[str]:
    return [diagnostic.code.id for diagnostic in started.diagnostics]


@pytest.mark.parametrize("form", [lambda value: value, shown], ids=["state", "show"])
@pytest.mark.parametrize("cloud", SHAPES)
def test_resources_place_and_tags_come_from_the_state(
    cloud: str, form: Callable[[Any], Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    value = form(state(SHAPES[cloud](), OUTPUTS[cloud]))
    drafted = block(begun(project(tmp_path, lake=value), monkeypatch))
    assert drafted["provider"] == PLACES[cloud] | {"resources": RESOURCES[cloud]}
    assert drafted["tags"] == TAGS[cloud]
    assert drafted["terraform"]["module_path"] == "terraform/lake"
    assert drafted["terraform"]["workspace"] == "acme-prod"


@pytest.mark.parametrize("with_outputs", [True, False], ids=["outputs", "resources-alone"])
@pytest.mark.parametrize("cloud", SHAPES)
def test_a_job_with_the_block_compiles(
    cloud: str, with_outputs: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    value = state(SHAPES[cloud](), OUTPUTS[cloud] if with_outputs else {})
    folder = project(tmp_path, lake=value)
    before = (folder / "jobs/orders.yaml").read_text()
    started = begun(folder, monkeypatch, job=Path("jobs/orders.yaml"))
    assert started.good
    after = (folder / "jobs/orders.yaml").read_text()
    rest = after.replace(started.block, "").replace("\n\n\n", "\n\n")
    assert rest == before
    done = compile_project(Request((), folder))
    assert [d.message for d in done.diagnostics if d.severity == "error"] == []
    (manifest,) = (json.loads(each.data) for each in done.manifests)
    assert manifest["infrastructure"]["provider"]["resources"] == RESOURCES[cloud]
    if with_outputs and cloud == "aws":
        assert manifest["target"]["location"].startswith("s3://acme-lake/")
        assert manifest["target"]["catalog"]["type"] == "glue"
        assert manifest["infrastructure"]["metadata"]["iam_role_arn"].endswith(":role/acme-etl")


def test_a_state_of_outputs_alone_gives_resources_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    value = state([], OUTPUTS["aws"] | {"region": "eu-central-1"})
    assert block(begun(project(tmp_path, lake=value), monkeypatch))["provider"]["resources"] == RESOURCES["aws"]


def test_what_is_sensitive_reaches_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    resources = shapes.aws()
    value = state(
        resources, OUTPUTS["aws"] | {"vpc": "vpc-1"}, sensitive={"db_password": "hunter2", "s3_bucket_arn": "hunter3"}
    )
    value["resources"][1]["instances"][0]["sensitive_attributes"] = [[{"type": "get_attr", "value": "arn"}]]
    value["outputs"]["iam_role_arn"]["sensitive"] = True
    started = begun(project(tmp_path, lake=value), monkeypatch)
    assert "hunter" not in started.block + repr(started.diagnostics)
    assert "role/acme-etl" not in started.block
    assert "db_password" not in started.block
    (note,) = started.diagnostics
    assert note.code.id == "DC8344"
    assert note.notes == ("sensitive: `db_password`, `iam_role_arn`, `s3_bucket_arn`", "of other names: `vpc`")


def test_only_tags_that_all_tagged_resources_share_are_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    resources = shapes.aws()
    resources[0][1]["tags_all"] = {"CostCenter": "A", "cost-owner": "x", "aws:created": "y", "Environment": "staging"}
    resources[1][1]["tags_all"] = {"CostCenter": "A", "cost-owner": "z", "Environment": "staging"}
    resources[2][1]["tags_all"] = {}
    value = state(resources, OUTPUTS["aws"] | {"environment": "prod"})
    assert block(begun(project(tmp_path, lake=value), monkeypatch))["tags"] == {"cost_center": "A"}


def test_a_resource_elsewhere_says_its_region(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    resources = shapes.aws()
    resources.append(
        ("aws_s3_bucket", resources[0][1] | {"arn": "arn:aws:s3:::far", "bucket": "far", "region": "us-east-1"})
    )
    drafted = block(begun(project(tmp_path, lake=state(resources, {})), monkeypatch))
    assert drafted["provider"]["region"] == "eu-central-1"
    regions = {entry["resource_name"]: entry.get("region") for entry in drafted["provider"]["resources"]}
    assert regions == {"acme-lake": None, "far": "us-east-1", "acme-etl": None, "acme_iceberg_prod": None}


def test_an_output_that_is_off_is_not_mapped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    value = state(shapes.aws(), OUTPUTS["aws"] | {"glue_database_name": "", "s3_bucket_region": None})
    outputs = block(begun(project(tmp_path, lake=value), monkeypatch))["terraform"]["outputs"]
    assert sorted(outputs) == ["iam_role_arn", "s3_bucket_name"]


@pytest.mark.parametrize(
    ("where", "text"),
    [("jobs/orders.yaml", "  catalog: nessie\n"), ("connectors/iceberg.yaml", "catalog:\n  type: rest\n"),
     ("dativo.yaml", "default_catalog: sql\n")],
)  # fmt: skip
def test_a_database_of_another_catalog_is_not_mapped(
    where: str, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = project(tmp_path, lake=state(shapes.aws(), OUTPUTS["aws"]))
    with (folder / where).open("a") as file:
        file.write(text)
    started = begun(folder, monkeypatch, job=Path("jobs/orders.yaml"))
    assert "glue_database_name" not in block(started)["terraform"]["outputs"]


def test_a_state_of_two_clouds_needs_a_choice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = project(tmp_path, lake=state([*shapes.aws(), *shapes.gcp()], {}))
    assert codes(begun(folder, monkeypatch)) == ["DC8342"]
    assert block(begun(folder, monkeypatch, provider="gcp"))["provider"]["provider"] == "gcp"
    assert codes(begun(folder, monkeypatch, provider="azure")) == ["DC8341"]


@pytest.mark.parametrize(
    ("outputs", "wanted"),
    [({"tenant_id": "globex"}, {}), ({"environment": "staging"}, {"environment": "prod"}),
     ({"tenant_id": "acme", "environment": "dev"}, {"job": Path("jobs/orders.yaml")})],
)  # fmt: skip
def test_a_state_of_somebody_else_is_refused(
    outputs: dict[str, str], wanted: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = project(tmp_path, lake=state(shapes.aws(), outputs))
    started = begun(folder, monkeypatch, **wanted)
    assert codes(started) == ["DC3022"]
    assert started.block == ""
    assert (folder / "jobs/orders.yaml").read_text() == JOB


def test_where_a_state_lies_says_module_and_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = project(tmp_path, lake=state(shapes.aws(), OUTPUTS["aws"]))
    (folder / "terraform/lake/terraform.tfstate").write_bytes((folder / STATE).read_bytes())
    (folder / "states").mkdir()
    (folder / "states/prod.json").write_bytes((folder / STATE).read_bytes())
    default = block(begun(folder, monkeypatch, state="terraform/lake/terraform.tfstate"))["terraform"]
    assert (default["module_path"], "workspace" in default) == ("terraform/lake", False)
    loose = begun(folder, monkeypatch, state="states/prod.json", environment="prod")
    assert block(loose)["terraform"].keys() == {"workspace", "outputs"}
    assert codes(loose) == ["DC8345"]
    entry = "terraform: {states: {acme-prod: states/prod.json}}"
    assert loose.diagnostics[0].help == f"add it to `dativo.yaml`: `{entry}`"
    (folder / "dativo.yaml").write_text(f"{entry}\n")
    assert codes(begun(folder, monkeypatch, state="states/prod.json", job=Path("jobs/orders.yaml"))) == []
    assert [d for d in compile_project(Request((), folder)).diagnostics if d.severity == "error"] == []


def test_a_state_from_a_pipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = project(tmp_path)
    piped = json.dumps(state(shapes.gcp(), OUTPUTS["gcp"])).encode()
    started = begun(folder, monkeypatch, state="-", stdin=piped, environment="prod")
    assert block(started)["provider"]["project_id"] == "acme-data"
    assert "--state acme-prod=FILE" in started.diagnostics[0].help


def test_a_state_from_outside_of_the_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = project(tmp_path / "inside")
    (tmp_path / "acme.json").write_text(json.dumps(state(shapes.gcp(), OUTPUTS["gcp"])))
    started = begun(folder, monkeypatch, state="../acme.json")
    assert started.good
    assert started.diagnostics[0].help.startswith("copy it into the project")
    assert str(tmp_path) not in repr(started.diagnostics) + started.block


def test_what_opens_a_url_is_not_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = "http://user:hunter2@127.0.0.1:1/state?token=hunter3"
    started = begun(project(tmp_path), monkeypatch, state=url)
    assert not started.good
    assert "hunter" not in repr(started.diagnostics)


BROKEN = {"DC3011": b"{", "DC3019": b'{"version": 4, "outputs": {}, "resources": []}'}


@pytest.mark.parametrize("code", BROKEN)
def test_what_is_no_state_is_reported_as_by_a_compile(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert codes(begun(project(tmp_path), monkeypatch, state="-", stdin=BROKEN[code])) == [code]
