"""Good files with something changed: as long as they can be read, they can be formatted and added to."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dativo_compile.formatting.text import Source, formatted
from dativo_compile.infrastructure.adding import NotEditable
from dativo_compile.infrastructure.edited import edited as added
from dativo_compile.model.source import Document, SourceFile
from dativo_compile.yaml.fault import YamlFault
from dativo_compile.yaml.reader import Marks, read
from tests.test_fuzz import BOUNDED, EDITS, Edit, edited, moved

ROOT = Path(__file__).resolve().parents[2]
FILES = {
    "job": ROOT / "fixtures/aws_glue/jobs/acme/stripe_charges.yaml",
    "asset": ROOT / "fixtures/aws_glue/assets/stripe/v1.0/charges.yaml",
    "connector": ROOT / "fixtures/quickstart/connectors/iceberg.yaml",
    "project": ROOT / "fixtures/postgres_source/dativo.yaml",
}
BLOCK = {"provider": {"provider": "aws", "region": "eu-central-1"}, "tags": {"cost_center": "A"}}


@pytest.mark.parametrize("kind", FILES)
@given(edits=EDITS, lines=st.booleans())
@BOUNDED
def test_a_file_that_can_be_read_can_be_formatted(kind: str, edits: list[Edit], lines: bool) -> None:
    data = (moved if lines else edited)(FILES[kind].read_bytes(), edits)
    try:
        value, marks = read(data, Marks(kind))
    except YamlFault:
        return
    if type(value) is not dict or not value:
        return
    once = formatted(kind, Source(data, value, marks))
    value, marks = read(once, Marks(kind))
    assert formatted(kind, Source(once, value, marks)) == once
    if kind == "job":
        added_to(data)


def added_to(data: bytes) -> None:
    value, marks = read(data, Marks("job"))
    document = Document(SourceFile("jobs/a.yaml", data), "job", value, marks)
    try:
        new, result = added(document, BLOCK)
    except NotEditable:
        return
    assert (new == data) is not bool(result.places)
