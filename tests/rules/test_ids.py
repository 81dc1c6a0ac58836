"""The tables of ids in data/: what each type of resource takes, and what it refuses, for which reason.

A table is a YAML file; it needs no line here:

    s3_bucket:                                  # a resource type
      job: {provider: aws, region: us-east-1}   # the rest of `infrastructure.provider`
      accepted:
        - {id: "arn:aws:s3:::abc", why: the shortest name}
      rejected:
        - {id: "arn:aws:s3:::ab", why: one less, code: DC5011, says: "it has 2 characters"}

`{a*63}` in an id stands for 63 times `a`. `says` is a part of the message. Each row is a job with that one resource.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from dativo_compile.diagnostics.diagnostic import Diagnostic
from dativo_compile.model.project import Project
from dativo_compile.passes.validate_providers import validate_providers
from dativo_compile.rules.provider.resource_type_misplaced import OWNER
from tests.rules.placed import placed

FILES = sorted((Path(__file__).parent / "data").glob("*_ids.yaml"))
REPEAT = re.compile(r"\{(.)\*([0-9]+)\}")
TABLES: dict[str, dict[str, Any]] = {
    kind: table for file in FILES for kind, table in yaml.safe_load(file.read_text("utf-8")).items()
}
LEAST = 15


def text_of(row: dict[str, str]) -> str:
    return REPEAT.sub(lambda match: match[1] * int(match[2]), row["id"])


def found(kind: str, text: str) -> list[Diagnostic]:
    resource = {"resource_type": kind, "resource_id": text}
    provider = {**TABLES[kind]["job"], "resources": [resource]}
    diagnostics: list[Diagnostic] = []
    job = json.dumps({"infrastructure": {"provider": provider}})
    validate_providers(placed(job), Project(Path()), diagnostics)
    return diagnostics


def rows(part: str) -> list[Any]:
    return [
        pytest.param(kind, row, id=f"{kind}-{number}-{row['why']}")
        for kind, table in TABLES.items()
        for number, row in enumerate(table[part], 1)
    ]


@pytest.mark.parametrize(("kind", "row"), rows("accepted"))
def test_accepted(kind: str, row: dict[str, str]) -> None:
    assert [(each.code.id, each.message) for each in found(kind, text_of(row))] == []


@pytest.mark.parametrize(("kind", "row"), rows("rejected"))
def test_rejected(kind: str, row: dict[str, str]) -> None:
    text = text_of(row)
    diagnostics = found(kind, text)
    assert [each.code.id for each in diagnostics] == [row["code"]], [each.message for each in diagnostics]
    only = diagnostics[0]
    assert row["says"] in only.message
    assert only.message.isprintable(), "what cannot be seen is written so that it can"
    assert only.help


@pytest.mark.parametrize("kind", sorted(OWNER))
def test_every_type_has_a_table_of_both(kind: str) -> None:
    for part in ("accepted", "rejected"):
        texts = [text_of(row) for row in TABLES[kind][part]]
        assert len(set(texts)) == len(texts) >= LEAST, part
