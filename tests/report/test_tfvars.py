"""Values for Terraform: read back by our own reader of HCL (which tests/system compares with the real one)."""

from __future__ import annotations

import json
from typing import Any

import hcl2
import pytest
from hcl2.utils import SerializationOptions
from hypothesis import given
from hypothesis import strategies as st

from dativo_compile.report.tfvars import is_name, render, variable_of
from dativo_compile.terraform.hcl.literals import literal
from dativo_compile.terraform.hcl.quoting import quoted
from dativo_compile.terraform.hcl.tokens import tokens_of

SIGNS = '${}%"\\\n\r\t~ é\u0301\u2028\ufeff\x01\x7f😀#/*ab'
TEXTS = st.text(alphabet=SIGNS, max_size=12) | st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
TAGS = st.dictionaries(TEXTS, TEXTS, max_size=6)


def read(text: str) -> dict[str, Any]:
    """The assignments of a file of variables."""
    tokens = [token for token in tokens_of(text) if token.kind not in ("newline", "end")]
    assert tokens[1].kind == "="
    return {tokens[0].text: literal(tokens[2:])}


@given(TAGS)
def test_every_text_comes_back_from_a_file_of_variables(tags: dict[str, str]) -> None:
    assert read(render({"acme-prod": tags}, "tags", "tfvars")) == {"tags": tags}


@given(TAGS)
def test_every_text_comes_back_from_json(tags: dict[str, str]) -> None:
    assert json.loads(render({"acme-prod": tags}, "tags", "json")) == {"tags": tags}


@given(st.dictionaries(st.sampled_from(["acme-prod", "acme-dev", "x", "null"]), TAGS, min_size=2))
def test_several_are_a_map_by_name(homes: dict[str, dict[str, str]]) -> None:
    assert read(render(homes, "tags", "tfvars")) == {"tags": homes}
    assert json.loads(render(homes, "tags", "json")) == {"tags": homes}


PLAIN = {"CostCenter": "DATA-001", "Owner": "data-team@acme.example", "infrastructure.owner": "a b"}


@pytest.mark.parametrize("homes", [{"acme-prod": PLAIN}, {"acme-prod": PLAIN, "acme-dev": {"CostCenter": "X"}}])
def test_locals_are_what_python_hcl2_reads(homes: dict[str, dict[str, str]]) -> None:
    options = SerializationOptions(strip_string_quotes=True, explicit_blocks=False, with_comments=False)
    (block,) = hcl2.loads(render(homes, "dativo_tags", "hcl"), serialization_options=options)["locals"]
    assert block == {"dativo_tags": homes if len(homes) > 1 else PLAIN}


def test_signs_stand_below_one_another_as_terraform_fmt_puts_them() -> None:
    assert render({"acme-prod": {"b": "1", "a.b": "2", "Zoë": "3"}}, "labels", "tfvars") == (
        '# Made by `dativo tags export` for acme-prod.\nlabels = {\n  "Zoë" = "3"\n  "a.b" = "2"\n  b     = "1"\n}\n'
    )


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a", '"a"'),
        ('say "hi"', r'"say \"hi\""'),
        ("${a}", '"$${a}"'),
        ("$${a}", '"$$${a}"'),
        ("100%", '"100%"'),
        ("%{if}", '"%%{if}"'),
        ("a\nb\t\\", r'"a\nb\t\\"'),
        ("\x1b[0m\u2028", r'"\u001b[0m\u2028"'),
    ],
)
def test_what_means_something_to_hcl_is_escaped(text: str, written: str) -> None:
    assert quoted(text) == written


def test_variables_are_called_as_in_the_reference_modules() -> None:
    assert [variable_of(cloud, "json") for cloud in ("aws", "gcp", "azure")] == ["tags", "labels", "tags"]
    assert variable_of("gcp", "hcl") == "dativo_labels"
    assert [is_name(text) for text in ("tags", "_t1", "1t", "a-b", "null", "")] == [
        True,
        True,
        False,
        False,
        False,
        False,
    ]
