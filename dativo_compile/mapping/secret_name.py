"""How the secret store calls a sensitive output."""

from __future__ import annotations

from dativo_compile.linking.templates import filled


def secret_name(template: str, tenant: str, environment: str | None, output: str) -> str:
    """Raises `EnvironmentNeeded`."""
    return filled(template, tenant, environment).replace("{output}", output)
