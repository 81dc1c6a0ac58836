"""Ask the rules of the job's provider. They change nothing: what they find wrong is reported."""

from __future__ import annotations

from dativo_compile.diagnostics.diagnostic import Diagnostic
from dativo_compile.mapping.environment import already_missed
from dativo_compile.model.job import PlacedJob
from dativo_compile.model.project import Project
from dativo_compile.rules import NAMING_RULES, OWN_RULES, PROVIDER_RULES
from dativo_compile.rules.provider.block import provider_of
from dativo_compile.rules.provider.name_unconventional import NAMING_ENVIRONMENT


def validate_providers(placed: PlacedJob, project: Project, found: list[Diagnostic]) -> None:
    if "infrastructure" in placed.body:  # it is optional, and a job without it is as good as any
        own = OWN_RULES.get(provider_of(placed).get("provider", ""), ())
        for rule in (*PROVIDER_RULES, *own):
            found.extend(rule(placed, project))
    for rule in NAMING_RULES:
        for diagnostic in rule(placed, project):
            if diagnostic.code is not NAMING_ENVIRONMENT or not already_missed(placed.linked, found):
                found.append(diagnostic)
