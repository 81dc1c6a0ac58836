"""Which keys hold secrets, by their names."""

from __future__ import annotations

import json
import re
from typing import Any

# The last word counts: `token_url` and `password_policy` hold no secret.
SECRET_KEY = re.compile(
    r"(?:\A|[^a-z0-9])(?:password|passwd|passphrase|pwd|secret|token|api_?key|apikey|private_?key|secret_?key"
    r"|access_?key|account_?key|shared_?key|connection_?string|credential)s?\Z"
)
HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class SecretKeys(dict[str, bool]):
    """Key -> whether a literal below it is taken for a secret; remembered."""

    def __missing__(self, key: str) -> bool:
        words = HUMP.sub("_", key).lower().replace("-", "_")
        found = SECRET_KEY.search(words) is not None
        if len(self) < 20_000:
            self[key] = found
        return found


secret_keys = SecretKeys()
# These say where a secret stands, or how it is named.
NAMES_ONLY = frozenset({"from_env", "file_template", "file", "store", "type", "path"})
INSIDE = re.compile(
    r"://[^\s/:@]*:[^\s/@]+@"  # scheme://user:password@
    r"|(?i:(?:\A|[;&?,\s])(?:password|passwd|pwd)\s*=\s*[^\s;&])"
)


ASSIGNED = re.compile(rb"(?i)(?:password|passwd|pwd)\s*=")
URL_USER = re.compile(rb"://[^\s/:@]*:[^\s/@]+@")


def may_hold_secret(data: bytes) -> bool:
    """Whether a text in a document, given as its bytes, could say a password; cheap, and sometimes wrongly true."""
    return (b"=" in data and ASSIGNED.search(data) is not None) or URL_USER.search(data) is not None


def holds_secret(text: str) -> bool:
    """Whether a text says a password: as the user of a URL, or as `Password=...`."""
    return ("@" in text or "=" in text) and INSIDE.search(text) is not None


def hides_below(key: str, value: object) -> bool:
    """Whether every literal in a mapping or list under the key is taken for a secret.

    `credentials` are none: they are where a secret is described.
    """
    return secret_keys[key] and (type(value) is list or "credential" not in key.lower())


USER_INFO = re.compile(r"(?<=://)[^\s\"'<>]+(?=@)")
KEYED = re.compile(r"(?i)((?:password|passwd|pwd)\s*=\s*)[^\s;&]+")


def without_secrets(value: Any, key: str = "") -> Any:
    """A value that lost, fit to be told: nothing of what stands under a key that holds secrets, nor of a URL's user."""
    if secret_keys[key] and (not isinstance(value, dict | list) or hides_below(key, value)):
        return None
    if isinstance(value, dict):
        value = without_default(value, False)
        return {name: without_secrets(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [without_secrets(inner, key) for inner in value]
    return KEYED.sub(r"\1***", USER_INFO.sub("***", value)) if isinstance(value, str) else value


def without_default(value: Any, secret: bool) -> Any:
    """A run-time reference, its default hidden if it is `secret` or the name of its variable says so."""
    if type(value) is not dict:
        return value
    if type(value.get("$concat")) is list:
        return {"$concat": [without_default(part, secret) for part in value["$concat"]]}
    if "default" in value and "$ref" in value and (secret or secret_keys[str(value["$ref"])]):
        return {**value, "default": "***"}
    return value


def shown(value: object, key: str = "") -> str:
    """A value for a message: short, on one line, and hidden below a key that holds secrets."""
    if secret_keys[key]:
        return "a value that is not shown"
    text = str(value) if not isinstance(value, dict | list) else json.dumps(value, ensure_ascii=False)
    if isinstance(value, str):
        text = f"`{value}`"
    elif value is None or isinstance(value, bool):
        text = f"`{str(value).lower() if value is not None else 'null'}`"
    else:
        text = f"`{text}`"
    text = text.replace("\n", "\\n")
    return text if len(text) <= 82 else text[:78] + "...`"
