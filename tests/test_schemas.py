"""The published schemas: valid, complete, alike where they say the same, and read alike by two validators."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import jsonschema_rs
import pytest

from dativo_compile.validation.load import FILES, WRITTEN, schema_of
from dativo_compile.yaml.fault import YamlFault
from dativo_compile.yaml.reader import Marks, read
from tests.validation import answers, documents

ROOT = Path(__file__).resolve().parent.parent
KINDS = (*FILES, WRITTEN)
GOOD, BAD = documents.GOOD | answers.GOOD, documents.BAD | answers.BAD
FOLDERS = {"jobs": "job", "connectors": "connector", "assets": "asset"}


def parts(schema: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(schema, dict):
        yield path, schema
        for key, inner in schema.items():
            yield from parts(inner, f"{path}/{key}")
    elif isinstance(schema, list):
        for index, inner in enumerate(schema):
            yield from parts(inner, f"{path}/{index}")


@pytest.mark.parametrize("kind", FILES)
def test_a_schema_is_valid_and_names_itself(kind: str) -> None:
    schema = schema_of(kind)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"https://dativo.io/schemas/{kind}.schema.json"
    assert (ROOT / "schemas" / f"{kind}.schema.json").read_bytes() == (
        ROOT / "dativo_compile" / "schemas" / f"{kind}.schema.json"
    ).read_bytes()


@pytest.mark.parametrize("kind", FILES)
def test_every_property_has_a_hover_text(kind: str) -> None:
    schema = schema_of(kind)
    bare = []
    for path, part in parts(schema):
        named = path.endswith("/properties") and not isinstance(part.get("title"), str)
        if not named or any(word in path for word in ("/not/", "/if/")):
            continue
        for name, inner in part.items():
            target = schema["$defs"][inner["$ref"].rsplit("/", 1)[1]] if "$ref" in inner else {}
            if not all(inner.get(field) or target.get(field) for field in ("title", "description")):
                bare.append(f"{path}/{name}")
    assert not bare, f"an editor shows title and description at the mouse: {bare}"


def test_what_two_schemas_define_is_the_same() -> None:
    seen: dict[str, Any] = {}
    for kind in ("project", WRITTEN, "connector", "asset"):
        for name, part in schema_of(kind).get("$defs", {}).items():
            assert seen.setdefault(name, part) == part, f"`{name}` in {kind} differs from that of another schema"


@pytest.mark.parametrize("kind", FILES)
def test_patterns_mean_the_same_to_both_validators(kind: str) -> None:
    for path, part in parts(schema_of(kind)):
        pattern = part.get("pattern")
        if isinstance(pattern, str):
            assert not re.search(r"\\[dDwWsSbBAzZ]|\(\?", pattern), (
                f"{path}: outside the common subset of ECMA-262 and Python"
            )
            re.compile(pattern)


@pytest.mark.parametrize("kind", FILES)
def test_examples_are_valid(kind: str) -> None:
    schema = schema_of(kind)
    for path, part in parts(schema):
        if "examples" in part and not path.endswith("/properties"):
            validator = jsonschema.Draft202012Validator({**part, "$defs": schema.get("$defs", {})})
            for example in part["examples"]:
                assert validator.is_valid(example), f"{path}: {example}"


def ours(kind: str, value: Any) -> set[tuple[str | int, ...]]:
    return {tuple(e.instance_path) for e in jsonschema_rs.Draft202012Validator(schema_of(kind)).iter_errors(value)}


def reference(kind: str, value: Any) -> set[tuple[str | int, ...]]:
    return {tuple(e.absolute_path) for e in jsonschema.Draft202012Validator(schema_of(kind)).iter_errors(value)}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("documents", [GOOD, BAD], ids=["good", "bad"])
def test_two_validators_agree_on_the_table(kind: str, documents: dict[str, list[Any]]) -> None:
    for value in documents[kind]:
        assert ours(kind, value) == reference(kind, value), value
        assert bool(reference(kind, value)) == (documents is BAD), value


def files() -> Iterator[tuple[str, Path]]:
    for folder in ("tests/cases", "fixtures"):
        for path in sorted((ROOT / folder).rglob("*.y*ml")):
            kinds = [FOLDERS[part] for part in path.parts if part in FOLDERS]
            if not path.is_file():
                continue  # a link that leads nowhere, or a folder with such a name
            if path.name == "dativo.yaml":
                yield "project", path
            elif kinds:
                yield WRITTEN if kinds[-1] == "job" else kinds[-1], path
    manifests = [*ROOT.glob("tests/cases/*/expected/build/**/*.json"), *ROOT.glob("fixtures/*/build/**/*.json")]
    for path in sorted(manifests):
        if b'\n  "manifest_version": ' in path.read_bytes():  # not the index, nor a foreign file
            yield "manifest", path


def test_two_validators_agree_on_every_file() -> None:
    for kind, path in files():
        try:
            value = json.loads(path.read_bytes()) if kind == "manifest" else read(path.read_bytes(), Marks("job"))[0]
        except YamlFault:
            continue  # a case that is about broken text
        assert ours(kind, value) == reference(kind, value), path


def _expected(name: str) -> list[Path]:
    return sorted((ROOT / "tests/cases").glob(f"*/expected/{name}"))


def test_expected_manifests_and_diagnostics_fit_their_schemas() -> None:
    for kind, path in files():
        if kind == "manifest":
            assert ours(kind, json.loads(path.read_bytes())) == set(), path
    for path in _expected("diagnostics.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            assert ours("diagnostics", json.loads(line)) == set(), path
    for path in _expected("diff.json"):
        assert ours("diff", json.loads(path.read_bytes())) == set(), path
    for path in _expected("affected.json"):
        assert ours("affected", json.loads(path.read_bytes())) == set(), path
    for kind, path in ((name, path) for name in ("plan", "check") for path in _expected(f"{name}.json")):
        told = json.loads(path.read_bytes())
        assert ours(kind, told) == set(), path
        assert told["diff"] is None or ours("diff", told["diff"]) == set(), path
        assert [ours("diagnostics", each) for each in told["diagnostics"] if ours("diagnostics", each)] == [], path
