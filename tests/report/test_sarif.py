"""SARIF logs satisfy the published schema, and say of every case what the other formats say."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema_rs
import pytest

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic, Edit, Fix, Ignored, Related, diagnose
from dativo_compile.model.place import Place
from dativo_compile.registry import ALL_CODES
from dativo_compile.report.findings import Findings
from dativo_compile.report.sarif import render
from dativo_compile.report.sarif_rules import summary
from tools import golden

SCHEMA = Path(__file__).parent / "data" / "sarif-2.1.0.schema.json"
FAULT = Code("DC4001", "output-unknown", "error", "no output `{name}`", "What it means.\n\nWhat to do.")
HINT = Code("DC6004", "tag-repeated", "note", "repeated", "What it means.\n\nWhat to do.", source="https://a.example/b")
PLACE = Place("jobs/a.yaml", 14, 7, 14, 18)
LEVELS = {"error", "warning", "note"}


@cache
def validator() -> Any:
    return jsonschema_rs.validator_for(json.loads(SCHEMA.read_text("utf-8")), validate_formats=True)


def log_of(text: str) -> Any:
    log = json.loads(text)
    assert [f"{list(e.instance_path)}: {e.message}" for e in validator().iter_errors(log)] == []
    (run,) = log["runs"]
    return run


def run_of(*diagnostics: Diagnostic, **more: Any) -> Any:
    return log_of(render(Findings(diagnostics, **more)))


def asks_for_text(name: str) -> bool:
    case = golden.load(name)
    return case.program == "dativo-compile" and not any(arg.startswith("--format") for arg in case.args)


@pytest.mark.parametrize("name", [name for name in golden.names() if asks_for_text(name)])
def test_the_log_of_a_case_is_valid_and_says_what_its_lines_say(name: str, tmp_path: Path) -> None:
    ran = golden.ran(name, tmp_path / "project", "--format", "sarif")
    if not ran.out:  # a wrong call
        assert ran.exit == 2
        return
    run = log_of(ran.out)
    (invocation,) = run["invocations"]
    assert invocation["exitCode"] == ran.exit == int(golden.expected(name)["exit"])
    lines = [json.loads(line) for line in golden.expected(name)["diagnostics.jsonl"].splitlines()]
    told = [result for result in run["results"] if not result["suppressions"]]
    notified = invocation.get("toolExecutionNotifications", [])
    assert [(r["ruleId"], r["level"], *where(r)) for r in told] == [
        (d["code"], d["severity"], d["file"], d["line"], d["column"], d["end_line"], d["end_column"])
        for d in lines
        if d["file"]
    ]
    assert [n["descriptor"]["id"] for n in notified] == [d["code"] for d in lines if not d["file"]]
    assert [len(r.get("fixes", ())) for r in told] == [int("fix" in d) for d in lines if d["file"]]
    driver = run["tool"]["driver"]
    assert all(driver["rules"][r["ruleIndex"]]["id"] == r["ruleId"] for r in run["results"])
    assert all(driver["notifications"][n["descriptor"]["index"]]["id"] == n["descriptor"]["id"] for n in notified)
    prints = [r["partialFingerprints"]["dativo/v1"] for r in run["results"]]
    assert len(prints) == len(set(prints))


def where(result: Any) -> tuple[str, int, int, int, int]:
    (location,) = result["locations"]
    physical = location["physicalLocation"]
    region = physical["region"]
    name = unquote(physical["artifactLocation"]["uri"])
    return name, region["startLine"], region["startColumn"], region["endLine"], region["endColumn"]


def test_a_result_has_all_that_is_known() -> None:
    other = Place("jobs/b.yaml", 1, 1, 1, 5)
    fix = Fix("write `b`", (Edit(PLACE, "b"), Edit(Place("jobs/a.yaml", 20, 1, 21, 1), "")))
    run = run_of(
        diagnose(FAULT, PLACE, notes=("n",), help="h", related=(Related(other, "like [this]"),), fix=fix, name="x{y}"),
        exit_code=1,
    )
    (result,) = run["results"]
    region = {"startLine": 14, "startColumn": 7, "endLine": 14, "endColumn": 18}
    assert result["message"] == {
        "text": "no output `x{y}`. See [like \\[this\\]](1).\nnote: n\nhelp: h",
        "markdown": "no output `x{y}`. See [like \\[this\\]](1).\n\n**note**: n\n\n**help**: h",
    }
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "jobs/a.yaml", "uriBaseId": "SRCROOT"}, "region": region,
    }  # fmt: skip
    assert [(r["id"], r["message"]["text"]) for r in result["relatedLocations"]] == [(1, "like [this]")]
    assert result["fixes"] == [
        {
            "description": {"text": "write `b`"},
            "artifactChanges": [
                {
                    "artifactLocation": {"uri": "jobs/a.yaml", "uriBaseId": "SRCROOT"},
                    "replacements": [
                        {"deletedRegion": region, "insertedContent": {"text": "b"}},
                        {"deletedRegion": {"startLine": 20, "startColumn": 1, "endLine": 21, "endColumn": 1}},
                    ],
                }
            ],
        }
    ]
    assert result["suppressions"] == []
    assert run["columnKind"] == "unicodeCodePoints"


def test_rules_are_those_that_occur_by_id() -> None:
    run = run_of(diagnose(HINT, PLACE), diagnose(FAULT, PLACE, name="x"), diagnose(HINT, PLACE))
    rules = run["tool"]["driver"]["rules"]
    assert [(r["id"], r["name"], r["defaultConfiguration"], r.get("helpUri")) for r in rules] == [
        ("DC4001", "output-unknown", {"level": "error"}, None),
        ("DC6004", "tag-repeated", {"level": "note"}, "https://a.example/b"),
    ]
    assert rules[0]["shortDescription"] == {"text": "no output `...`"}
    assert rules[0]["fullDescription"] == {"text": "What it means."}
    assert rules[0]["help"]["markdown"].startswith("# DC4001: output-unknown\n\nSeverity: error.")
    assert rules[0]["properties"] == {"tags": ["Output mapping"]}


def test_a_rule_that_is_off_says_so() -> None:
    code = Code("DC6004", "tag-repeated", "off", "repeated", "What it means.")
    run = run_of(Diagnostic(code, "error", "repeated", PLACE))
    assert run["tool"]["driver"]["rules"][0]["defaultConfiguration"] == {"level": "warning", "enabled": False}
    assert run["results"][0]["level"] == "error"


def test_what_is_in_no_file_is_a_notification() -> None:
    run = run_of(diagnose(FAULT, None, name="x"), exit_code=1)
    (invocation,) = run["invocations"]
    assert run["results"] == []
    assert run["tool"]["driver"]["rules"] == []
    assert invocation["executionSuccessful"] is False
    assert [n["message"]["text"] for n in invocation["toolExecutionNotifications"]] == ["no output `x`."]


def test_errors_in_files_are_no_failure_of_the_tool() -> None:
    run = run_of(diagnose(FAULT, PLACE, name="x"), diagnose(HINT, None), exit_code=1)
    assert run["invocations"][0]["executionSuccessful"] is True


def test_what_a_line_opted_out_of_is_suppressed_in_its_place() -> None:
    first, last = diagnose(HINT, Place("a.yaml", 1, 1, 1, 2)), diagnose(HINT, Place("a.yaml", 9, 1, 9, 2))
    ignored = [Ignored(diagnose(HINT, Place("a.yaml", n, 1, n, 2)), reason) for n, reason in ((3, "so it is"), (4, ""))]
    results = run_of(first, last, ignored=ignored)["results"]
    assert [(where(r)[1], r["suppressions"]) for r in results] == [
        (1, []), (3, [{"kind": "inSource", "justification": "so it is"}]), (4, [{"kind": "inSource"}]), (9, []),
    ]  # fmt: skip


def test_a_fingerprint_outlives_the_moving_of_lines() -> None:
    def prints(*lines: int, file: str = "a.yaml", name: str = "x") -> list[str]:
        found = [diagnose(FAULT, Place(file, line, 1, line, 2), name=name) for line in lines]
        return [r["partialFingerprints"]["dativo/v1"] for r in run_of(*found)["results"]]

    assert prints(1, 5) == prints(7, 70)
    assert len({*prints(1, 5), *prints(1, file="b.yaml"), *prints(1, name="y")}) == 4


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("jobs/a b.yaml", "jobs/a%20b.yaml"),
        ("a:b.yaml", "a%3Ab.yaml"),
        ("jobs/100%#?.yaml", "jobs/100%25%23%3F.yaml"),
        ("jobs/Größe.yaml", "jobs/Gr%C3%B6%C3%9Fe.yaml"),
        ("jobs/\udcff.yaml", "jobs/%FF.yaml"),
    ],
)
def test_odd_names_of_files_are_percent_encoded(file: str, uri: str) -> None:
    diagnostic = diagnose(FAULT, Place(file, 1, 1, 1, 2), name="x")
    run = json.loads(render(Findings([diagnostic], prefix="my etl/")))["runs"][0]
    (location,) = run["results"][0]["locations"]
    assert location["physicalLocation"]["artifactLocation"]["uri"] == f"my%20etl/{uri}"


@pytest.mark.parametrize("code", ALL_CODES, ids=lambda code: code.id)
def test_every_code_has_a_description_that_github_takes(code: Code) -> None:
    run = run_of(Diagnostic(code, "error", "m", PLACE))
    (rule,) = run["tool"]["driver"]["rules"]
    for text in (rule["shortDescription"]["text"], rule["fullDescription"]["text"]):
        assert 0 < len(text) <= 1024
        assert "{" not in rule["shortDescription"]["text"]
    assert code.id in rule["help"]["markdown"]


def test_a_message_that_is_all_fields_is_described_by_its_name() -> None:
    assert summary(Code("DC1101", "yaml-syntax", "error", "{problem}", "x")) == "yaml syntax"
