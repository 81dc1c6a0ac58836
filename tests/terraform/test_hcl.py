"""Our reader of HCL beside python-hcl2, and where that one is wrong, beside what terraform says (tests/system)."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path
from typing import Any

import hcl2
import pytest
from hcl2.utils import SerializationOptions
from hypothesis import given
from hypothesis import strategies as st

from dativo_compile.terraform.hcl.blocks import blocks_of
from dativo_compile.terraform.hcl.literals import NotLiteral, literal
from dativo_compile.terraform.hcl.tokens import HclError, place

ROOT = Path(__file__).resolve().parent.parent.parent
MODULES = sorted(path for folder in ("fixtures", "terraform") for path in (ROOT / folder).rglob("*.tf"))

BAD = {
    'output "a"\n{\n}\n': ("the `{` of a block has to stand on the line of `output`", 1, 1),
    'output "a" {\n  value = 1\n': ("`{` is never closed", 1, 12),
    'output "a" {\n  value = = 1\n}\n': ("a value was expected here, not `=`", 2, 11),
    'output "a" {\n  value =\n}\n': ("a value was expected here", 2, 10),
    'output "a" {\n  value = 1 2\n}\n': ("an operator or a new line was expected here", 2, 13),
    'output "a" {\n  value = 1 +\n}\n': ("a value was expected here", 2, 14),
    'output "a" {\n  value = [1, 2\n}\n': ("`}` does not close `[`", 3, 1),
    'output "a" {\n  value = f(,)\n}\n': ("a value was expected here, not `,`", 2, 13),
    'output "a" {\n  value = "b\n}\n': ("a text is never closed", 2, 11),
    'output "a" {\n  value = "${b"\n}\n': ("a text is never closed", 2, 15),
    'output "a" {\n  value = <<EOT\nb\n}\n': ("the heredoc `EOT` is never closed", 2, 11),
    'output "a" {\n  value = 1\n  value = 2\n}\n': ("`value` is written twice", 3, 3),
    'output "a" {\n  value = 1 } output "b" {}\n': ("a new line was expected here, not `output`", 2, 15),
    'output "a" {\n  value 1\n}\n': ("a label or `{` was expected here, not a number", 2, 9),
    'output "a" {\n  "value" = 1\n}\n': ("an argument or a block was expected here, not a text", 2, 3),
    'output "a" {\n  value = 1)\n}\n': ("`)` closes nothing", 2, 12),
    "}\n": ("a block was expected here, not `}`", 1, 1),
    "a = 1\n": ("the argument `a` stands outside of any block", 1, 1),
    "/* never\n": ("a comment is never closed", 1, 1),
    'output "a" {\n  value = é\x01\n}\n': ("a stray character", 2, 12),
    'resource "a" "b" {\n  x = (1]\n}\n': ("`]` does not close `(`", 2, 9),
}
GOOD = (
    '[for s in range(3) : "subnet-${s}" if s != 1]',
    "{ for k, v in var.m : k => v... }",
    '{ a = 1, "b" : 2\n  (var.c) = 3\n}',
    "var.a ? -1 : !var.b && c.d[0].e[*].f",
    "a.0.b.*.c",
    '"${join(",", ["}", "\\"", "$${x}"])} %{ if true }y%{ endif }"',
    '<<-EOT\n    text } ${upper("x")}\n    EOT',
    "provider::aws::arn_parse(x).region",
    "f(\n  1,\n  2,\n)",
    "{\n  a = [\n    1,\n  ]\n\n  b = {}\n}",
    "1 + 2 * (3 - -4) >= 5 || a",
    "in",
    "{ in = 1, if = 2 }",
)
LITERALS: dict[str, Any] = {
    "true": True,
    "null": None,
    "-5": -5,
    "1.5e3": 1500.0,
    '"a\\tb\\u00e9 $${x} \\"q\\""': 'a\tb\u00e9 ${x} "q"',
    "[1, [true], {}]": [1, [True], {}],
    '{ a = 1, "b c" : { d = null } }': {"a": 1, "b c": {"d": None}},
    "<<EOT\n  two\nlines\nEOT": "  two\nlines\n",
    "<<-EOT\n    two\n      lines\n    EOT": "two\n  lines\n",
}


def value(expression: str) -> Any:
    (block,) = blocks_of(f"a {{\n  x = {expression}\n}}\n", lambda _: True)
    return literal(block.attributes["x"].tokens)


@pytest.mark.parametrize("text", BAD)
def test_bad_hcl_is_a_sentence_at_its_place(text: str) -> None:
    with pytest.raises(HclError) as caught:
        blocks_of(text, lambda kind: kind == "output")
    at = place("x.tf", text, caught.value.at, caught.value.end)
    assert (caught.value.reason, at.line, at.column) == BAD[text]


@pytest.mark.parametrize("expression", GOOD)
def test_good_expressions_are_left_alone(expression: str) -> None:
    (block,) = blocks_of(f"a {{\n  x = {expression}\n  y = 1\n}}\n", lambda _: True)
    assert list(block.attributes) == ["x", "y"]


@pytest.mark.parametrize("expression", LITERALS)
def test_literals_have_their_value(expression: str) -> None:
    assert value(expression) == LITERALS[expression]


@pytest.mark.parametrize("expression", ["var.a", '"${a}"', "f(1)", "1 + 1", "[a]", "{ a = b }", "{ (a) = 1 }", "-a"])
def test_what_only_terraform_knows_is_no_literal(expression: str) -> None:
    with pytest.raises(NotLiteral):
        value(expression)


def test_comments_may_stand_anywhere() -> None:
    text = 'output /* before */ "a" /* and after */ { # here\n  // and\n  value /* x */ = /* } */ 1 # }\n}\n'
    (block,) = blocks_of(text, lambda _: True)
    assert block.names == ("a",)
    assert literal(block.attributes["value"].tokens) == 1


def test_nesting_is_bounded_and_reading_takes_time_in_proportion() -> None:
    started = time.perf_counter()
    for deep in ("[" * 5000 + "]" * 5000, '"${' * 5000, "{a=" * 5000, "(" * 5000):
        with pytest.raises(HclError):
            blocks_of(f"a {{\n  x = {deep}\n}}\n", lambda _: True)
    with pytest.raises(HclError, match="nested too deeply"):
        blocks_of("a {\n" * 5000 + "}\n" * 5000, lambda _: True)
    with pytest.raises(HclError, match="nested too deeply"):
        blocks_of("a {\n" + "b {\n" * 5000, lambda _: False)
    blocks_of('output "x" {\n  value = 1\n}\n' * 5000, lambda _: True)
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_it_reads_what_python_hcl2_reads(path: Path) -> None:
    text = path.read_text("utf-8")
    options = SerializationOptions(strip_string_quotes=True, explicit_blocks=False, with_comments=False)
    theirs: dict[str, Any] = hcl2.loads(text, serialization_options=options)
    ours = blocks_of(text, lambda _: True)
    for kind in ("output", "variable"):
        known = {name: body for entry in theirs.get(kind, []) for name, body in entry.items()}
        found = {block.names[0]: block for block in ours if block.kind.text == kind}
        assert list(found) == list(known)
        for name, body in known.items():
            assert set(body) <= {*found[name].attributes, *(b.kind.text for b in found[name].blocks)}
            if isinstance(body.get("description"), str) and "\\" not in body["description"]:
                assert literal(found[name].attributes["description"].tokens) == body["description"]


plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**12), 10**12)
    | st.text(st.characters(exclude_categories=("Cs", "Cc"))),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.from_regex(r"[a-z]{1,5}", fullmatch=True), inner, max_size=3)
    ),
    max_leaves=8,
)


def written(found: Any) -> str:
    if isinstance(found, str):
        text = found.replace("\\", "\\\\").replace('"', '\\"').replace("${", "$${").replace("%{", "%%{")
        return f'"{text}"'
    if isinstance(found, list):
        return "[" + ", ".join(map(written, found)) + "]"
    if isinstance(found, dict):
        return "{\n" + "\n".join(f"{k} = {written(v)}" for k, v in found.items()) + "\n}"
    return (
        {None: "null", True: "true", False: "false"}.get(found, str(found))
        if found is None or isinstance(found, bool)
        else str(found)
    )


@given(plain)
def test_what_is_written_is_read(found: Any) -> None:
    assert value(written(found)) == found


@given(st.text(alphabet='ab01"{}[]()=,.:?<-#/*$%\\\n \t', max_size=60))
def test_no_text_makes_it_stumble(text: str) -> None:
    whole = f'output "a" {{\n  value = {text}\n}}\n'
    with contextlib.suppress(HclError):
        assert blocks_of(whole, lambda _: True)[0].names == ("a",)
