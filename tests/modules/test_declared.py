"""The reference modules declare what the guide promises, say what it is, and hand on every output in the examples."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dativo_compile.terraform.modules.module import read_module
from tests.modules import readme
from tests.modules.reference import EXAMPLES, MODULES, ROOT, bare, blocks, declared, files, parsed, plain

# Outputs that jobs may count on, and those that the compiler compares with the job before it takes a value.
PROMISED = {
    "aws": {"s3_bucket_name", "iam_role_arn", "glue_database_name", "s3_bucket_arn", "s3_bucket_region"},
    "gcp": {"gcs_bucket_name", "service_account_email", "bigquery_dataset_id"},
    "azure": {"storage_account_name", "storage_account_id", "container_name", "managed_identity_id"},
}
GUARD = {"aws": {"region", "account_id"}, "gcp": {"region", "project_id"}, "azure": {"region"}}
QUICK_START = {
    "aws": ["tenant_id", "environment", "region", "s3_bucket_name"],
    "gcp": ["project_id", "tenant_id", "environment", "region", "gcs_bucket_name"],
}
CLOUDS = sorted(MODULES)


@pytest.mark.parametrize("cloud", CLOUDS)
def test_promised_outputs_are_declared(cloud: str) -> None:
    names = declared(MODULES[cloud], "output").keys()
    assert names >= PROMISED[cloud] | GUARD[cloud] | {"tenant_id", "environment"}


@pytest.mark.parametrize("folder", [*MODULES.values(), *EXAMPLES.values()], ids=lambda f: f.name + f.parent.parent.name)
def test_the_compiler_reads_the_same_declarations(folder: Path) -> None:
    module = read_module(ROOT, folder.relative_to(ROOT).as_posix())
    assert module is not None
    assert module.faults == ()
    outputs, variables = declared(folder, "output"), declared(folder, "variable")
    assert {n: o.description for n, o in module.outputs.items()} == {
        n: bare(body["description"]) for n, body in outputs.items()
    }
    assert {n: v.required for n, v in module.variables.items()} == {
        n: "default" not in body for n, body in variables.items()
    }


@pytest.mark.parametrize("cloud", CLOUDS)
@pytest.mark.parametrize("kind", ["variable", "output"])
def test_everything_declared_says_what_it_is(cloud: str, kind: str) -> None:
    for name, body in declared(MODULES[cloud], kind).items():
        assert len(bare(body["description"])) > 10, name
        assert kind == "output" or "type" in body, name


@pytest.mark.parametrize("cloud", CLOUDS)
def test_a_variable_refuses_what_it_cannot_use(cloud: str) -> None:
    """A flag has two values, both fine; all other variables say which they take."""
    for name, body in declared(MODULES[cloud], "variable").items():
        assert bare(body["type"]) == "bool" or body.get("validation"), name
        assert body.get("nullable") is False or body["default"] is None, f"{name}: null would pass for a value"


@pytest.mark.parametrize("cloud", QUICK_START)
def test_the_quick_start_gives_exactly_what_is_required(cloud: str) -> None:
    variables = declared(MODULES[cloud], "variable")
    assert sorted(n for n, body in variables.items() if "default" not in body) == sorted(QUICK_START[cloud])


@pytest.mark.parametrize(("cloud", "output", "flag"), [("aws", "glue", "glue"), ("gcp", "bigquery", "bigquery")])
def test_the_catalog_is_on_and_its_outputs_are_null_when_it_is_off(cloud: str, output: str, flag: str) -> None:
    assert declared(MODULES[cloud], "variable")[f"{flag}_enabled"]["default"] is True
    values = {n: bare(b["value"]) for n, b in declared(MODULES[cloud], "output").items() if n.startswith(output)}
    assert values
    for value in values.values():
        assert value.startswith("one("), "`one` of no resource is null; an empty text would look like a name"


@pytest.mark.parametrize("cloud", CLOUDS)
def test_versions_have_an_upper_bound(cloud: str) -> None:
    (settings,) = parsed(MODULES[cloud] / "versions.tf")["terraform"]
    (providers,) = settings["required_providers"]
    for wanted in [settings["required_version"], *(entry["version"] for entry in plain(providers).values())]:
        assert re.fullmatch(r'">= \d+\.\d+\.\d+, < \d+\.\d+\.\d+"', wanted)


@pytest.mark.parametrize("cloud", CLOUDS)
def test_an_example_hands_on_every_output_and_gives_only_known_inputs(cloud: str) -> None:
    module, example = MODULES[cloud], EXAMPLES[cloud]
    assert {n: b["description"] for n, b in declared(example, "output").items()} == {
        n: b["description"] for n, b in declared(module, "output").items()
    }
    (call,) = parsed(example / "main.tf")["module"]
    given = plain(call['"dativo_etl"']).keys() - {"source"}
    variables = declared(module, "variable")
    assert given <= variables.keys()
    assert given >= {n for n, body in variables.items() if "default" not in body}
    for name, body in declared(example, "variable").items():
        assert body["type"] == variables[name]["type"]
    assert parsed(example / "main.tf")["terraform"][0]["backend"]


def variable_files() -> list[Path]:
    return sorted((ROOT / "terraform").rglob("*.tfvars"))


@pytest.mark.parametrize("path", variable_files(), ids=lambda p: p.relative_to(ROOT / "terraform").as_posix())
def test_a_file_of_values_gives_what_is_required_and_nothing_unknown(path: Path) -> None:
    folder = path.parent.parent if path.parent.name == "environments" else path.parent
    variables = declared(folder, "variable")
    given = plain(parsed(path)).keys()
    assert given <= variables.keys()
    assert given >= {n for n, body in variables.items() if "default" not in body}


@pytest.mark.parametrize("cloud", CLOUDS)
def test_no_resource_is_made_outside_what_the_readme_lists(cloud: str) -> None:
    text = (MODULES[cloud] / "README.md").read_text("utf-8")
    made = {block.type for block in blocks(MODULES[cloud]) if block.kind == "resource"}
    assert made == set(re.findall(r"`((?:aws|google|azurerm)_\w+)`", text))


@pytest.mark.parametrize("cloud", CLOUDS)
def test_the_readme_documents_every_input_and_output(cloud: str) -> None:
    text = (MODULES[cloud] / "README.md").read_text("utf-8")
    for table in (readme.inputs(MODULES[cloud]), readme.outputs(MODULES[cloud])):
        assert table in text, f"the table should read\n\n{table}"


@pytest.mark.parametrize("cloud", CLOUDS)
def test_a_waiver_names_its_check_and_its_reason(cloud: str) -> None:
    waivers = [line for p in files(MODULES[cloud]) for line in p.read_text("utf-8").splitlines() if "checkov:" in line]
    for waiver in waivers:
        assert re.fullmatch(r"  #checkov:skip=CKV2?_[A-Z]+_\d+:.{20,}", waiver), waiver
