"""What of a changed value may be told: nothing below a key that holds secrets, and no password inside a text."""

from __future__ import annotations

from typing import Any

from dativo_compile.model.secrecy import NAMES_ONLY, hides_below, secret_keys, without_default, without_secrets
from dativo_compile.review.diff.model import Steps
from dativo_compile.review.paths import is_leaf

# A class such as `pii` under the name of a column is no secret, whatever the column is called.
CLASSES = ("classification.fields.", "tags.classification.fields.")


def told(value: Any, steps: Steps) -> Any:
    """The value as it may be shown; equal to `value` if nothing had to be hidden."""
    if value is None:
        return None
    secret = _below_secret(steps, value)
    if type(value) is dict and is_leaf(value):
        return without_secrets(without_default(value, secret))
    return None if secret and value not in ("", [], {}) else without_secrets(value)


def is_secret(value: Any) -> bool:
    """Whether a secret of the store stands in the place of the value, or of a part of it."""
    if type(value) is dict and type(value.get("$concat")) is list:
        return any(is_secret(part) for part in value["$concat"])
    return type(value) is dict and str(value.get("$ref", "")).startswith("secret:")


def told_manifest(tree: dict[str, Any]) -> dict[str, Any]:
    """A whole manifest as it may be shown."""
    return {
        root: {key: told(inner, (root, key)) for key, inner in value.items()}
        if type(value) is dict
        else told(value, (root,))
        for root, value in tree.items()
    }


def _below_secret(steps: Steps, value: Any) -> bool:
    below = False
    for at, step in enumerate(steps):
        if type(step) is not str or not secret_keys[step] or step.startswith(CLASSES):
            continue
        if at == len(steps) - 1:
            return not isinstance(value, dict | list) or hides_below(step, value)
        below = below or "credential" not in step.lower()  # credentials say where a secret lies
    return below and steps[-1] not in NAMES_ONLY
