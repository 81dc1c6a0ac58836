"""What a module declares: override files, JSON, flags, types, and what a job may give to a variable."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dativo_compile.terraform.hcl.tokens import HclError, tokens_of
from dativo_compile.terraform.modules.module import Module, read_module
from dativo_compile.terraform.modules.types import Type, misfit, type_of


def module(root: Path, **files: str) -> Module:
    for name, text in files.items():
        (root / "m").mkdir(exist_ok=True)
        (root / "m" / name.replace("__", ".")).write_text(text)
    found = read_module(root, "m")
    assert found is not None
    return found


def faults(found: Module) -> list[str]:
    return [f"{place.file}:{place.line} {reason}" for place, reason, _ in found.faults]


def parsed(text: str) -> Type:
    return type_of([token for token in tokens_of(text) if token.kind != "end"])


def test_a_folder_without_terraform_files_is_no_module(tmp_path: Path) -> None:
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "terraform.tfstate").write_text("{}")
    (tmp_path / "m" / ".hidden.tf").write_text("}")
    (tmp_path / "m" / "folder.tf").mkdir()
    assert read_module(tmp_path, "m") is None
    assert read_module(tmp_path, "nowhere") is None


@pytest.mark.parametrize("written", ["true", '"true"', "false", '"false"', "var.x", "null"])
def test_flags_are_read_as_terraform_reads_them(tmp_path: Path, written: str) -> None:
    found = module(tmp_path, main__tf=f'output "a" {{\n  value = 1\n  sensitive = {written}\n}}\n')
    assert found.outputs["a"].sensitive == ("true" in written)


def test_positions_count_from_one_and_name_the_label(tmp_path: Path) -> None:
    found = module(tmp_path, main__tf='# é\noutput /* c */ "a" {\n  description = "d"\n  value = 1\n}\n')
    place = found.outputs["a"].place
    assert (place.file, place.line, place.column, place.end_column) == ("m/main.tf", 2, 16, 19)
    assert found.outputs["a"].description == "d"


def test_override_files_go_last_argument_by_argument(tmp_path: Path) -> None:
    found = module(
        tmp_path,
        a_override__tf='output "a" {\n  sensitive = true\n}\nvariable "v" {\n  default = 1\n}\n',
        override__tf__json=json.dumps({"variable": {"v": {"type": "number"}}}),
        main__tf='output "a" {\n  description = "kept"\n  value = 1\n}\nvariable "v" {\n  type = string\n}\n',
    )
    assert found.whole
    assert (found.outputs["a"].sensitive, found.outputs["a"].description) == (True, "kept")
    assert (str(found.variables["v"].type), found.variables["v"].required) == ("number", False)
    assert found.outputs["a"].place.file == "m/main.tf"


def test_json_may_hold_lists_at_each_level(tmp_path: Path) -> None:
    top: Any = [{"output": [{"a": {"value": 1}}, {"b": [{"value": 2, "sensitive": "true"}]}], "//": "a comment"}]
    found = module(tmp_path, main__tf__json=json.dumps(top, indent=2))
    assert (sorted(found.outputs), found.outputs["b"].sensitive) == (["a", "b"], True)


def test_each_file_tells_its_own_faults(tmp_path: Path) -> None:
    found = module(
        tmp_path,
        a__tf='output "x" {\n  value = 1\n}\n',
        b__tf='variable "v" {}\noutput "x" {\n  value = 1\n}\noutput "y" {}\n',
        c__tf='variable "t" {\n  type = strin\n}\n',
        d__tf__json='{"variable": {"u": {"type": "list(strin)"}}}',
        e__tf="\ufeff# a byte order mark is stepped over\n",
    )
    (tmp_path / "m" / "f.tf").write_bytes(b"\xff")
    (tmp_path / "m" / "g.tf").symlink_to("/dev/null")
    assert faults(found) == [
        "m/b.tf:2 the output `x` is declared twice",
        "m/b.tf:5 the output `y` has no `value`",
        "m/c.tf:2 there is no type `strin`",
        "m/d.tf.json:1 the type of this variable: there is no type `strin`",
    ]
    assert faults(module(tmp_path))[4:] == ["m/f.tf:1 is not UTF-8"], "a device is no file of a module"
    (tmp_path / "m" / "h.tf").symlink_to(__file__)
    assert faults(module(tmp_path))[5:] == ["m/h.tf:1 is a symbolic link that leaves the project"]


def test_tfvars_say_which_variables_are_given(tmp_path: Path) -> None:
    (tmp_path / "m" / "env").mkdir(parents=True)
    (tmp_path / "m" / "env" / "prod.tfvars").write_text('a = "x"\nb = {\n  not_me = 1\n}\n')
    found = module(tmp_path, main__tf="", terraform__tfvars__json='{"c": 1}', broken__auto__tfvars='d = "')
    assert found.given == {"a", "b", "c"}


TYPES = {
    "string": "string",
    '"string"': "string",
    "list": "list(any)",
    "set(number)": "set(number)",
    "map(list(bool))": "map(list(bool))",
    "tuple([string, number,])": "tuple([string, number])",
    'object({a = string, "b": optional(number, 1 + 2)\n c = optional(object({}))})':
        "object({a = string, b = optional(number), c = optional(object({}))})",
}  # fmt: skip


@pytest.mark.parametrize("text", TYPES)
def test_types_are_read(text: str) -> None:
    assert str(parsed(text)) == TYPES[text]


@pytest.mark.parametrize(
    "text", ["strin", "list(", "list(string", "object(string)", "string string", "1", "object({a})"]
)
def test_what_is_no_type_is_refused(text: str) -> None:
    with pytest.raises(HclError):
        parsed(text)


FITS: list[tuple[str, Any, bool]] = [
    ("string", 1, True), ("string", True, True), ("string", [], False), ("number", "1.5", True), ("number", "x", False),
    ("number", True, False), ("bool", "true", True), ("bool", 1, False), ("bool", None, True),
    ("any", {"a": [1]}, True),
    ("list(number)", [1, "2"], True), ("list(number)", ["x"], False), ("list(number)", "x", False),
    ("set(string)", ["a"], True), ("map(number)", {"a": 1}, True), ("map(number)", {"a": "x"}, False),
    ("map(number)", [1], False), ("tuple([string, bool])", ["a", True], True), ("tuple([string])", [], False),
    ("object({a = string})", {"a": 1, "b": 2}, True), ("object({a = string})", {}, False),
    ("object({a = optional(string)})", {}, True), ("object({a = object({b = bool})})", {"a": {"b": 2}}, False),
]  # fmt: skip


@pytest.mark.parametrize(("wanted", "value", "fits"), FITS)
def test_values_fit_by_terraforms_conversions(wanted: str, value: Any, fits: bool) -> None:
    assert (misfit(value, parsed(wanted)) is None) is fits


def test_a_misfit_says_where_and_never_what() -> None:
    wanted = parsed("object({a = list(map(number))})")
    assert misfit({"a": [{"k": 1}, {"k": "hunter2"}]}, wanted) == "at `a[1].k` a number is wanted, not a string"
