"""Workflow commands: read back as the runner reads them, they are what was found."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic, Ignored, Related, diagnose
from dativo_compile.model.place import Place
from dativo_compile.report.findings import Findings
from dativo_compile.report.github import render

FAULT = Code("DC4001", "output-unknown", "error", "no output `{name}`", "x")
PLACE = Place("jobs/a.yaml", 14, 7, 14, 18)
COMMAND = re.compile(r"::(\w+) ([^:]*)::(.*)\n")


def read(line: str) -> tuple[str, dict[str, str], str]:
    """As the runner does: properties end at `::`, parts at `,`; then escapes are taken back, `%25` last."""
    found = COMMAND.fullmatch(line)
    assert found, line
    pairs = [part.partition("=") for part in found[2].split(",")]
    properties = {name: plain(value.replace("%3A", ":").replace("%2C", ",")) for name, _, value in pairs}
    return found[1], properties, plain(found[3])


def plain(text: str) -> str:
    return text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")


def one(diagnostic: Diagnostic, prefix: str = "") -> str:
    return render(Findings([diagnostic], prefix=prefix))


def test_a_command_has_all_that_is_known() -> None:
    related = (Related(Place("jobs/b.yaml", 2, 3, 2, 4), "first here"),)
    line = one(diagnose(FAULT, PLACE, notes=("50 %",), help="do", related=related, name="x"))
    assert line == (
        "::error file=jobs/a.yaml,line=14,endLine=14,col=7,endColumn=18,title=DC4001 output-unknown::"
        "no output `x`%0Ajobs/b.yaml:2:3: first here%0Anote: 50 %25%0Ahelp: do\n"
    )


@pytest.mark.parametrize(("severity", "command"), [("error", "error"), ("warning", "warning"), ("note", "notice")])
def test_each_weight_has_its_command(severity: str, command: str) -> None:
    assert read(one(Diagnostic(FAULT, severity, "m", PLACE)))[0] == command  # type: ignore[arg-type]  # each in turn


@pytest.mark.parametrize(
    ("place", "wanted"),
    [
        (None, {}),
        (Place.whole("a.tf"), {"file": "a.tf"}),
        (Place("a.yaml", 1, 3, 1, 3), {"file": "a.yaml", "line": "1", "endLine": "1", "col": "3", "endColumn": "3"}),
        (Place("a.yaml", 1, 3, 4, 2), {"file": "a.yaml", "line": "1", "endLine": "4"}),
        (
            Place("jobs/a,b:c%,=\r\n.yaml", 1, 1, 1, 2),
            {"file": "jobs/a,b:c%,=\r\n.yaml", "line": "1", "endLine": "1", "col": "1", "endColumn": "2"},
        ),
    ],
)
def test_places(place: Place | None, wanted: dict[str, str]) -> None:
    _, properties, _ = read(one(diagnose(FAULT, place, name="x")))
    assert properties == {**wanted, "title": "DC4001 output-unknown"}


def test_files_are_named_from_the_root_of_the_repository() -> None:
    assert "file=my etl/jobs/a.yaml," in one(diagnose(FAULT, PLACE, name="x"), "my etl/")


def test_all_are_printed_in_the_order_given_and_what_is_ignored_is_not() -> None:
    found = [diagnose(FAULT, Place("a.yaml", n, 1, n, 2), name="x") for n in range(1, 31)]
    lines = render(Findings(found, ignored=[Ignored(found[0], "why")])).splitlines(keepends=True)
    assert [read(line)[1]["line"] for line in lines] == [str(n) for n in range(1, 31)]


@given(st.text(st.characters(codec="utf-8")), st.text(st.characters(codec="utf-8"), min_size=1))
def test_no_text_breaks_out_of_its_command(message: str, file: str) -> None:
    line = one(Diagnostic(FAULT, "error", message, Place(file, 2, 1, 2, 2), help=file))
    assert line.count("\n") == 1
    kind, properties, text = read(line)
    assert (kind, properties["file"], len(properties)) == ("error", file, 6)
    assert len(text) == len(f"{message}\nhelp: {file}")


def test_what_a_terminal_would_obey_is_not_printed() -> None:
    assert read(one(diagnose(FAULT, PLACE, name="\x1b[2J\u202e")))[2] == "no output `\ufffd[2J\ufffd`"
