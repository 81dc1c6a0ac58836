"""The projects of fixtures/ are what a user's project should look like: no error, no warning, no secret."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import jsonschema
import pytest

from dativo_compile.build import build
from dativo_compile.model.project import Request
from dativo_compile.pipeline import compile_project
from dativo_compile.writer import Written
from dativo_compile.yaml.reader import Marks, read

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
def test_a_fixture_is_committed_with_its_build(name: str, tmp_path: Path) -> None:
    """As a user would commit it: what a pull request shows is what the next compile gives, byte by byte."""
    project = tmp_path / "elsewhere" / name
    shutil.copytree(FIXTURES / name, project, ignore=shutil.ignore_patterns(".provenance"))
    committed = built(project)
    done = build(Request((project / "jobs",)), project / "build", strict=True)
    assert done.good
    assert done.written == Written(new=0, changed=0, unchanged=len(list((project / "jobs").rglob("*.yaml"))), removed=0)
    assert built(project) == committed


def built(project: Path) -> dict[str, bytes]:
    files = (path for path in (project / "build").rglob("*") if path.is_file())
    return {
        path.relative_to(project).as_posix(): path.read_bytes() for path in files if ".provenance" not in path.parts
    }


def test_provenance_is_not_committed() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "fixtures"],
        cwd=FIXTURES.parent, capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    assert [name for name in listed if "/.provenance/" in name] == []
    assert sum("/build/index.json" in name for name in listed) == len(PROJECTS)


@pytest.mark.parametrize("name", PROJECTS)
def test_every_file_of_a_fixture_fits_the_schema_that_it_names(name: str) -> None:
    for path in sorted((FIXTURES / name).rglob("*.yaml")):
        first = path.read_text("utf-8").splitlines()[0]
        head, _, named = first.partition("$schema=")
        assert head == "# yaml-language-server: ", path
        schema = json.loads((path.parent / named).read_text("utf-8"))
        kind = {"jobs": "job", "connectors": "connector", "assets": "asset"}.get(
            path.relative_to(FIXTURES).parts[1], "project"
        )
        assert schema["$id"].endswith(f"/{kind}.schema.json"), path
        jsonschema.Draft202012Validator(schema).validate(read(path.read_bytes(), Marks("any"))[0])


def test_the_fixtures_have_every_kind_of_output() -> None:
    values = json.loads((FIXTURES / "aws_glue/states/acme-prod.output.json").read_text("utf-8"))
    plain = [output["value"] for output in values.values() if not output["sensitive"]]
    assert {type(value) for value in plain} == {str, int, float, bool, list, dict}
    assert "" in plain
    assert any(type(value) is int and value.bit_length() > 64 for value in plain)
    assert {type(o["value"]) for o in values.values() if o["sensitive"]} == {str, dict}
