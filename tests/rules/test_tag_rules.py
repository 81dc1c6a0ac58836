"""Rules about tags, on small projects: what is asked of which job, and what is left to others to say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dativo_compile.model.project import Request
from dativo_compile.pipeline import compile_project
from tests.rules.placed import underlined

ASSET = "name: orders\nobject: orders\nschema: [{name: id, type: bigint}]\n"
JOB = """\
tenant_id: acme
environment: prod
source_connector_path: connectors/csv.yaml
target_connector_path: connectors/iceberg.yaml
asset_path: assets/orders.yaml
source: {files: [{path: in.csv}]}
"""
TARGET = "target: {warehouse: s3://acme-lake/orders}\n"
AWS = "infrastructure:\n  provider: {provider: aws, region: eu-west-1}\n"


def found(
    folder: Path,
    job: str,
    *,
    tags: str = "",
    asset: str = ASSET,
    project: str = "default_catalog: sql\n",
    target: str = TARGET,
    head: str = JOB,
) -> list[tuple[str, str, str]]:
    """(code's name, what is underlined, help) of what is found in one job; `tags` go into dativo.yaml."""
    files = {
        "dativo.yaml": project + tags,
        "jobs/orders.yaml": head + target + job,
        "assets/orders.yaml": asset,
        "connectors/csv.yaml": "name: csv\ntype: csv\nroles: [source]\ncredentials: {type: none}\n",
        "connectors/iceberg.yaml": "name: iceberg\ntype: iceberg\nroles: [target]\ncredentials: {type: none}\n",
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    done = compile_project(Request((folder / "jobs",)))
    return [(d.code.name, underlined(files[d.place.file], d), d.help) for d in done.diagnostics if d.place]


REQUIRED = "tags: {required: [cost_center, custom.team]}\n"
ADD = "to `infrastructure.tags`, or to `finops` of the job or its asset"


@pytest.mark.parametrize(
    ("job", "asset"),
    [
        (AWS + "  tags: {cost_center: a, custom: {team: b}}\n", ""),
        (AWS + "  tags: {cost_center: a, custom.team: b}\n", ""),
        ("finops: {cost_center: a}\n", "finops: {custom: {team: 7}}\n"),
        (AWS + "  tags: {cost_center: }\n", "finops: {cost_center: a, custom: {team: b}}\n"),
    ],
)
def test_any_level_may_give_a_required_tag(tmp_path: Path, job: str, asset: str) -> None:
    warned = [name for name, _, _ in found(tmp_path, job, tags=REQUIRED, asset=ASSET + asset)]
    assert warned in ([], ["null-removes-nothing"])


@pytest.mark.parametrize(
    ("job", "said"),
    [
        ("", [("tag-missing", "tenant_id", f"add them {ADD}")]),
        (AWS, [("tag-missing", "tenant_id", f"add them {ADD}")]),
        (AWS + "  tags: {custom: {team: a}}\n", [("tag-missing", "tags", f"add it {ADD}")]),
        (AWS + "  tags: {cost_center: a, custom: {teams: b}}\n", [("tag-missing", "tags", f"add it {ADD}")]),
        (
            AWS + "  tags: {CostCenter: a, custom: {team: b}}\n",
            [("tag-missing", "CostCenter", "did you mean `cost_center`?")],
        ),
        (
            AWS + '  tags: {cost_center: "", custom: {team: b}}\n',
            [("tag-missing", '""', "give it a value")],
        ),
        (
            AWS + "  tags: {cost_center: [], custom: {team: b}}\n",
            [("tag-missing", "[]", "give it a value")],
        ),
        (
            AWS + "  tags: {cost_center: a, custom: {team: b}}\nfinops: {custom: {team: }}\n",
            [("tag-missing", "team", "give it a value, or remove the line")],
        ),
    ],
)
def test_required_tags_that_are_not_there(tmp_path: Path, job: str, said: list[tuple[str, str, str]]) -> None:
    assert found(tmp_path, job, tags=REQUIRED) == said


@pytest.mark.parametrize(
    ("job", "asset", "code"),
    [
        (AWS + "  tags: {cost_center: 1.5, custom: {team: b}}\n", ASSET, "tag-is-float"),
        (AWS + "  tags: {cost_center: {a: b}, custom: {team: b}}\n", ASSET, "tag-has-no-text"),
        (AWS + "  tags: {custom: {team: b}}\n", ASSET + "finops: {cost_center: 1.5}\n", "tag-is-float"),
        (
            AWS + "  terraform: {module_path: ./m, outputs: {x: infrastructure.tags.cost_center}}\n"
            "  tags: {custom: {team: b}}\n", ASSET, "state-missing",
        ),
        (AWS, "[]\n", "not-a-mapping"),
    ],
)  # fmt: skip
def test_a_tag_that_could_not_be_read_is_not_missed_too(tmp_path: Path, job: str, asset: str, code: str) -> None:
    (tmp_path / "m").mkdir()
    assert [name for name, _, _ in found(tmp_path, job, tags=REQUIRED, asset=asset)] == [code]


@pytest.mark.parametrize(
    ("key", "help"),
    [
        (
            "classification.default",
            "add it to `classification_overrides`, or to the asset's `compliance.classification`",
        ),
        ("compliance.retention_days", "add it to `compliance` of the asset"),
        ("compliance", f"add it {ADD}"),
    ],
)
def test_where_a_required_tag_belongs(tmp_path: Path, key: str, help: str) -> None:
    assert found(tmp_path, "", tags=f"tags: {{required: [{key}]}}\n") == [("tag-missing", "tenant_id", help)]


def test_a_null_removes_a_required_class(tmp_path: Path) -> None:
    asset = ASSET + "compliance: {classification: PII}\n"
    tags = "tags: {required: [classification.default]}\n"
    assert found(tmp_path, "", tags=tags, asset=asset) == []
    (said,) = found(tmp_path, "classification_overrides: {default: }\n", tags=tags, asset=asset)
    assert said == ("tag-missing", "default", "give it a value, or remove the line")


ALLOWED = "tags: {allowed: {environment: [dev, staging, prod], compliance: [SOC2, GDPR], tier: [1]}}\n"


@pytest.mark.parametrize(
    ("tags", "said"),
    [
        ("environment: prod, compliance: [GDPR, SOC2], tier: 1", []),
        ("environment: Prod", [("tag-value-not-allowed", "Prod", "did you mean `prod`?")]),
        ("environment: production", [("tag-value-not-allowed", "production", "did you mean `prod`?")]),
        ("environment: qa", [("tag-value-not-allowed", "qa", "write `dev`, `staging` or `prod`")]),
        ('environment: ""', [("tag-value-not-allowed", '""', "write `dev`, `staging` or `prod`")]),
        ("tier: 2", [("tag-value-not-allowed", "2", "write `1`")]),
        ("compliance: [SOC2, ISO, PCI]", [("tag-value-not-allowed", "ISO", "write `SOC2` or `GDPR`")]),
        ("compliance: [SOC2, true]", [("tag-value-not-allowed", "true", "write `SOC2` or `GDPR`")]),
    ],
)
def test_values_that_a_project_allows(tmp_path: Path, tags: str, said: list[tuple[str, str, str]]) -> None:
    assert found(tmp_path, AWS + f"  tags: {{{tags}}}\n", tags=ALLOWED) == said


def test_an_overridden_value_shows_on_the_bill_all_the_same(tmp_path: Path) -> None:
    job = AWS + "  tags: {environment: production}\nfinops: {environment: prod}\n"
    assert found(tmp_path, job, tags=ALLOWED) == [("tag-value-not-allowed", "production", "did you mean `prod`?")]
    quiet = "finops: {environment: prod}\n"
    assert found(tmp_path, quiet, tags=ALLOWED, asset=ASSET + "finops: {environment: PROD}\n") == [
        ("environments-disagree", "prod", "write one name in all places")
    ]


@pytest.mark.parametrize(
    ("job", "asset", "said"),
    [
        ("finops: {environment: prod}\n", "finops: {environment: prod}\n", []),
        (AWS + "  tags: {environment: prod}\n  terraform: {variables: {environment: prod}}\n", "", []),
        (AWS + "  tags: {environment: }\n", "", []),
        (AWS + "  tags: {environment: PROD}\n", "", ["PROD"]),
        (AWS + "  terraform: {variables: {environment: production}}\n", "", ["production"]),
        ("finops: {environment: dev}\n", "", ["dev"]),
        ("", "finops: {environment: production}\n", ["prod"]),
        (AWS + "  tags: {environment: dev}\nfinops: {environment: qa}\n", "finops: {environment: prod}\n", ["dev"]),
    ],
)
def test_places_that_state_the_environment(tmp_path: Path, job: str, asset: str, said: list[str]) -> None:
    made = [
        (name, text) for name, text, _ in found(tmp_path, job, asset=ASSET + asset) if name != "null-removes-nothing"
    ]
    assert made == [("environments-disagree", text) for text in said]


def test_without_an_environment_of_the_job_tags_and_variables_are_compared(tmp_path: Path) -> None:
    silent, project = JOB.replace("environment: prod\n", ""), "default_catalog: sql\ntables: {namespace: all}\n"
    same = AWS + "  tags: {environment: dev}\n  terraform: {variables: {environment: dev}}\n"
    assert found(tmp_path, same, project=project, head=silent) == []
    made = found(tmp_path, same + "finops: {environment: prod}\n", project=project, head=silent)
    assert made == [("environments-disagree", "prod", "write one name in all places")]


LONG = "x" * 300
GLUE = "target: {warehouse: s3://acme-lake/orders, catalog: {type: glue, glue_database: acme}}\n"
UNITY = "target: {warehouse: s3://acme-lake/orders, catalog: unity}\n"
GCP = "infrastructure:\n  provider: {provider: gcp, project_id: acme-data-1}\n"
AZURE = "infrastructure:\n  provider: {provider: azure, region: westeurope}\n"
TOO_LONG = [("tag-too-long", LONG)]


@pytest.mark.parametrize(
    ("job", "target", "tags", "said"),
    [
        (AWS + f"  tags: {{note: {LONG}}}\n", TARGET, "", TOO_LONG),
        (AWS + f"  tags: {{note: {LONG}}}\n", TARGET, "destinations: [gcp, glue, unity]", TOO_LONG[1:]),
        (AWS + f"  tags: {{note: {LONG}}}\n", TARGET, "destinations: []", []),
        (AZURE + f"  tags: {{note: {LONG}}}\n", TARGET, "", TOO_LONG),
        (AZURE + f"  tags: {{note: {LONG}}}\n", TARGET, "destinations: [azure]", TOO_LONG),
        (GCP + f"  tags: {{note: {'x' * 64}}}\n", TARGET, "", [("tag-too-long", "x" * 64)]),
        (f"finops: {{note: {LONG}}}\n", TARGET, "", []),
        (AWS + f"finops: {{note: {LONG}}}\n", TARGET, "", []),
        (f"finops: {{note: {LONG}}}\n", TARGET, "destinations: [s3_object]", TOO_LONG),
        (f"finops: {{note: {LONG}}}\n", TARGET.replace("s3:", "gs:"), "destinations: [s3_object]", []),
        (f"finops: {{{LONG}: a}}\n", GLUE, "", TOO_LONG),
        (f"finops: {{{LONG}: a}}\n", GLUE, "destinations: [aws]", []),
        (f"finops: {{note: {LONG}}}\n", GLUE, "", []),
        (f"finops: {{{LONG}: a}}\n", UNITY, "", TOO_LONG),
        (f"finops: {{{LONG}: a}}\n", UNITY, "destinations: [aws]", []),
        (f"finops: {{{LONG}: a}}\n", TARGET, "destinations: [unity]", TOO_LONG),
        (f"finops: {{{LONG}: a}}\n", UNITY.replace("unity", "rest"), "", []),
        (AWS + f"  tags: {{{LONG}: a}}\n", GLUE, "", TOO_LONG),
    ],
)
def test_which_destinations_a_job_is_checked_for(
    tmp_path: Path, job: str, target: str, tags: str, said: list[tuple[str, str]]
) -> None:
    made = found(tmp_path, job, tags=f"tags: {{{tags}}}\n", target=target)
    assert [(name, text) for name, text, _ in made] == said


def test_the_default_catalog_may_be_unity(tmp_path: Path) -> None:
    made = found(tmp_path, f"finops: {{{LONG}: a}}\n", project="default_catalog: unity\n")
    assert [(name, text) for name, text, _ in made] == TOO_LONG


def test_a_name_of_the_project_parts_tags_that_collide(tmp_path: Path) -> None:
    job = AWS + "  tags: {cost_center: a, costCenter: b}\n"
    (said,) = found(tmp_path, job)
    assert said == (
        "tags-collide", "costCenter",
        "remove or rename one of them, or give it a name under `tags.names.aws` of dativo.yaml",
    )  # fmt: skip
    assert found(tmp_path, job, tags="tags: {names: {aws: {costCenter: Other}}}\n") == []
    assert found(tmp_path, job, tags="tags: {style: {aws: plain}}\n") == []
    (said,) = found(tmp_path, job, tags="tags: {names: {aws: {costCenter: CostCenter}}}\n")
    assert said[0] == "tags-collide"


def test_a_tag_from_an_output_is_shown_at_its_mapping(tmp_path: Path) -> None:
    (tmp_path / "m").mkdir()
    output = {"value": LONG, "type": "string"}
    state = {"version": 4, "serial": 1, "lineage": "a", "resources": [], "outputs": {"x": output}}
    (tmp_path / "m/terraform.tfstate").write_text(json.dumps(state), "utf-8")
    job = AWS + "  terraform: {module_path: ./m, outputs: {x: infrastructure.tags.note}}\n"
    assert ("tag-too-long", "infrastructure.tags.note", "write it shorter") in found(tmp_path, job)
    tags = "tags: {allowed: {note: [a]}, destinations: []}\n"
    assert ("tag-value-not-allowed", "infrastructure.tags.note", "write `a`") in found(tmp_path, job, tags=tags)


def test_the_environment_of_the_job_goes_to_the_bill_too(tmp_path: Path) -> None:
    many = "".join(f"    fact_{number}: x\n" for number in range(49))
    (said,) = found(tmp_path, AWS + "  tags:\n" + many)
    assert said[:2] == ("tags-too-many", "tags")
    assert found(tmp_path, AWS + "  tags:\n" + many.replace("    fact_0: x\n", "")) == []
    (said,) = found(tmp_path, AWS + "  tags: {Environment: Prod}\n")
    assert said[:2] == ("tags-collide", "Environment")


def test_a_value_below_a_secret_name_is_not_told(tmp_path: Path) -> None:
    job = AWS + "  tags: {api_token: hunter2}\n"
    tags = "tags: {allowed: {api_token: [hunter3]}, patterns: {api_token: '[0-9]+'}}\n"
    assert [name for name, _, _ in found(tmp_path, job, tags=tags)] == ["tag-value-not-allowed", "tag-pattern-unmet"]
    done = compile_project(Request((tmp_path / "jobs",)))
    assert "hunter2" not in str([(d.message, d.notes, d.help, d.fix) for d in done.diagnostics])
