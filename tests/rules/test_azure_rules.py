"""What an id of Azure says, however it is written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dativo_compile.model.project import Project
from dativo_compile.passes.validate_providers import validate_providers
from dativo_compile.registry import ALL_CODES
from dativo_compile.rules.azure.names import MANAGED_IDENTITY, STORAGE_ACCOUNT
from dativo_compile.rules.azure.resource_id import AzureId, resource_of
from dativo_compile.rules.provider.id_fault import IdFault
from tests.rules.placed import placed

BEGINNING = "/subscriptions/3f2c1b0a-0000-4000-8000-00003f2c1b0a/resourceGroups/acme/providers/"
WHOLE = f"{BEGINNING}{STORAGE_ACCOUNT}/acmelake"


def found(**resource: str) -> list[str]:
    provider = {"provider": "azure", "resources": [{"resource_type": "storage_account", **resource}]}
    diagnostics: list[Any] = []
    validate_providers(placed(json.dumps({"infrastructure": {"provider": provider}})), Project(Path()), diagnostics)
    return [each.code.id for each in diagnostics]


@given(st.lists(st.booleans(), min_size=len(WHOLE), max_size=len(WHOLE)))
def test_ids_are_read_without_case(capitals: list[bool]) -> None:
    text = "".join(c.upper() if big else c.lower() for c, big in zip(WHOLE, capitals, strict=True))
    read = resource_of(text, STORAGE_ACCOUNT)
    assert read == AzureId(text[-8:], len(text) - 8, len(text)), "what the user wrote is kept"


@given(st.integers(1, 7), st.integers(2, 8))
def test_what_is_left_out_is_told(start: int, end: int) -> None:
    steps = WHOLE.split("/")
    if end <= start or end > 8:
        start, end = 2, 7
    text = "/".join((*steps[:start], "...", *steps[end:]))
    read = resource_of(text, STORAGE_ACCOUNT)
    assert type(read) is AzureId
    assert read.name == "acmelake"
    assert read.left_out is not None
    assert text[slice(*read.left_out)] == "..."
    assert text[read.start : read.end] == "acmelake"


@given(st.text(st.sampled_from("/.a1-_A ü\nsubcriptonre"), min_size=1, max_size=60))
def test_any_text_is_an_id_or_says_why_not(text: str) -> None:
    for kind in (STORAGE_ACCOUNT, MANAGED_IDENTITY):
        read = resource_of(text, kind)
        if type(read) is IdFault:
            assert 0 <= read.start <= read.end <= len(text)
            assert read.reason.isprintable() and read.help


@pytest.mark.parametrize(
    ("name", "codes"),
    [("acmelake", []), ("AcmeLake", []), ("ACMELAKE", []), ("acme", ["DC5017"]), ("acmelake2", ["DC5017"])],
)
def test_names_are_compared_without_case(name: str, codes: list[str]) -> None:
    assert found(resource_id=WHOLE, resource_name=name) == codes


def test_a_name_beside_an_id_that_is_none_is_not_compared() -> None:
    assert found(resource_id="acmelake", resource_name="other") == ["DC5040"]
    assert found(resource_id=WHOLE.replace("acmelake", "Acme-Lake"), resource_name="other") == ["DC5042"]
    assert found(resource_id="/subscriptions/.../storageAccounts/acmelake", resource_name="other") == [
        "DC5017", "DC5041"
    ]  # fmt: skip


def test_every_page_about_azure_says_that_it_is_a_preview() -> None:
    pages = [code.explanation for code in ALL_CODES if code.name.startswith("azure-")]
    assert len(pages) == 3
    assert all("Support for Azure is a preview" in page for page in pages)
