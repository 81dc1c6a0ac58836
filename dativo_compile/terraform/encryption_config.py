"""The user's OpenTofu encryption configuration: the text of TF_ENCRYPTION, or of a file, in HCL or JSON.

No message quotes any of it: it holds the passphrase.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dativo_compile.diagnostics.codes.encryption import ENCRYPTION_CONFIGURATION
from dativo_compile.terraform.encryption import Provider, opened
from dativo_compile.terraform.fault import StateFault
from dativo_compile.terraform.hcl.blocks import Block, blocks_of
from dativo_compile.terraform.hcl.literals import NotLiteral, literal
from dativo_compile.terraform.hcl.tokens import HclError

VARIABLE = "TF_ENCRYPTION"
SHORTEST = 16  # characters of a passphrase; OpenTofu's own rule
LARGEST = 1_000_000  # bytes
Tree = dict[str, Any]


class Configured:
    """Opens states with what the user has configured, which is read when the first of them needs it."""

    def __init__(self, file: Path | None) -> None:
        self._file = file

    def __call__(self, outer: Mapping[str, Any]) -> bytes | None:
        """The plain state inside; absent without a configuration. Raises `StateFault`."""
        providers = providers_of(self._file)
        return None if providers is None else opened(outer, providers)


def providers_of(file: Path | None) -> tuple[Provider, ...] | None:
    """The `pbkdf2` providers behind the state's method and its fallbacks; absent without a configuration.

    TF_ENCRYPTION goes before the file, block by block. Raises `StateFault`.
    """
    trees = [_tree(_text(file), "the file")] if file else []
    if os.environ.get(VARIABLE, "").strip():
        trees.append(_tree(os.environ[VARIABLE], f"`{VARIABLE}`"))
    whole: Tree = {}
    for tree in trees:
        whole = _over(whole, tree)
    return _providers(whole) if trees else None


def _providers(tree: Tree) -> tuple[Provider, ...]:
    found: list[Provider] = []
    block = _inner(tree, "state")
    if not block:
        raise _fault("names no method for the state")
    while block:
        kind, name = _reference(block.get("method"), "method")
        if kind == "aes_gcm":
            method = _inner(tree, "method", kind, name)
            if not method:
                raise _fault(f"has no method `aes_gcm.{name}`")
            provider = _provider(tree, method)
            if provider is not None:
                found.append(provider)
        elif kind != "unencrypted":
            raise _fault("names no method for the state" if not kind else f"has the method `{kind}`, which is not read")
        block = _inner(block, "fallback")
    return tuple(found)


def _provider(tree: Tree, method: Tree) -> Provider | None:
    """Absent for a provider of another kind: the state itself says which it needs."""
    kind, name = _reference(method.get("keys"), "key_provider")
    if not kind:
        raise _fault("has a method without `keys`")
    if kind != "pbkdf2":
        return None
    settings = _inner(tree, "key_provider", kind, name)
    passphrase = settings.get("passphrase")
    if not isinstance(passphrase, str) or passphrase.startswith("${"):
        raise _fault(f"gives no literal passphrase for `pbkdf2.{name}`")
    if len(passphrase) < SHORTEST:
        raise _fault(f"has a passphrase of fewer than {SHORTEST} characters for `pbkdf2.{name}`")
    label = settings.get("encrypted_metadata_alias")
    return Provider(str(label) if label else f"key_provider.pbkdf2.{name}", passphrase, _aad(method.get("aad")))


def _aad(written: Any) -> bytes:
    if isinstance(written, list) and all(type(n) is int and 0 <= n < 256 for n in written):
        return bytes(written)
    return written.encode() if isinstance(written, str) else b""


def _reference(written: Any, root: str) -> tuple[str, str]:
    """`${key_provider.KIND.NAME}` or the same without its frame."""
    text = written.removeprefix("${").removesuffix("}").strip() if isinstance(written, str) else ""
    parts = text.split(".")
    return (parts[1], parts[2]) if len(parts) == 3 and parts[0] == root else ("", "")


def _inner(tree: Tree, *names: str) -> Tree:
    for name in names:
        value = tree.get(name)
        value = value[0] if isinstance(value, list) and value else value
        tree = value if isinstance(value, dict) else {}
    return tree


def _text(file: Path) -> str:
    try:
        data = file.read_bytes() if file.stat().st_size <= LARGEST else b""
        return data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = (error.strerror or "cannot be read").lower() if isinstance(error, OSError) else "it is not UTF-8"
    raise _fault(f"cannot be read: {reason}")


def _tree(text: str, what: str) -> Tree:
    """In the shape of its JSON form; an expression becomes `${...}`."""
    if text.lstrip().startswith("{"):
        try:
            top = json.loads(text)
        except (ValueError, RecursionError):
            top = None
        if isinstance(top, dict):
            return top
        raise _fault(f"is not JSON, though {what} begins like it")
    try:
        blocks = blocks_of(text, lambda _: True)
    except HclError as error:
        line = text.count("\n", 0, error.at) + 1
    else:
        return _of_blocks(blocks)
    raise _fault(f"is not HCL: {what} has a fault in line {line}")  # outside of `except`: no text goes along


def _of_blocks(blocks: list[Block]) -> Tree:
    found: Tree = {}
    for block in blocks:
        inner: Tree = {name: _value(a.tokens) for name, a in block.attributes.items()} | _of_blocks(block.blocks)
        for name in reversed((block.kind.text, *block.names)):
            inner = {name: inner}
        found = _over(found, inner)
    return found


def _value(tokens: Any) -> Any:
    try:
        return literal(tokens)
    except NotLiteral:
        return "${" + "".join(token.text for token in tokens) + "}"


def _over(below: Tree, above: Tree) -> Tree:
    merged = dict(below)
    for name, value in above.items():
        old = merged.get(name)
        merged[name] = _over(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return merged


def _fault(reason: str) -> StateFault:
    help = f"correct `{VARIABLE}` or the file that `terraform.encryption` in `dativo.yaml` names"
    return StateFault(ENCRYPTION_CONFIGURATION, reason=reason, help=help)
