"""Ask the rules of the job's provider. They change nothing: what they find wrong is reported."""

from __future__ import annotations

from dativo_compile.diagnostics.diagnostic import Diagnostic
from dativo_compile.model.job import PlacedJob
from dativo_compile.model.project import Project
from dativo_compile.rules import PROVIDER_RULES


def validate_providers(placed: PlacedJob, project: Project, found: list[Diagnostic]) -> None:
    if "infrastructure" not in placed.body:
        return  # the block is optional, and a job without it is as good as any
    for rule in PROVIDER_RULES:
        found.extend(rule(placed, project))
