"""Rules of GCP that no table of ids can show: projects of a domain, regions, and what an id says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dativo_compile.model.project import Project
from dativo_compile.passes.validate_providers import validate_providers
from dativo_compile.rules.gcp.bucket_names import bucket_name_fault
from dativo_compile.rules.gcp.dataset import dataset_of
from dativo_compile.rules.gcp.gcp_region_unlisted import known
from dativo_compile.rules.gcp.ids import GcpId
from dativo_compile.rules.gcp.project import of_address, project_fault
from dativo_compile.rules.gcp.service_account import service_account_of
from tests.rules.placed import placed

OWN = "iam.gserviceaccount.com"


def found(*resources: tuple[str, str], **block: Any) -> list[tuple[str, str]]:
    """(id of a code, help) of what the rules find."""
    listed = [{"resource_type": kind, "resource_id": text} for kind, text in resources]
    provider = {"provider": "gcp", "project_id": "acme-data", "resources": listed, **block}
    diagnostics: list[Any] = []
    job = placed(json.dumps({"infrastructure": {"provider": provider}}))
    validate_providers(job, Project(Path()), diagnostics)
    return [(each.code.id, each.help) for each in diagnostics]


PROJECTS = [
    ("abcdef", True),
    ("abcde", False),
    ("a" + "b" * 28 + "c", True),
    ("a" + "b" * 29 + "c", False),
    ("a-----", False),
    ("a----1", True),
    ("1bcdef", False),
    ("Abcdef", False),
    ("abc_def", False),
    ("acme.example:abcdef", True),
    ("a.b.c:abcdef", True),
    ("google.com:abcdef", True),
    ("acme:abcdef", False),
    (":abcdef", False),
    (".example:abcdef", False),
    ("acme.:abcdef", False),
    ("acme-.example:abcdef", False),
    ("acme.example:", False),
    ("acme.example:abcde", False),
    ("x.y:" + "a" * 30, True),
    ("604512998877", False),
    ("604512998877٣", False),
    ("projects/abcdef", False),
    ("abcdef\n", False),
    ("acme-prodü", False),
]


@pytest.mark.parametrize(("text", "good"), PROJECTS)
def test_ids_of_projects(text: str, good: bool) -> None:
    fault = project_fault(text)
    assert (fault is None) is good
    assert fault is None or (fault.reason.isprintable() and fault.help)
    assert [code for code, _ in found(project_id=text)] == ([] if good else ["DC5030"])


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("service_account", f"acme-etl@acme-data.acme.example.{OWN}"),
        ("service_account", "acme-data.acme.example@appspot.gserviceaccount.com"),
        ("service_account", "acme.example:acme-data@appspot.gserviceaccount.com"),
        ("service_account", "604512998877-compute@developer.gserviceaccount.com"),
        ("bigquery_dataset", "acme.example:acme-data.orders"),
        ("bigquery_dataset", "acme.example:acme-data:orders"),
        ("gcs_bucket", "gs://acme-lake"),
    ],
)
def test_ids_in_a_project_of_a_domain(kind: str, text: str) -> None:
    assert found((kind, text), project_id="acme.example:acme-data") == []
    codes = [code for code, _ in found((kind, text), project_id="acme-data")]
    assert codes == ([] if kind == "gcs_bucket" or text.startswith("6045") else ["DC5035"])


def test_the_help_has_the_project_of_the_job_as_the_id_writes_it() -> None:
    account, dataset = ("service_account", "acme-etl"), ("bigquery_dataset", "orders")
    assert found(account, dataset) == [
        ("DC5033", f"write `acme-etl@acme-data.{OWN}`"),
        ("DC5034", "write `acme-data.orders`"),
    ]
    assert found(account, dataset, project_id="acme.example:acme-data") == [
        ("DC5033", f"write `acme-etl@acme-data.acme.example.{OWN}`"),
        ("DC5034", "write `acme.example:acme-data.orders`"),
    ]
    assert found(account, project_id=None)[1:] == [("DC5033", f"write `acme-etl@PROJECT.{OWN}`")]
    assert found(account, project_id="Acme") == [
        ("DC5030", "write the id as `gcloud projects list` shows it under PROJECT_ID"),
        ("DC5033", f"write `acme-etl@PROJECT.{OWN}`"),
    ]


def test_a_password_in_an_address_is_not_shown() -> None:
    address = "https://jo:not-a-secret@acme-data.iam.gserviceaccount.com"
    for kind in ("gcs_bucket", "service_account", "bigquery_dataset"):
        provider = {"provider": "gcp", "project_id": "acme-data", "resources": [
            {"resource_type": kind, "resource_id": address}
        ]}  # fmt: skip
        diagnostics: list[Any] = []
        job = placed(json.dumps({"infrastructure": {"provider": provider}}))
        validate_providers(job, Project(Path()), diagnostics)
        assert len(diagnostics) == 1
        assert not [text for each in diagnostics for text in (each.message, each.help) if "not-a-secret" in text]


def test_one_cause_is_one_error() -> None:
    account = ("service_account", f"acme-etl@acme-prod.{OWN}")
    assert [code for code, _ in found(account, project_id="604512998877")] == ["DC5030"], "nothing to compare with"
    elsewhere = {"provider": "aws", "region": "us-east-1"}
    assert [code for code, _ in found(account, **elsewhere)] == ["DC5003"], "of another provider"
    assert found(("gcs_bucket", "gs://${BUCKET}"), region="${REGION}", project_id="${PROJECT}") == [], "DC2005 says so"


@pytest.mark.parametrize("region", ["us-central1", "europe-west12", "EU", "us", "nam4", "NAM4", "asia"])
def test_regions_that_are_listed(region: str) -> None:
    assert found(region=region) == []


@pytest.mark.parametrize(
    ("region", "help"),
    [
        ("us-central1-a", "write `us-central1`, the region that this zone is in"),
        ("us-central9-a", "did you mean `us-central1`?"),
        ("us-east-1", "did you mean `us-east1`?"),
        ("US-CENTRAL1", "did you mean `us-central1`?"),
        ("tokyo", "write `asia-northeast1`, the region there"),
        ("x", "write one like `us-central1`"),
    ],
)
def test_regions_that_are_not(region: str, help: str) -> None:
    assert found(region=region) == [("DC5036", help)]


def test_regions_are_written_in_one_way() -> None:
    assert all(name == name.strip() and where for name, where in known().items())
    assert "eu" in known() and "us-central1" in known()


ids = st.from_regex(r"\A[a-z][a-z0-9-]{4,28}[a-z0-9]\Z")
domains = st.from_regex(r"\A[a-z0-9]{1,8}(\.[a-z0-9]{1,8}){1,3}\Z")


@given(ids, ids, domains)
def test_an_account_of_ones_own_says_its_project(name: str, project: str, domain: str) -> None:
    whole = f"{name}@{project}.{domain}.{OWN}"
    assert service_account_of(whole) == GcpId(
        (name, whole), f"{domain}:{project}", len(name) + 1, len(f"{name}@{project}.{domain}")
    )
    assert of_address(f"{project}.{domain}") == f"{domain}:{project}"


@given(st.none() | domains, ids, st.sampled_from(".:"), st.from_regex(r"\A[A-Za-z0-9_]{1,40}\Z"))
def test_a_dataset_says_its_project_in_both_spellings(domain: str | None, project: str, sign: str, name: str) -> None:
    full = f"{domain}:{project}" if domain else project
    assert dataset_of(f"{full}{sign}{name}") == GcpId((name,), full, 0, len(full))


@given(st.text(st.sampled_from("ab1-_.AgolE ٣ü\n"), max_size=70))
def test_a_name_is_taken_as_the_published_rules_say(name: str) -> None:
    parts = name.split(".")
    longest = 222 if len(parts) > 1 else 63
    taken = (
        3 <= len(name) <= longest
        and all(c in "abcdefghijklmnopqrstuvwxyz0123456789-_." for c in name)
        and all(1 <= len(part) <= 63 for part in parts)
        and name[0] not in "-_." and name[-1] not in "-_."
        and not name.startswith("goog") and "google" not in name
        and not (len(parts) == 4 and all(part.isdigit() and len(part) < 4 for part in parts))
    )  # fmt: skip
    fault = bucket_name_fault(name)
    assert (fault is None) is taken
    assert fault is None or 0 <= fault.start <= fault.end <= len(name)
