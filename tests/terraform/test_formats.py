"""States in each format, told apart by content; near-misses refused by name; nothing sensitive kept."""

from __future__ import annotations

import gc
import json
import zipfile
from io import BytesIO
from typing import Any

import pytest

from dativo_compile.diagnostics.diagnostic import Diagnostic
from dativo_compile.model.output import Sensitive, State
from dativo_compile.model.place import Place
from dativo_compile.terraform.fault import StateFault
from dativo_compile.terraform.formats import read

SENTINEL = "sentinel-7d1f"
OUTPUTS: dict[str, Any] = {
    "bucket": {"value": "acme-lake", "type": "string"},
    "port": {"value": 5432, "type": "number"},
    "huge": {"value": 12345678901234567890123456789, "type": "number"},
    "off": {"value": "", "type": "string"},
    "zones": {"value": ["a", "b"], "type": ["tuple", ["string", "string"]]},
    "login": {"value": {"user": "etl", "password": SENTINEL}, "type": "dynamic", "sensitive": True},
}
SHOWN = {name: {"sensitive": False, **output} for name, output in OUTPUTS.items()}
FORMATS: dict[str, Any] = {
    "v4": {"version": 4, "serial": 7, "lineage": "l", "outputs": OUTPUTS, "resources": [{"x": 1}]},
    "v3": {"version": 3, "serial": 7, "lineage": "l", "modules": [
        {"path": ["root", "child"], "outputs": {"inner": {"value": "no", "type": "string"}}},
        {"path": ["root"], "outputs": SHOWN, "resources": {}},
    ]},
    "output": SHOWN,
    "show": {"format_version": "1.0", "terraform_version": "1.11.4", "values": {"outputs": SHOWN, "root_module": {}}},
}  # fmt: skip


def text(value: Any) -> bytes:
    return json.dumps(value).encode()


def fault_of(data: bytes) -> Diagnostic:
    with pytest.raises(StateFault) as raised:
        read(data, "x")
    assert raised.value.__context__ is None  # a decoder's error would keep the text
    return raised.value.at(Place.whole("x"))


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_the_same_outputs(name: str) -> None:
    state = read(text(FORMATS[name]), "states/acme")
    plain = {n: o.value for n, o in state.outputs.items() if not o.sensitive}
    assert plain == {n: o["value"] for n, o in OUTPUTS.items() if n != "login"}
    assert list(state.outputs) == sorted(OUTPUTS)
    assert state.outputs["zones"].type == ["tuple", ["string", "string"]]
    assert (state.serial, state.lineage) == ((7, "l") if name in ("v3", "v4") else (None, None))


@pytest.mark.parametrize("name", FORMATS)
def test_a_sensitive_value_is_forgotten_where_it_is_read(name: str) -> None:
    state = read(text(FORMATS[name]), "x")
    login = state.outputs["login"].value
    assert isinstance(login, Sensitive)
    assert sorted(login.parts) == ["password", "user"]
    gc.collect()
    reached = gc.get_referents(*gc.get_referents(*gc.get_referents(login, login.parts)))
    assert SENTINEL not in reached
    assert SENTINEL not in repr(state)


def test_an_output_may_have_any_name() -> None:
    odd = {name: {"value": 1, "type": "number", "sensitive": False} for name in ("version", "values", "backend")}
    assert isinstance(read(text(odd), "x"), State)


def test_numbers_are_exact_or_named() -> None:
    data = b'{"a": {"type": "number", "sensitive": false, "value": [0.1, 1.50, 2e3, 0.12345678901234567890, 1e999]}}'
    output = read(data, "x").outputs["a"]
    assert output.value[:3] == [0.1, 1.5, 2000.0]
    assert output.inexact == ("0.12345678901234567890", "1e999")


def test_an_inexact_number_of_a_sensitive_output_is_not_named() -> None:
    data = b'{"a": {"type": "number", "sensitive": true, "value": 0.12345678901234567890}}'
    assert read(data, "x").outputs["a"].inexact == ()


def zipped() -> bytes:
    memory = BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        archive.writestr("tfplan", "x")
    return memory.getvalue()


