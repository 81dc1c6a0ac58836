"""Ask the rules about a job's tags, once the effective set is known: what is demanded, what a destination holds."""

from __future__ import annotations

from dativo_compile.diagnostics.diagnostic import Diagnostic
from dativo_compile.model.job import TaggedJob
from dativo_compile.model.project import Project
from dativo_compile.rules import TAG_RULES


def check_tags(tagged: TaggedJob, project: Project, found: list[Diagnostic]) -> None:
    for rule in TAG_RULES:
        found.extend(rule(tagged, project))
