"""JSON lines hold every field, in the shape that the published schema says."""

from __future__ import annotations

import json
from pathlib import Path

from jsonschema import Draft202012Validator

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Related, diagnose
from dativo_compile.model.place import Place
from dativo_compile.report.json import render

FAULT = Code("DC4001", "output-unknown", "error", "no output `{name}`", "x")
SCHEMA = Path(__file__).resolve().parents[2] / "schemas" / "diagnostics.schema.json"


def test_every_field_is_there() -> None:
    place = Place("jobs/a.yaml", 14, 7, 14, 18)
    line = render([diagnose(FAULT, place, notes=("n",), help="h", related=(Related(place, "r"),), name="naïve")])
    at = {"file": "jobs/a.yaml", "line": 14, "column": 7, "end_line": 14, "end_column": 18}
    assert json.loads(line) == {
        "code": "DC4001", "severity": "error", "message": "no output `naïve`", **at,
        "help": "h", "notes": ["n"], "related": [{"message": "r", **at}],
    }  # fmt: skip
    assert "naïve" in line


def test_it_is_one_object_a_line_and_not_capped() -> None:
    lines = render([diagnose(FAULT, None, name="a\nb")] * 1000).splitlines()
    assert len(lines) == 1000
    assert json.loads(lines[0])["file"] is None


def test_it_satisfies_the_schema() -> None:
    place = Place("jobs/a.yaml", 14, 7, 14, 18)
    validator = Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))
    for diagnostic in (
        diagnose(FAULT, place, notes=("n",), help="h", related=(Related(place, "r"),), name="x"),
        diagnose(FAULT, None, name="x"),
    ):
        validator.validate(json.loads(render([diagnostic])))
