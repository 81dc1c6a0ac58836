"""A demand on tags that is made of nobody, for its tenant or environment is written otherwise in the jobs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic, diagnose
from dativo_compile.diagnostics.near import asked
from dativo_compile.mapping.dotpath import find
from dativo_compile.model.job import Claim
from dativo_compile.model.project import Project
from dativo_compile.model.source import Document
from dativo_compile.tags.slips import nearest_slip
from dativo_compile.yaml.fixes import swapped
from dativo_compile.yaml.spans import place_of

TAG_DEMAND_IDLE = Code(
    "DC6020",
    "tag-demand-idle",
    "warning",
    "`tags.for` asks something of the {what} `{name}`, which no job has",
    """\
An entry under `tags.for` in `dativo.yaml` names a tenant or an environment that is in no job, and jobs have one
that differs from it in a letter or in case. What the entry demands is then demanded of nobody, and the tags of
the jobs that were meant go unchecked.

Correct the name. For a tenant whose jobs are still to come, there is nothing to do unless its name is so close
to another's: then let the line say `# dativo: ignore[DC6020]`, with the reason.""",
)
SHORTEST = 3  # letters of a name, such as `dev`


def tag_demand_idle(claims: Sequence[Claim], project: Project) -> Iterator[Diagnostic]:
    scopes = [scope for scope in project.tags.scopes if scope.path]
    if not scopes or project.document is None:
        return
    tenants = {claim.tenant for claim in claims}
    environments = {claim.environment for claim in claims} - {""}
    for scope in scopes:
        for what, names, known in (
            ("tenant", scope.tenants, tenants),
            ("environment", scope.environments, environments),
        ):
            for number, name in enumerate(names or ()):
                near = nearest_slip(name, known, SHORTEST) if name not in known else ""
                if near:
                    yield _finding(project.document, (*scope.path, what, number), what, name, near)


def _finding(document: Document, path: tuple[str | int, ...], what: str, name: str, near: str) -> Diagnostic:
    """`path` ends in the number of the name, which may also stand alone."""
    alone = type(find(document.value, path[:-1])) is str
    place = place_of(document, path[:-1] if alone else path)
    fix = swapped(document.file, place, name, near)
    return diagnose(TAG_DEMAND_IDLE, place, help=asked(near), fix=fix, what=what, name=name)
