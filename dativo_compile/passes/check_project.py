"""Ask the rules about all jobs together: no two may claim what only one can have."""

from __future__ import annotations

from collections.abc import Sequence

from dativo_compile.diagnostics.diagnostic import Diagnostic
from dativo_compile.model.job import Claim
from dativo_compile.model.project import Project
from dativo_compile.rules import PROJECT_RULES


def check_project(claims: Sequence[Claim], project: Project, found: list[Diagnostic]) -> None:
    """Claims from the index take part, but are never blamed: their job is not being compiled."""
    for rule in PROJECT_RULES:
        found.extend(rule(claims, project))
