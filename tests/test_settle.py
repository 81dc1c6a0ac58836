"""Severities and opt-outs: what a project may change, and what it may not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.codes.internal import INTERNAL_ERROR
from dativo_compile.diagnostics.diagnostic import Diagnostic, Ignored, diagnose
from dativo_compile.model.place import Place
from dativo_compile.model.project import Project
from dativo_compile.model.source import Document, SourceFile
from dativo_compile.registry import ALL_CODES
from dativo_compile.settle import settle
from dativo_compile.yaml.ignores import Ignore, ignores_of

PLAIN = Project(Path())
WARNING = next(c for c in ALL_CODES if c.severity == "warning" and c.id != "DC1903")
ERROR = next(c for c in ALL_CODES if c.severity == "error" and not c.guarded)


def found(code: Code, line: int = 1, file: str = "a.yaml") -> Diagnostic:
    return Diagnostic(code, code.severity, "it is so", Place(file, line, 1, line, 2))


def project(**severities: str) -> Project:
    text = "severity:\n" + "".join(f"  {code}: {severity}\n" for code, severity in severities.items())
    document = Document(SourceFile("dativo.yaml", text.encode()), "project", {"severity": severities}, {})
    return Project(Path(), document, severities=severities)


def ids(diagnostics: tuple[Diagnostic, ...]) -> list[str]:
    return [d.code.id for d in diagnostics]


def test_diagnostics_stand_in_file_order_and_once() -> None:
    given = [found(ERROR, 9), found(WARNING, 2), found(ERROR, 9), found(ERROR, 1, "0.yaml")]
    assert settle(given, PLAIN) == (given[3], given[1], given[0])


def test_a_project_sets_severities() -> None:
    given = [found(WARNING), found(ERROR)]
    assert settle(given, project(**{WARNING.id: "off", ERROR.id: "warning"}))[0].severity == "warning"
    assert ids(settle(given, project(**{WARNING.id: "off"}))) == [ERROR.id]


def test_a_guarded_code_cannot_be_set() -> None:
    told = settle([diagnose(INTERNAL_ERROR, None, step="x", kind="y")], project(DC9001="off"))
    assert ids(told) == ["DC9001", "DC1901"]
    assert told[1].place == Place("dativo.yaml", 2, 3, 2, 9)


def test_a_misspelt_code_is_told_with_the_closest() -> None:
    (told,) = settle([], project(DC1930="off"))
    assert told.code.id == "DC1902"
    assert told.help == "did you mean `DC1903`?"


def test_a_line_opts_out_of_a_warning() -> None:
    ignores = ignores_of(SourceFile("a.yaml", f"a: 1  # dativo: ignore[{WARNING.id}] because\n".encode()))
    assert settle([found(WARNING, 1)], PLAIN, ignores) == ()
    assert ids(settle([found(WARNING, 2)], PLAIN, ignores)) == ["DC1903", WARNING.id]


def test_a_line_cannot_opt_out_of_an_error() -> None:
    ignores = (Ignore(ERROR.id, Place("a.yaml", 1, 1, 1, 7)),)
    told = settle([found(ERROR, 1)], PLAIN, ignores)
    assert sorted(ids(told)) == sorted([ERROR.id, "DC1903"])


def test_a_warning_made_an_error_is_not_ignored() -> None:
    ignores = (Ignore(WARNING.id, Place("a.yaml", 1, 1, 1, 7)),)
    told = settle([found(WARNING, 1)], project(**{WARNING.id: "error"}), ignores)
    assert [d.severity for d in told if d.code is WARNING] == ["error"]


def test_what_is_ignored_is_kept_with_its_reason_in_file_order() -> None:
    text = f"a: 1  # dativo: ignore[{WARNING.id}] because\nb: 2  # dativo: ignore[{WARNING.id}]\n"
    ignored: list[Ignored] = []
    given = [found(WARNING, 2), found(WARNING, 1), found(WARNING, 2)]
    assert settle(given, PLAIN, ignores_of(SourceFile("a.yaml", text.encode())), ignored) == ()
    assert ignored == [Ignored(given[1], "because"), Ignored(given[0], "")]


def test_a_note_can_be_ignored_and_what_is_off_needs_no_ignoring() -> None:
    ignores = (Ignore(WARNING.id, Place("a.yaml", 1, 1, 1, 7)),)
    assert settle([found(WARNING)], project(**{WARNING.id: "note"}), ignores) == ()
    assert ids(settle([found(WARNING)], project(**{WARNING.id: "off"}), ignores)) == ["DC1903"]


def test_a_guarded_code_cannot_be_ignored() -> None:
    guarded = replace(WARNING, guarded=True)
    told = settle([found(guarded)], PLAIN, (Ignore(WARNING.id, Place("a.yaml", 1, 1, 1, 7)),))
    assert sorted(ids(told)) == sorted([WARNING.id, "DC1903"])


def test_a_code_by_its_name_is_told_its_id() -> None:
    (told,) = settle([], PLAIN, (Ignore("ignore-unused", Place("a.yaml", 1, 1, 1, 14)),))
    assert told.help == "write `DC1903`, the id of `ignore-unused`"
    assert told.fix is not None
    assert [edit.text for edit in told.fix.edits] == ["DC1903"]


def test_several_codes_stand_in_one_comment() -> None:
    file = SourceFile("a.yaml", b"a: 1  # dativo: ignore[DC6004, DC8101]\n")
    assert ignores_of(file) == (
        Ignore("DC6004", Place("a.yaml", 1, 24, 1, 30)),
        Ignore("DC8101", Place("a.yaml", 1, 32, 1, 38)),
    )


def test_text_that_looks_like_a_comment_is_none() -> None:
    texts = (
        b"a: 'x # dativo: ignore[DC6004]'\n",
        b"a: |\n  x # dativo: ignore[DC6004]\nb: 1\n",
        b"a: x#dativo: ignore[Y]",
    )
    assert [ignores_of(SourceFile("a.yaml", text)) for text in texts] == [(), (), ()]


def test_without_a_project_everything_keeps_its_weight() -> None:
    assert ids(settle([found(WARNING), found(WARNING)], None)) == [WARNING.id]
