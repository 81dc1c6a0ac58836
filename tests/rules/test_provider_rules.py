"""Each provider rule, on jobs that keep it and jobs that break it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dativo_compile.model.project import Project
from dativo_compile.passes.validate_providers import validate_providers
from tests.rules.placed import placed, underlined

PROVIDER = "infrastructure:\n  provider:\n    provider: {provider}\n"
OUTPUTS = "  terraform:\n    module_path: ./m\n    outputs:\n"


def found(text: str, **options: Any) -> list[tuple[str, str, str]]:
    """(code's name, what is underlined, help) of what the rules find."""
    diagnostics: list[Any] = []
    validate_providers(placed(text, **options), Project(Path()), diagnostics)
    return [(each.code.name, underlined(text, each), each.help) for each in diagnostics]


GOOD: list[tuple[str, dict[str, Any]]] = [
    ("tenant_id: acme\n", {}),
    (PROVIDER.format(provider="aws") + "    region: eu-west-1\n", {}),
    (PROVIDER.format(provider="aws"), {"bound": {"region": "eu-west-1"}}),
    (PROVIDER.format(provider="gcp") + "    project_id: acme-data\n", {}),
    (PROVIDER.format(provider="gcp"), {"bound": {"project_id": "acme-data"}}),
    (PROVIDER.format(provider="azure"), {}),
    # an output that could not be read is somebody else's error
    (PROVIDER.format(provider="aws") + OUTPUTS + "      r: infrastructure.provider.region\n", {}),
    (PROVIDER.format(provider="aws") + OUTPUTS + "      r: [source.region, infrastructure.provider.region]\n", {}),
    (PROVIDER.format(provider="gcp") + OUTPUTS + "      p: infrastructure.provider.project_id\n", {}),
]


@pytest.mark.parametrize(("text", "options"), GOOD)
def test_nothing_is_wrong(text: str, options: dict[str, Any]) -> None:
    assert found(text, **options) == []


@pytest.mark.parametrize(
    ("provider", "rest", "code", "field"),
    [
        ("aws", "", "region-missing", "region"),
        ("aws", "    region:\n", "region-missing", "region"),
        ("aws", '    region: ""\n', "region-missing", "region"),
        ("aws", OUTPUTS + "      r: infrastructure.metadata.region\n", "region-missing", "region"),
        ("gcp", "", "project-id-missing", "project_id"),
        ("gcp", "    region: europe-west1\n", "project-id-missing", "project_id"),
    ],
)
def test_a_field_is_missing(provider: str, rest: str, code: str, field: str) -> None:
    help = f"add `{field}` beside it, or map an output to `infrastructure.provider.{field}`"
    assert found(PROVIDER.format(provider=provider) + rest) == [(code, provider, help)]


GROUP = "/subscriptions/3f2c1b0a-0000-4000-8000-00003f2c1b0a/resourceGroups/acme/providers"
IDS = {
    "s3_bucket": "arn:aws:s3:::acme-lake",
    "iam_role": "arn:aws:iam::123456789012:role/etl",
    "glue_catalog": "arn:aws:glue:eu-west-1:123456789012:catalog",
    "gcs_bucket": "gs://acme-lake",
    "service_account": "acme-etl@acme-data.iam.gserviceaccount.com",
    "bigquery_dataset": "acme-data.acme_prod",
    "storage_account": f"{GROUP}/Microsoft.Storage/storageAccounts/acmelake",
    "managed_identity": f"{GROUP}/Microsoft.ManagedIdentity/userAssignedIdentities/acme-etl",
}
REGION = {"aws": "eu-west-1", "gcp": "europe-west1", "azure": "westeurope"}


def typed(provider: str, *kinds: str) -> str:
    rows = "".join(f"      - resource_type: {kind}\n        resource_id: {IDS.get(kind, 'x')}\n" for kind in kinds)
    said = f"    region: {REGION[provider]}\n    project_id: acme-data\n    resources:\n{rows}"
    return PROVIDER.format(provider=provider) + said


@pytest.mark.parametrize(
    ("provider", "kinds"),
    [
        ("aws", ("s3_bucket", "iam_role", "glue_catalog")),
        ("gcp", ("gcs_bucket", "service_account", "bigquery_dataset")),
        ("azure", ("storage_account", "managed_identity")),
    ],
)
def test_types_of_the_provider(provider: str, kinds: tuple[str, ...]) -> None:
    assert found(typed(provider, *kinds)) == []


@pytest.mark.parametrize(
    ("provider", "kind", "code", "help"),
    [
        ("aws", "gcs_bucket", "resource-type-elsewhere",
         "use a type of AWS (`s3_bucket`, `iam_role`, `glue_catalog`), or set `provider: gcp`"),
        ("gcp", "managed_identity", "resource-type-elsewhere",
         "use a type of GCP (`gcs_bucket`, `service_account`, `bigquery_dataset`), or set `provider: azure`"),
        ("aws", "s3_buckt", "resource-type-unknown", "did you mean `s3_bucket`?"),
        ("azure", "queue", "resource-type-unknown", "write one of `storage_account`, `managed_identity`"),
    ],
)  # fmt: skip
def test_a_type_of_no_use(provider: str, kind: str, code: str, help: str) -> None:
    good = {"aws": "s3_bucket", "gcp": "gcs_bucket", "azure": "storage_account"}[provider]
    assert found(typed(provider, good, kind)) == [(code, kind, help)]


ID = "infrastructure.metadata.id"
AWS = PROVIDER.format(provider="aws") + f"    region: eu-west-1\n{OUTPUTS}      network.id: {ID}\n"
GCP = PROVIDER.format(provider="gcp") + f"    project_id: acme-data\n{OUTPUTS}      id: {ID}\n"
AWS_PROMISED = ("s3_bucket_name", "iam_role_arn", "glue_database_name")
GCP_PROMISED = ("gcs_bucket_name", "service_account_email", "bigquery_dataset_id")


@pytest.mark.parametrize(
    ("text", "module", "catalog", "promised"),
    [
        (AWS, "terraform/aws/dativo-etl", "glue", AWS_PROMISED),
        (AWS, "aws/dativo-etl", "sql", AWS_PROMISED[:2]),
        (GCP, "terraform/gcp/dativo-etl", "bigquery", GCP_PROMISED),
        (GCP, "terraform/gcp/dativo-etl", "rest", GCP_PROMISED[:2]),
        (AWS, "terraform/azure/dativo-etl", "glue", ()),
        (AWS, "terraform/my-aws/dativo-etl", "glue", ()),
        (AWS, "terraform/aws/dativo-etl-2", "glue", ()),
    ],
)
def test_promised_outputs(text: str, module: str, catalog: str, promised: tuple[str, ...]) -> None:
    options: dict[str, Any] = {"module": module, "catalog": catalog}
    assert found(text, outputs=(*promised, "network", "id"), **options) == []
    assert [code for code, *_ in found(text, outputs=("other",), **options)] == ["promised-output-missing"] * len(
        promised
    )
    for name in promised:
        outputs = ("id", *(other for other in promised if other != name))
        assert [(code, at) for code, at, _ in found(text, outputs=outputs, **options)] == [
            ("promised-output-missing", "./m")
        ]


def test_promises_are_not_asked_for_when_that_would_repeat_another_error() -> None:
    options: dict[str, Any] = {"module": "terraform/aws/dativo-etl", "catalog": "sql"}
    assert found(AWS, outputs=None, **options) == []
    assert found(AWS, outputs=(), **options) == []
    mapped = AWS + "      s3_bucket_name: target.connection.s3.bucket\n"
    assert found(mapped, outputs=("iam_role_arn",), **options) == []
    unmapped = PROVIDER.format(provider="aws") + "    region: eu-west-1\n  terraform:\n    module_path: ./m\n"
    assert found(unmapped, outputs=("other",), **options) == []
