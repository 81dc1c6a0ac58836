"""How the secret store calls a sensitive output."""

from __future__ import annotations


def secret_name(template: str, tenant: str, environment: str | None, output: str) -> str:
    name = template.replace("{tenant_id}", tenant).replace("{tenant}", tenant)
    return name.replace("{environment}", environment or "").replace("{output}", output)
