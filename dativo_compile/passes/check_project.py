"""Ask the rules about all jobs together: no two may claim what only one can have."""

from __future__ import annotations

from collections.abc import Iterable

from dativo_compile.diagnostics.diagnostic import Diagnostic
from dativo_compile.model.job import Claim
from dativo_compile.model.project import Project
from dativo_compile.rules import PROJECT_RULES
from dativo_compile.rules.project.resource_foreign import RESOURCE_FOREIGN
from dativo_compile.rules.project.sharing_unused import sharing_unused
from dativo_compile.rules.provider.target_undeclared import TARGET_UNDECLARED


def check_project(claims: Iterable[Claim], project: Project, found: list[Diagnostic], *, whole: bool = False) -> None:
    """Claims from the index take part, but are never blamed: their job is not being compiled.

    Rules get the claims in order: those from the index first, each part in file order. So the later one of two is
    always a job that we have the text of. `whole` says that every job of the project has its claim here.
    """
    ordered = sorted(claims, key=lambda claim: (claim.ours, claim.file, claim.job_id))
    told = [diagnostic for rule in PROJECT_RULES for diagnostic in rule(ordered, project)]
    foreign = {diagnostic.place for diagnostic in told if diagnostic.code is RESOURCE_FOREIGN}
    if foreign:  # one cause: it is told whose the resource is, so not that it is none of this job's
        found[:] = [each for each in found if each.code is not TARGET_UNDECLARED or each.place not in foreign]
    found += told
    if whole:
        found.extend(sharing_unused(ordered, project))
