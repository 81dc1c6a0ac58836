"""`{tenant}`, `{tenant_id}` and `{environment}` in `*_template` fields, namespaces and names of secrets."""

from __future__ import annotations

from typing import Any

TENANT = ("{tenant}", "{tenant_id}")
ENVIRONMENT = "{environment}"


class EnvironmentNeeded(Exception):
    """A template names the environment of a job that has none."""


def filled(text: str, tenant: str, environment: str | None) -> str:
    """Other braces stay: they may be run-time templates of someone else. Raises `EnvironmentNeeded`."""
    if "{" not in text:
        return text
    if ENVIRONMENT in text and environment is None:
        raise EnvironmentNeeded(text)
    for name in TENANT:
        text = text.replace(name, tenant)
    return text.replace(ENVIRONMENT, environment or "")


def filled_tree(value: Any, tenant: str, environment: str | None) -> Any:
    """The same value with each text filled in; a tree without templates is returned as it is."""
    if type(value) is str:
        return filled(value, tenant, environment)
    if type(value) is dict:
        pairs = {k: filled_tree(v, tenant, environment) for k, v in value.items()}
        return pairs if any(pairs[k] is not v for k, v in value.items()) else value
    if type(value) is list:
        items = [filled_tree(v, tenant, environment) for v in value]
        return items if any(a is not b for a, b in zip(items, value, strict=True)) else value
    return value


def mentions_scope(data: bytes) -> bool:
    """Whether a file can differ between tenants or environments at all."""
    return b"{tenant" in data or b"{environment}" in data
