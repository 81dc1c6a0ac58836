"""States that OpenTofu encrypted, opened with the user's own configuration.

https://opentofu.org/docs/language/state/encryption/ : PBKDF2 makes a key of a passphrase, AES-GCM seals the state. What
stands beside the sealed text is not trusted: it says how much work the key takes.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dativo_compile.diagnostics.codes.encryption import (
    DECRYPTED_DIFFERS,
    DECRYPTION_FAILED,
    ENCRYPTION_REFUSED,
)
from dativo_compile.terraform.backends.transfer import extra_missing
from dativo_compile.terraform.fault import StateFault

HASHES = ("sha256", "sha512")
MOST_ITERATIONS = 5_000_000  # some three seconds
KEY_LENGTHS = (16, 24, 32)  # bytes; AES has no others
LONGEST_SALT = 1024
NONCE = 12
OTHER_HELP = "where the key is at hand: `tofu output -json > FILE`, then `--state WORKSPACE=FILE`"
VERSION = "v0"


@dataclass(frozen=True, slots=True)
class Provider:
    """A `pbkdf2` key provider. `label` is what the state calls it."""

    label: str
    passphrase: str = field(repr=False)
    aad: bytes = b""


def opened(outer: Mapping[str, Any], providers: tuple[Provider, ...]) -> bytes:
    """The plain state inside the members of an encrypted one, by the first provider that fits. Raises `StateFault`."""
    if outer.get("encryption_version") != VERSION:
        raise _refused("its format is not `v0`")
    meta = outer.get("meta")
    sealed = _bytes(outer.get("encrypted_data"))
    if not isinstance(meta, dict) or sealed is None or len(sealed) <= NONCE:
        raise _refused("its parts are not there")
    known = [provider for provider in providers if provider.label in meta]
    if not known:
        raise _unknown_provider(meta, providers)
    for provider in known:
        plain = _unsealed(sealed, _key(provider, meta[provider.label]), provider.aad)
        if plain is not None:
            _check_same(outer, plain)
            return plain
    names = ", ".join(f"`{provider.label}`" for provider in known)
    raise StateFault(
        DECRYPTION_FAILED, provider=names, help="check the passphrase: it is another one, or the file is damaged"
    )


def _key(provider: Provider, written: Any) -> bytes:
    """Bounded before any work is done."""
    found = _object(written)
    salt = _bytes(found.get("salt"))
    rounds, length, name = found.get("iterations"), found.get("key_length"), found.get("hash_function")
    if salt is None or not 0 < len(salt) <= LONGEST_SALT:
        raise _refused("it has no usable salt")
    if type(rounds) is not int or not 0 < rounds <= MOST_ITERATIONS:
        raise _refused(f"it asks for more than {MOST_ITERATIONS:,} iterations, or for none")
    if type(length) is not int or length not in KEY_LENGTHS:
        raise _refused("its key is not 16, 24 or 32 bytes long")
    if name not in HASHES:
        raise _refused("its hash function is neither `sha256` nor `sha512`")
    return hashlib.pbkdf2_hmac(str(name), provider.passphrase.encode(), salt, rounds, length)


def _unsealed(sealed: bytes, key: bytes, aad: bytes) -> bytes | None:
    """Absent for another key."""
    try:
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    except ImportError:
        missing = True
    else:
        missing = False
    if missing:
        raise extra_missing("OpenTofu encryption", "cryptography", "tofu")
    try:
        return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], aad or None)
    except InvalidTag:
        return None


def _check_same(outer: Mapping[str, Any], plain: bytes) -> None:
    """What is sealed must be what the outside says: an older state could have been put into a newer one's place."""
    inner = _object(plain)
    for name in ("serial", "lineage"):
        if inner.get(name) != outer.get(name):
            raise StateFault(DECRYPTED_DIFFERS, what=name, help="fetch the state again; it was put together by hand")


def _unknown_provider(meta: dict[str, Any], providers: tuple[Provider, ...]) -> StateFault:
    """Another kind of key provider is refused by its name; a `pbkdf2` is one that the configuration lacks."""
    kinds = sorted({parts[1] for label in meta if len(parts := label.split(".")) > 2 and parts[0] == "key_provider"})
    other = [kind for kind in kinds if kind != "pbkdf2"]
    if other:
        return _refused(f"its key comes from `{other[0]}`, and only `pbkdf2` is read")
    names = ", ".join(f"`{label}`" for label in sorted(meta)) or "none"
    notes = (f"the configuration has {', '.join(f'`{p.label}`' for p in providers) or 'no `pbkdf2` key provider'}",)
    return _refused(f"its key provider is {names}, which the configuration does not have", notes)


def _refused(reason: str, notes: tuple[str, ...] = ()) -> StateFault:
    return StateFault(ENCRYPTION_REFUSED, reason=reason, notes=notes, help=OTHER_HELP)


def _object(written: Any) -> dict[str, Any]:
    """An object as such, as JSON, or as base64 of JSON; empty for anything else."""
    if isinstance(written, str):
        written = _bytes(written)
    if isinstance(written, bytes):
        try:
            written = json.loads(written)
        except (ValueError, RecursionError):
            return {}
    return written if isinstance(written, dict) else {}


def _bytes(written: Any) -> bytes | None:
    try:
        return base64.b64decode(written, validate=True) if isinstance(written, str) else None
    except (binascii.Error, ValueError):
        return None
