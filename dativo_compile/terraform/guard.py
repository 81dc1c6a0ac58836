"""Whether a state is this job's. A state file does not record its workspace; its outputs may tell."""

from __future__ import annotations

from dataclasses import dataclass
from types import NoneType
from typing import Any

from dativo_compile.model.job import LinkedJob
from dativo_compile.model.output import Sensitive, State
from dativo_compile.model.unknown import Unknown

REGION_OF = {"aws": ("region", "aws_region"), "gcp": ("region", "gcp_region"), "azure": ("region",)}
GUARDED = frozenset({"tenant_id", "environment", "region", "aws_region", "gcp_region", "account_id", "project_id"})


@dataclass(frozen=True, slots=True)
class Difference:
    """`path` is where the job says its side."""

    what: str
    output: str
    found: Any
    said: str
    path: tuple[str, ...]


def differences(state: State, linked: LinkedJob) -> tuple[Difference, ...]:
    """Where guarded outputs and the job disagree; what either side does not say, or hides, is no disagreement."""
    infrastructure = linked.document.value.get("infrastructure") or {}
    provider = infrastructure.get("provider") or {}
    at = ("infrastructure", "provider")
    compared: list[tuple[str, str, Any, tuple[str, ...]]] = [
        ("tenant", "tenant_id", linked.tenant, ("tenant_id",)),
        ("environment", "environment", linked.environment, ("environment",)),
        ("account", "account_id", provider.get("account_id"), (*at, "account_id")),
        ("project", "project_id", provider.get("project_id"), (*at, "project_id")),
    ]
    for name in REGION_OF.get(str(provider.get("provider")), ("region",)):
        compared.append(("region", name, provider.get("region"), (*at, "region")))
    out = []
    for what, name, said, path in compared:
        output = state.outputs.get(name)
        if output is None or type(said) is not str or type(output.value) in (Sensitive, Unknown, NoneType):
            continue
        if not agrees(said, output.value):
            out.append(Difference(what, name, output.value, said, path))
    return tuple(out)


def agrees(said: str, value: Any) -> bool:
    """Text equals text; a number equals its digits, also where it has lost leading zeros."""
    if type(value) is int:
        return said.isascii() and said.isdigit() and int(said) == value
    return type(value) is str and value == said
