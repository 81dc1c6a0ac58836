"""Naming conventions: what `naming` says, what a pattern gives, and whose name a name is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dativo_compile.diagnostics.diagnostic import Diagnostic
from dativo_compile.linking.templates import EnvironmentNeeded
from dativo_compile.model.job import Table
from dativo_compile.model.project import NAMESPACE, Project
from dativo_compile.passes.validate_providers import validate_providers
from dativo_compile.rules.gcp.bucket_names import bucket_name_fault as gcs_fault
from dativo_compile.rules.provider.conventions import DEFAULTS, conventions_of, expected, fits, whose
from tests.rules.placed import document, placed

ALL = {**DEFAULTS, "namespace": NAMESPACE}
IDENTITY = st.from_regex(r"\A[A-Za-z0-9][A-Za-z0-9_-]{0,20}\Z")


def said(text: str, namespace: str = NAMESPACE) -> tuple[dict[str, str], list[str]]:
    found: list[Diagnostic] = []
    return conventions_of(document(text, "dativo.yaml"), namespace, found), [each.message for each in found]


@pytest.mark.parametrize(
    ("text", "patterns"),
    [
        ("jobs: jobs", {}),
        ("naming:", {}),
        ("naming: false", {}),
        ("naming: true", ALL),
        ("naming: default", ALL),
        ("naming: {}", {}),
        ("naming: {bucket: default}", {"bucket": DEFAULTS["bucket"]}),
        ("naming: {bucket: true, role: false, namespace: }", {"bucket": DEFAULTS["bucket"]}),
        ("naming: {role: 'etl-{tenant}'}", {"role": "etl-{tenant}"}),
        ("naming: {namespace: '{tenant_id}_*_{environment}'}", {"namespace": "{tenant_id}_*_{environment}"}),
        ("naming: {bucket: shared-lake}", {"bucket": "shared-lake"}),
    ],
)
def test_what_a_project_turns_on(text: str, patterns: dict[str, str]) -> None:
    assert said(text) == (patterns, [])


def test_the_default_for_namespaces_is_the_projects_own_pattern() -> None:
    assert said("naming: default", "{tenant}_lake")[0]["namespace"] == "{tenant}_lake"
    assert said("naming: {namespace: default}", "{tenant}_lake")[0] == {"namespace": "{tenant}_lake"}


def test_the_documented_defaults() -> None:
    assert ALL == {
        "bucket": "{tenant_id}-dativo-data-lake-{environment}",
        "role": "{tenant_id}-dativo-etl-role-{environment}",
        "service_account": "{tenant_id}-dativo-etl-{environment}",
        "namespace": "{tenant_id}_iceberg_{environment}",
    }


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("{tenent_id}-lake", "there is no field `{tenent_id}`"),
        ("{tenant_id}-{}", "there is no field `{}`"),
        ("{ tenant_id }-lake", "there is no field `{ tenant_id }`"),
        ("{TENANT_ID}-lake", "there is no field `{TENANT_ID}`"),
        ("{tenant_id-lake", "`{` is half of a field"),
        ("tenant_id}-lake", "`}` is half of a field"),
        ("{{tenant_id}}", "`{` is half of a field"),
    ],
)
def test_a_pattern_that_can_be_none_is_left_out(pattern: str, reason: str) -> None:
    patterns, messages = said(f"naming: {{bucket: '{pattern}', role: default}}")
    assert patterns == {"role": DEFAULTS["role"]}
    assert messages == [f"`{pattern}` is no naming pattern: {reason}"]


@pytest.mark.parametrize(
    ("pattern", "kind", "name"),
    [
        ("{tenant_id}-lake-{environment}", "s3", "big-corp-eu-lake-prod"),
        ("{tenant_id}-lake-{environment}", "gcs", "big_corp-eu-lake-prod"),
        ("{tenant_id}-lake-{environment}", "container", "big-corp-eu-lake-prod"),
        ("{tenant_id}-etl-{environment}", "service_account", "big-corp-eu-etl-prod"),
        ("{tenant_id}-etl-{environment}", "iam_role", "Big_Corp-EU-etl-prod"),
        ("{tenant_id}_{environment}", "glue", "big_corp-eu_prod"),
        ("{tenant_id}_{environment}", "bigquery", "Big_Corp_EU_prod"),
        ("{tenant}_{environment}", "rest", "Big_Corp-EU_prod"),
        ("{tenant}-{tenant_id}", "iam_role", "Big_Corp-EU-Big_Corp-EU"),
    ],
)
def test_what_a_pattern_asks_for(pattern: str, kind: str, name: str) -> None:
    assert expected(pattern, "Big_Corp-EU", "prod", kind) == name


@given(IDENTITY, IDENTITY)
def test_what_is_asked_for_can_be_had(tenant: str, environment: str) -> None:
    asked = {kind: expected(pattern, tenant, environment, kind) for kind, pattern in (
        ("s3", ALL["bucket"]), ("gcs", ALL["bucket"]), ("bigquery", NAMESPACE), ("service_account", "a{tenant}-etl"),
    )}  # fmt: skip
    ends = re.compile("[a-z0-9].*[a-z0-9]", re.DOTALL)
    if ends.fullmatch(asked["gcs"]) and "google" not in asked["gcs"] and not asked["gcs"].startswith("goog"):
        assert gcs_fault(asked["gcs"]) is None
    assert re.fullmatch("[a-z0-9-]+", asked["s3"])
    assert re.fullmatch("[A-Za-z0-9_]+", asked["bigquery"])
    assert re.fullmatch("[a-z0-9-]+", asked["service_account"])


def test_a_pattern_needs_its_environment() -> None:
    with pytest.raises(EnvironmentNeeded):
        expected(ALL["bucket"], "acme", None, "s3")
    assert expected("{tenant}-lake", "acme", None, "s3") == "acme-lake"


@pytest.mark.parametrize(
    ("name", "wanted", "fit"),
    [
        ("acme-lake-prod", "acme-lake-prod", True),
        ("acme-lake", "acme-lake-prod", False),
        ("acme-raw-prod", "acme-*-prod", True),
        ("acme--prod", "acme-*-prod", True),
        ("acme-raw-staging", "acme-*-prod", False),
        ("acmeXraw", "acme.raw", False),
        ("acme\nraw", "acme*raw", False),
        ("anything", "*", True),
    ],
)
def test_a_name_fits(name: str, wanted: str, fit: bool) -> None:
    assert fits(name, wanted, "s3") is fit


def test_a_name_that_would_be_too_long_is_not_asked_for() -> None:
    assert not fits("etl-account", "a" * 30, "service_account")
    assert fits("etl-account", "a" * 31, "service_account")
    assert not fits("etl-account", "a" * 30 + "*", "service_account")


@pytest.mark.parametrize(
    ("name", "pattern", "owner"),
    [
        ("globex-lake-prod", "{tenant_id}-lake-{environment}", "tenant `globex`"),
        ("acme-lake-dev", "{tenant_id}-lake-{environment}", "environment `dev`"),
        ("globex-lake-dev", "{tenant_id}-lake-{environment}", "tenant `globex` and environment `dev`"),
        ("acme-lake-prod", "{tenant_id}-lake-{environment}", ""),
        ("lake", "{tenant_id}-lake-{environment}", ""),
        ("globex-raw-x-prod", "{tenant}-*-{environment}", "tenant `globex-raw`"),
        ("globex-globex", "{tenant}-{tenant_id}", "tenant `globex`"),
        ("globex-initech", "{tenant}-{tenant_id}", ""),
        ("lake", "lake-*", ""),
    ],
)
def test_whose_name_it_is(name: str, pattern: str, owner: str) -> None:
    assert whose(name, pattern, "acme", "prod") == owner


def conventional(text: str, naming: dict[str, str], namespace: str | None = None, **options: Any) -> list[str]:
    job = placed(text, **options)
    if namespace:
        table = Table(namespace, "orders", None, {}, ("rest", "", "", "", namespace, "orders"))
        job = type(job)(job.linked, None, job.body, {}, table, {"namespace": "rule:namespace-pattern"})
    found: list[Diagnostic] = []
    validate_providers(job, Project(Path(), naming=naming), found)
    return [f"{each.code.id} {each.message}" for each in found]


def test_nothing_is_asked_until_a_project_turns_it_on() -> None:
    resource = "{resource_type: gcs_bucket, resource_id: gs://lake}"
    text = f"infrastructure: {{provider: {{provider: gcp, project_id: acme-data, resources: [{resource}]}}}}"
    assert conventional(text, {}) == []
    assert conventional(text, {"namespace": NAMESPACE}) == []
    assert conventional(text, ALL) == [
        "DC5060 the bucket is named `lake`, and by convention it would be `acme-dativo-data-lake-prod`"
    ]


def test_a_job_without_infrastructure_is_asked_too() -> None:
    assert conventional("{}", ALL, "sales") == [
        "DC5060 the namespace is named `sales`, and by convention it would be `acme_iceberg_prod`"
    ]
    assert conventional("{}", ALL, "acme_iceberg_prod") == []
