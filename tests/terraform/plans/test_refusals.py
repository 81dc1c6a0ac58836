"""Files that are no plan: what they are, and what to run instead."""

from __future__ import annotations

import pytest

from dativo_compile.terraform.fault import StateFault
from dativo_compile.terraform.plans.reading import read_plan
from tests.terraform.plans.documents import change, plan

SHOWN = b'{"format_version": "1.0", "terraform_version": "1.11.4", "values": {"outputs": {}, "root_module": {}}}'
FILES = {
    "nothing": (b"", "DC8382", "it is empty"),
    "white space": (b" \n", "DC8382", "it is empty"),
    "the plan itself": (b"PK\x03\x04\x14\x00\x08\x00", "DC8383", "only Terraform can read"),
    "a state": (b'{"version": 4, "serial": 1, "lineage": "l", "outputs": {}}', "DC8384", "a state, not a plan"),
    "an old state": (b'{"version": 3, "serial": 1, "modules": []}', "DC8384", "a state, not a plan"),
    "a state that is shown": (SHOWN, "DC8384", "without a plan's name"),
    "an empty state that is shown": (b'{"format_version": "1.0"}', "DC8384", "without a plan's name"),
    "outputs": (b'{"a": {"value": 1, "type": "number", "sensitive": false}}', "DC8384", "terraform output -json"),
    "a log": (
        b'{"@level":"info","@message":"Terraform 1.11.4","type":"version"}\n{"@level":"info"}\n',
        "DC8382",
        "log",
    ),
    "a log of one line": (b'{"@level":"info","@message":"Terraform 1.11.4"}', "DC8382", "log"),
    "a text": (b"\x1b[0m\nTerraform will perform the following actions:\n  # a.b {\n", "DC8382", "for people"),
    "a text of nothing": (b"\nNo changes. Your infrastructure matches the configuration.\n", "DC8382", "for people"),
    "a text that refreshes": (b'a.b["x"]: Refreshing state... [id=1]\n\nChanges to Outputs:\n', "DC8382", "for people"),
    "an encrypted one": (b'{"encrypted_data": "x", "encryption_version": "v0", "meta": {}}', "DC8382", "encrypted"),
    "a page": (b"<!doctype html><html></html>", "DC8382", "HTML or XML page"),
    "a part of a plan": (plan({"a": change("x", "y")})[:150], "DC8382", "ends in the middle"),
    "UTF-16": ("{}".encode("utf-16"), "DC8382", "UTF-16"),
    "a byte order mark": (b"\xef\xbb\xbf{}", "DC8382", "byte order mark"),
    "bytes": (b'{"format_version": "1.2", \xff', "DC8382", "not UTF-8"),
    "bytes in an output": (
        plan({"a": change("x", "y")}).replace(b'"y"', b'"\xff"'),
        "DC8382",
        "bytes of another encoding",
    ),
    "an object": (b"{}", "DC8382", "no `format_version`"),
    "a list": (b"[]", "DC8382", "it is a list"),
    "a number": (b"5", "DC8382", "it is a number"),
    "a pointer": (b'{"version": 3, "backend": {"type": "s3"}}', "DC8382", "no `format_version`"),
    "a plan of nothing": (b'{"format_version": "1.2", "configuration": {}}', "DC8382", "plans nothing"),
    "NaN": (b'{"format_version": NaN}', "DC8382", "`NaN`"),
    "too deep": (b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "DC8382", "too deeply"),
}


@pytest.mark.parametrize("name", FILES)
def test_it_is_named_with_what_to_run(name: str) -> None:
    data, code, words = FILES[name]
    with pytest.raises(StateFault) as caught:
        read_plan(data, "plan.json")
    found = caught.value.at(None)
    assert (found.code.id, words in found.message) == (code, True), found.message
    assert "show -json" in found.help
    assert caught.value.__context__ is None, "a decoder's error keeps the whole text"
