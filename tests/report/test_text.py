"""Excerpts: the underline is under the right characters, whatever stands in the line."""

from __future__ import annotations

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic, Related, diagnose
from dativo_compile.model.place import Place
from dativo_compile.report.paint import Paint
from dativo_compile.report.text import render

FAULT = Code("DC4001", "output-unknown", "error", "the state has no output named `{name}`", "x")
DOUBT = Code("DC6004", "tag-doubtful", "warning", "`{name}` is doubtful", "x")


def show(text: str, diagnostic: Diagnostic, **options: object) -> str:
    return render([diagnostic], lambda _: text.encode(), **options)  # type: ignore[arg-type]


def at(line: int, column: int, end: int, file: str = "jobs/acme/orders.yaml") -> Place:
    return Place(file, line, column, line, end)


def underlined(text: str, line: int, column: int, end: int) -> tuple[str, str]:
    out = show(text, diagnose(FAULT, at(line, column, end), name="x")).splitlines()
    return out[3], out[4]


def test_the_page_looks_as_in_the_architecture() -> None:
    text = "\n" * 13 + "      bukket_name: target.connection.s3.bucket\n"
    diagnostic = diagnose(
        FAULT,
        at(14, 7, 18),
        notes=("states/acme-prod.tfstate (serial 42) has 7 outputs",),
        help="did you mean `bucket_name`?",
        name="bukket_name",
    )
    assert show(text, diagnostic) == (
        "error[DC4001]: the state has no output named `bukket_name`\n"
        "  --> jobs/acme/orders.yaml:14:7\n"
        "   |\n"
        "14 |       bukket_name: target.connection.s3.bucket\n"
        "   |       ^^^^^^^^^^^\n"
        "   = note: states/acme-prod.tfstate (serial 42) has 7 outputs\n"
        "   = help: did you mean `bucket_name`?\n"
        "\n"
    )


def test_a_wide_character_takes_two_columns() -> None:
    assert underlined("名前: 値です\n", 1, 5, 8) == ("1 | 名前: 値です", "  |       ^^^^^^")


def test_a_combining_character_takes_none() -> None:
    line, under = underlined("e\u0301e\u0301: bad\n", 1, 7, 10)
    assert line.endswith("bad")
    assert under == "  |     ^^^"


def test_tabs_are_expanded() -> None:
    assert underlined("a:\tbad\n", 1, 4, 7) == ("1 | a:  bad", "  |     ^^^")


def test_a_long_line_is_cut_to_a_window_around_the_span() -> None:
    line, under = underlined("k: " + "a" * 5000 + "BAD" + "b" * 5000 + "\n", 1, 5004, 5007)
    assert len(line) < 130
    assert line[under.index("^") : under.rindex("^") + 1] == "BAD"
    assert line.count("...") == 2


def test_a_span_wider_than_the_window_is_cut_too() -> None:
    line, under = underlined("k: " + "a" * 1_000_000 + "\n", 1, 4, 1_000_004)
    assert len(line) < 130
    assert len(under) <= len(line)


def test_a_span_of_many_lines_is_underlined_to_the_end_of_its_first() -> None:
    diagnostic = diagnose(FAULT, Place("a.yaml", 1, 4, 3, 2), name="x")
    assert "1 | a: [one,\n  |    ^^^^^\n" in show("a: [one,\n two\n ]\n", diagnostic)


def test_an_empty_span_gets_one_sign() -> None:
    assert underlined("a:\nb: 1\n", 1, 3, 3) == ("1 | a:", "  |   ^")


def test_related_places_follow_with_their_own_excerpts() -> None:
    related = (Related(at(1, 1, 2), "first here"), Related(at(3, 1, 2, "s.tfstate"), "and the state"))
    out = show("a: 1\nb: 2\n\na: 3\n", diagnose(FAULT, at(4, 1, 2), related=related, name="a"))
    assert out.splitlines()[3:10] == [
        "4 | a: 3",
        "  | ^",
        " --> jobs/acme/orders.yaml:1:1",
        "  |",
        "1 | a: 1",
        "  | - first here",
        " --> s.tfstate:3:1: and the state",
    ]


def test_a_state_is_never_excerpted() -> None:
    out = show('{"secret": "hunter2"}', diagnose(FAULT, at(1, 2, 5, "states/a.tfstate"), name="x"))
    assert out.splitlines()[1:] == [" --> states/a.tfstate:1:2", ""]


def test_controls_do_not_reach_the_terminal() -> None:
    out = show("a: \x1b[31mred\u202e\n", diagnose(FAULT, at(1, 4, 8), notes=("\x1b[2J",), name="\x07"))
    assert not set("\x1b\x07\u202e") & set(out)


def test_colour_is_only_there_if_asked_for() -> None:
    diagnostic = diagnose(DOUBT, at(1, 1, 2), help="h", name="x")
    assert "\033" not in show("a: 1\n", diagnostic)
    coloured = show("a: 1\n", diagnostic, paint=Paint(True))
    assert coloured.startswith("\033[1;33mwarning[DC6004]\033[0m")


def test_the_report_is_capped_and_counts_the_rest() -> None:
    many = [diagnose(DOUBT, at(n + 1, 1, 2), name=n) for n in range(9_990)]
    many += [diagnose(FAULT, at(n + 1, 1, 2, "z.yaml"), name=n) for n in range(110)]
    out = render(many, lambda _: None)
    assert out.count("error[DC4001]") == 100  # errors before warnings
    assert out.endswith("... and 10 more errors, 9,990 more warnings (2 codes): DC6004 x 9,990, DC4001 x 10\n\n")


def test_a_message_of_many_lines_stays_in_its_frame() -> None:
    out = show("a: 1\n", diagnose(FAULT, at(1, 1, 2), notes=("one\ntwo",), name="x"))
    assert "  = note: one\n          two\n" in out
