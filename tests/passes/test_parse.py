"""`parse` shows each fault at its smallest place and hands on what is still usable."""

from __future__ import annotations

import pytest

from dativo_compile.diagnostics.diagnostic import Diagnostic
from dativo_compile.model.job import ParsedJob
from dativo_compile.model.source import SourceFile
from dativo_compile.passes.parse import YAML_CODES, parse, parse_document
from dativo_compile.validation.load import WRITTEN
from dativo_compile.validation.schema import faults_of

JOB = """\
tenant_id: acme
source_connector_path: connectors/a.yaml
target_connector_path: connectors/b.yaml
asset_path: assets/a.yaml
"""


def parsed(text: str) -> tuple[ParsedJob | None, list[Diagnostic]]:
    found: list[Diagnostic] = []
    return parse(SourceFile("jobs/a.yaml", text.encode()), "a", found), found


def underlined(text: str, diagnostic: Diagnostic) -> str:
    place = diagnostic.place
    assert place is not None
    assert place.line == place.end_line
    return text.split("\n")[place.line - 1][place.column - 1 : place.end_column - 1]


def test_a_good_job_is_handed_on() -> None:
    job, found = parsed(JOB)
    assert found == []
    assert job is not None
    assert (job.id, job.document.value["tenant_id"], job.document.marks["tenant_id"]) == ("a", "acme", "job:1:12")


PLACES = {
    "infrastructure:\n  provider:\n    provider: awz\n    account_id: 012\n    regoin: x\n": ["awz", "012", "regoin"],
    "infrastructure:\n  terraform: {workspace: ../x}\n": ["../x", "infrastructure"],
    "source:\n  files:\n    - object: a\n      range: b\n": ["object"],
    "source:\n  tables: [{name: a}]\n  objects: [b]\n": ["objects"],
    "source:\n  connection:\n    port: 'x'\n": ["'x'"],
    "logging: &l {level: 5}\nretry_config: *l\n": ["5"],
    "x-base: &b {max_retries: -1}\nretry_config: {<<: *b}\n": ["-1"],
}


@pytest.mark.parametrize("tail", PLACES)
def test_the_smallest_place_is_shown(tail: str) -> None:
    _, found = parsed(JOB + tail)
    assert [underlined(JOB + tail, d) for d in found] == PLACES[tail]


@pytest.mark.parametrize("text", ["", "# nothing\n", "- a\n", "text\n", "12\n"])
def test_a_file_must_be_a_mapping(text: str) -> None:
    job, (fault,) = parsed(text)
    assert job is None
    assert fault.code.name == "not-a-mapping"


BROKEN = {
    "syntax": "a: [\n", "tab": "a:\n\tb: 1\n", "encoding": "a: \x07\n", "bounds": "[" * 200,
    "duplicate": "a: 1\na: 2\n", "documents": "a: 1\n---\nb: 1\n", "tag": "a: !x 1\n",
    "key": "1: a\n", "number": "a: .inf\n",
}  # fmt: skip


@pytest.mark.parametrize("kind", YAML_CODES)
def test_broken_text_is_one_fault(kind: str) -> None:
    job, (fault,) = parsed(BROKEN[kind])
    assert job is None
    assert fault.code is YAML_CODES[kind]


def test_both_places_of_a_duplicate_are_named() -> None:
    _, (fault,) = parsed("a:\n  deep: 1\nb: 2\na: 3\n")
    assert fault.place is not None
    assert (fault.place.line, fault.place.column, fault.place.end_column) == (4, 1, 2)
    (related,) = fault.related
    assert (related.place.line, related.place.column, related.message) == (1, 1, "first here")


@pytest.mark.parametrize(
    "tail",
    [
        "tenat: x\n",
        "infrastructure: {provider: {provider: aws, regoin: x}}\n",
        "logging: 5\n",
        "retry_config: {max_retries: -1, backoff_seconds: 3}\n",
        "source: {connection: {port: 0, s3: {bucket: [a]}}, objects: [a]}\n",
        "infrastructure: {provider: {provider: aws, account_id: 1, resources: [{a: 1}]}}\n",
    ],
)
def test_what_is_left_of_a_job_satisfies_the_schema(tail: str) -> None:
    job, found = parsed(JOB + tail)
    assert found
    assert job is not None
    assert faults_of(WRITTEN, job.document.value) == ()
    same_shape(job.document.value, job.document.marks)


@pytest.mark.parametrize(
    "tail",
    [
        "environment: a/b\n",
        "source: {tables: []}\n",
        "target: {catalog: 5}\n",
        "infrastructure: {provider: {provider: awz}}\n",
        "infrastructure: {}\n",
    ],
)
def test_a_job_whose_rest_would_mislead_stops(tail: str) -> None:
    job, found = parsed(JOB + tail)
    assert len(found) == 1
    assert job is None


def same_shape(value: object, marks: object) -> None:
    if isinstance(value, dict) and value:
        assert isinstance(marks, dict)
        assert list(value) == list(marks)
        for key in value:
            same_shape(value[key], marks[key])
    elif isinstance(value, list) and value:
        assert isinstance(marks, list)
        assert len(value) == len(marks)
        for inner, mark in zip(value, marks, strict=True):
            same_shape(inner, mark)
    else:
        assert isinstance(marks, str)


def test_what_stands_under_a_misspelt_key_is_not_missed() -> None:
    job, (fault,) = parsed(JOB + "infrastructure: {provider: {provider: aws, regoin: eu-west-1}}\n")
    assert fault.code.name == "key-unknown"
    assert job is not None
    assert job.document.value["infrastructure"]["provider"] == {"provider": "aws", "region": "eu-west-1"}
    assert job.document.marks["infrastructure"]["provider"]["region"] == "job:5:52"


def test_a_job_with_a_key_at_the_wrong_depth_stops() -> None:
    job, (fault,) = parsed(JOB + "workspace: acme-prod\n")
    assert fault.help == "`workspace` belongs in `infrastructure.terraform`"
    assert job is None


def test_other_files_are_whole_or_absent() -> None:
    found: list[Diagnostic] = []
    good = SourceFile("c.yaml", b"name: a\ntype: b\nroles: [source]\n")
    document = parse_document("connector", good, "source", found)
    assert document is not None
    assert document.marks["name"] == "source:1:7"
    assert found == []
    assert parse_document("connector", SourceFile("d.yaml", b"name: a\nrole: x\n"), "source", found) is None
    assert len(found) == 2