V4 = text(FORMATS["v4"])
ENCRYPTED = {
    "serial": 1, "lineage": "l", "meta": {"key_provider.pbkdf2.mine": "e30="}, "encrypted_data": "AA==",
    "encryption_version": "v0",
}  # fmt: skip
NEAR_MISSES: list[tuple[str, bytes, str, str]] = [
    ("empty", b"", "state-empty", "the state file is empty"),
    ("blank", b" \n" * 600, "state-empty", "the state file is empty"),
    ("mark", b"\xef\xbb\xbf" + V4, "state-encoding", "it begins with a byte order mark"),
    ("utf16", V4.decode().encode("utf-16"), "state-encoding", "it is UTF-16"),
    ("byte", V4.replace(b"acme-lake", b"acme\xfflake"), "state-encoding", "not plain UTF-8"),
    ("surrogate", V4.replace(b"acme-lake", b"\\ud800"), "state-encoding", "half of a surrogate pair"),
    ("binary plan", zipped(), "state-is-plan", "this is a plan"),
    ("gzip", b"\x1f\x8b\x08", "state-not-json", "compressed by gzip"),
    ("html", b"\n<!doctype html><html>", "state-is-page", "HTML or XML page"),
    ("truncated", V4[:200], "state-truncated", "ends in the middle"),
    ("in a string", V4[: V4.index(b"acme-lake") + 3], "state-truncated", "ends in the middle"),
    ("no json", b'{"a": }', "state-not-json", "line 1, column 7"),
    ("trailing", V4 + b"{}", "state-not-json", "extra data at line 1"),
    ("hcl", b'bucket = "x"\n', "state-not-json", "without `-json`"),
    ("nan", V4.replace(b"5432", b"NaN"), "state-not-json", "`NaN` is no JSON number"),
    ("infinite", V4.replace(b"5432", b"-Infinity"), "state-not-json", "`-Infinity` is no JSON number"),
    ("deep", V4.replace(b"5432", b"[" * 9000 + b"]" * 9000), "state-not-json", "nested too deeply"),
    ("digits", V4.replace(b"5432", b"1" * 5000), "number-refused", "a number of 5,000 digits"),
    ("pointer", text({"version": 3, "backend": {"type": "s3", "config": {}}}), "state-is-pointer", "backend, `s3`"),
    ("plan", text({"format_version": "1.2", "planned_values": {}}), "state-is-plan", "this is a plan"),
    ("encrypted", text(ENCRYPTED), "state-encrypted", "encrypted by OpenTofu"),
    ("newer", text({"version": 5, "outputs": OUTPUTS}), "state-version", "format version 5"),
    ("list", b"[1]", "state-unknown", "it is a list"),
    ("bare value", b'"acme-lake"', "state-unknown", "it is a text"),
    ("other", text({"name": "acme"}), "state-unknown", "it has no `version`"),
    ("odd outputs", text({"version": 4, "outputs": [1]}), "state-unknown", "`outputs` is a list"),
    ("odd output", text({"version": 4, "outputs": {"a": "x"}}), "output-malformed", "the output `a`"),
    ("no value", text({"version": 4, "outputs": {"a": {"type": "string"}}}), "output-malformed", "no `value`"),
    (
        "odd flag",
        text({"version": 4, "outputs": {"a": {"value": 1, "sensitive": "no"}}}),
        "output-malformed",
        "neither",
    ),
    ("never applied", b"{}", "state-no-outputs", "no outputs at all"),
    ("destroyed", text({"version": 4, "outputs": {}, "resources": []}), "state-no-outputs", "no outputs at all"),
    ("shown empty", text({"format_version": "1.0"}), "state-no-outputs", "no outputs at all"),
    ("null outputs", text({"version": 4, "outputs": None}), "state-no-outputs", "no outputs at all"),
]


@pytest.mark.parametrize(("data", "name", "said"), [case[1:] for case in NEAR_MISSES], ids=[c[0] for c in NEAR_MISSES])
def test_what_is_no_state_is_refused_by_name(data: bytes, name: str, said: str) -> None:
    diagnostic = fault_of(data)
    assert diagnostic.code.name == name
    assert said in diagnostic.message
    assert diagnostic.help


def test_an_encrypted_state_names_its_key_provider() -> None:
    assert fault_of(text(ENCRYPTED)).notes == ("key provider: `pbkdf2`",)


@pytest.mark.parametrize("cut", range(0, len(V4), 7))
def test_no_fault_shows_text_of_the_state(cut: int) -> None:
    broken = V4[:cut] + b"\x00" + V4[cut:]
    with pytest.raises(StateFault) as raised:
        read(broken, "x")
    assert "acme" not in str(vars(raised.value))
    assert SENTINEL not in str(vars(raised.value))
