"""States as OpenTofu seals them: vectors made here, by the format in its documentation and source."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from dativo_compile.terraform.encryption_config import Configured, providers_of
from dativo_compile.terraform.fault import StateFault
from dativo_compile.terraform.formats import read

PHRASE = "correct horse battery staple"
PLAIN = {
    "version": 4, "serial": 7, "lineage": "l",
    "outputs": {"bucket": {"value": "b", "type": "string"}, "key": {"value": "hunter2", "sensitive": True}},
}  # fmt: skip
CONFIGURATION = f"""
key_provider "pbkdf2" "main" {{
  passphrase = "{PHRASE}"  # kept elsewhere in real life
}}
method "unencrypted" "migration" {{}}
method "aes_gcm" "main" {{
  keys = key_provider.pbkdf2.main
}}
state {{
  method   = method.unencrypted.migration
  enforced = false
  fallback {{
    method = method.aes_gcm.main
  }}
}}
"""


def sealed(
    phrase: str = PHRASE, aad: bytes | None = None, plain: dict[str, Any] | None = None, **meta: Any
) -> dict[str, Any]:
    """The members of an encrypted state; `meta` are changes to what stands beside it."""
    said: dict[str, Any] = {"iterations": 1000, "hash_function": "sha512", "key_length": 32}
    said["salt"] = base64.b64encode(bytes(range(32))).decode()
    used = said | {k: v for k, v in meta.items() if k in ("hash_function", "key_length") and v in ("sha256", 16, 24)}
    key = hashlib.pbkdf2_hmac(used["hash_function"], phrase.encode(), bytes(range(32)), 1000, used["key_length"])
    nonce = bytes(range(12))
    data = nonce + AESGCM(key).encrypt(nonce, json.dumps(plain or PLAIN).encode(), aad)
    return {
        "serial": 7, "lineage": "l", "encryption_version": "v0", "encrypted_data": base64.b64encode(data).decode(),
        "meta": {"key_provider.pbkdf2.main": base64.b64encode(json.dumps(said | meta).encode()).decode()},
    }  # fmt: skip


def opened(outer: dict[str, Any], configuration: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("TF_ENCRYPTION", configuration)
    return read(json.dumps(outer).encode(), "x", Configured(None))


def refusal(outer: dict[str, Any], configuration: str, monkeypatch: pytest.MonkeyPatch) -> str:
    with pytest.raises(StateFault) as caught:
        opened(outer, configuration, monkeypatch)
    shown = caught.value.at(None)
    assert caught.value.__context__ is None, "another exception could hold the text"
    assert PHRASE not in repr(shown)
    assert "hunter2" not in repr(shown)
    return f"{shown.code.id} {shown.message}"


@pytest.mark.parametrize("meta", [{}, {"hash_function": "sha256"}, {"key_length": 16}, {"key_length": 24}])
def test_a_round_trip(meta: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    state = opened(sealed(**meta), CONFIGURATION, monkeypatch)
    assert (state.outputs["bucket"].value, state.outputs["key"].sensitive, state.serial) == ("b", True, 7)


def test_the_metadata_may_be_a_plain_object_and_have_another_name(monkeypatch: pytest.MonkeyPatch) -> None:
    outer = sealed()
    (written,) = outer["meta"].values()
    outer["meta"] = {"renamed": json.loads(base64.b64decode(written))}
    aliased = CONFIGURATION.replace("# kept", '\n  encrypted_metadata_alias = "renamed" #')
    assert opened(outer, aliased, monkeypatch).outputs["bucket"].value == "b"


def test_additional_data_of_the_method_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    configured = CONFIGURATION.replace(
        "keys = key_provider.pbkdf2.main", "keys = key_provider.pbkdf2.main\n  aad = [1, 2]"
    )
    assert opened(sealed(aad=b"\x01\x02"), configured, monkeypatch).serial == 7
    assert refusal(sealed(), configured, monkeypatch).startswith("DC3082")


def test_the_variable_goes_before_the_file_block_by_block(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "keys.hcl"
    file.write_text(CONFIGURATION.replace(f'"{PHRASE}"', "var.passphrase"))
    monkeypatch.setenv("TF_ENCRYPTION", json.dumps({"key_provider": {"pbkdf2": {"main": {"passphrase": PHRASE}}}}))
    (provider,) = providers_of(file) or ()
    assert provider.passphrase == PHRASE
    assert PHRASE not in repr(provider)
    monkeypatch.setenv("TF_ENCRYPTION", " ")
    assert providers_of(None) is None


REFUSED: dict[str, dict[str, Any]] = {
    "for more than 5,000,000 iterations, or for none": {"iterations": 10**15},
    "more than 5,000,000 iterations, or for none": {"iterations": 0},
    "key is not 16, 24 or 32 bytes long": {"key_length": 2**31},
    "its key is not 16, 24 or 32 bytes long": {"key_length": True},
    "neither `sha256` nor `sha512`": {"hash_function": "md5"},
    "no usable salt": {"salt": ""},
    "it has no usable salt": {"salt": base64.b64encode(bytes(4096)).decode()},
}


@pytest.mark.parametrize("reason", REFUSED)
def test_what_the_state_asks_for_is_bounded(reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    said = refusal(sealed(**REFUSED[reason]), CONFIGURATION, monkeypatch)
    assert said.startswith("DC3081") and reason in said


@pytest.mark.parametrize("kind", ["aws_kms", "gcp_kms", "azure_vault", "openbao", "external", "xor"])
def test_other_key_providers_are_refused_by_name(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    outer = sealed()
    outer["meta"] = {f"key_provider.{kind}.main": "e30="}
    assert f"its key comes from `{kind}`" in refusal(outer, CONFIGURATION, monkeypatch)
    configured = CONFIGURATION.replace("pbkdf2", kind)
    assert f"its key comes from `{kind}`" in refusal(outer, configured, monkeypatch)


def test_what_does_not_fit_is_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    assert refusal(sealed("another one, and long enough"), CONFIGURATION, monkeypatch).startswith("DC3082")
    for name, other in (("serial", 6), ("lineage", "m")):
        assert f"its {name} is not the one" in refusal(sealed(plain=PLAIN | {name: other}), CONFIGURATION, monkeypatch)
    outer = sealed()
    assert refusal(outer | {"encryption_version": "v1"}, CONFIGURATION, monkeypatch).startswith("DC3081")
    assert refusal(outer | {"encrypted_data": "AAAA"}, CONFIGURATION, monkeypatch).startswith("DC3081")
    assert refusal(outer | {"serial": "7"}, CONFIGURATION, monkeypatch).startswith("DC3083")
    monkeypatch.delenv("TF_ENCRYPTION")
    with pytest.raises(StateFault) as caught:
        read(json.dumps(outer).encode(), "x", Configured(None))
    assert caught.value.code.id == "DC3016"


CONFIGURATIONS = {
    "is not HCL: `TF_ENCRYPTION` has a fault in line 1": f'key_provider "{PHRASE}',
    "is not JSON, though": '{"key_provider": ' + PHRASE,
    "gives no literal passphrase for `pbkdf2.main`": CONFIGURATION.replace(f'"{PHRASE}"', f'"${{{PHRASE}}}"'),
    "fewer than 16 characters": CONFIGURATION.replace(PHRASE, "short"),
    "names no method for the state": 'key_provider "pbkdf2" "main" {}\nstate {}\n',
    "has no method `aes_gcm.other`": CONFIGURATION.replace("method.aes_gcm.main", "method.aes_gcm.other"),
    "has the method `external`": CONFIGURATION.replace("aes_gcm", "external"),
}


@pytest.mark.parametrize("reason", CONFIGURATIONS)
def test_a_configuration_is_never_quoted(reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    said = refusal(sealed(), CONFIGURATIONS[reason], monkeypatch)
    assert said.startswith("DC3080") and reason in said
