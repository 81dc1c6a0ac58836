"""A backend's settings: first what is written, then Terraform's own variables, as Terraform itself takes them."""

from __future__ import annotations

import os
from collections.abc import Hashable
from typing import Any

from dativo_compile.diagnostics.codes.backend import BACKEND_SETTING
from dativo_compile.terraform.fault import StateFault

TRUE = {"true", "1", "yes", "on"}


def text(config: dict[str, Any], name: str, *variables: str) -> str | None:
    """A setting, or the first of these environment variables that is not empty."""
    value = config.get(name)
    if value not in (None, ""):
        if isinstance(value, dict | list):
            raise malformed(config, name, "is not text")
        return str(value)
    return next((found for found in map(os.environ.get, variables) if found), None)


def flag(config: dict[str, Any], name: str, *variables: str) -> bool:
    value = text(config, name, *variables)
    return value is not None and value.lower() in TRUE


def block(config: dict[str, Any], name: str) -> dict[str, Any]:
    """A nested block; `terraform init` records it as a list of one."""
    value = config.get(name)
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if value in (None, "", []):
        return {}
    if not isinstance(value, dict):
        raise malformed(config, name, "is no block of settings")
    return value


def malformed(config: dict[str, Any], name: str, reason: str, help: str = "") -> StateFault:
    """`reason` completes the sentence "the setting `X` of the backend `Y` ..."."""
    return StateFault(BACKEND_SETTING, name=name, backend=config.get("type", ""), reason=reason, help=help)


def frozen(value: Any) -> Hashable:
    """Settings as a key: two blocks that say the same are one."""
    if isinstance(value, dict):
        return tuple(sorted((str(key), frozen(part)) for key, part in value.items() if part not in (None, "")))
    if isinstance(value, list | tuple):
        return tuple(map(frozen, value))
    return str(value)
