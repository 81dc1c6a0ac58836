"""The projects of fixtures/ are what a user's project should look like: no error, no warning, no secret."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dativo_compile.model.project import Request
from dativo_compile.pipeline import compile_project

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
PROJECTS = sorted(path.parent.name for path in FIXTURES.glob("*/dativo.yaml"))


@pytest.mark.parametrize("name", PROJECTS)
def test_a_fixture_compiles_without_a_word(name: str) -> None:
    done = compile_project(Request((FIXTURES / name / "jobs",)))
    assert [f"{d.code.id} {d.message} {d.place}" for d in done.diagnostics] == []
    assert [m.job_id for m in done.manifests] == list(done.owned) != []
    for manifest in done.manifests:
        assert b"not-a-secret" not in manifest.data + manifest.provenance


@pytest.mark.parametrize("name", PROJECTS)
def test_every_file_of_a_fixture_names_its_schema(name: str) -> None:
    for path in sorted((FIXTURES / name).rglob("*.yaml")):
        first = path.read_text("utf-8").splitlines()[0]
        head, _, schema = first.partition("$schema=")
        assert head == "# yaml-language-server: ", path
        assert json.loads((path.parent / schema).read_text("utf-8"))["$schema"], path


def test_the_fixtures_have_every_kind_of_output() -> None:
    values = json.loads((FIXTURES / "aws_glue/states/acme-prod.output.json").read_text("utf-8"))
    plain = [output["value"] for output in values.values() if not output["sensitive"]]
    assert {type(value) for value in plain} == {str, int, float, bool, list, dict}
    assert "" in plain
    assert any(type(value) is int and value.bit_length() > 64 for value in plain)
    assert {type(o["value"]) for o in values.values() if o["sensitive"]} == {str, dict}
