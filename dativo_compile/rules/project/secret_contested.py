"""One name of a secret for outputs of two states: whichever is stored last is what both jobs get."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic, Related, diagnose
from dativo_compile.mapping.expression import parse_expression
from dativo_compile.mapping.secret_name import secret_name
from dativo_compile.model.job import Claim
from dativo_compile.model.place import Place
from dativo_compile.model.project import Project
from dativo_compile.rules.project.claims import OUTPUTS, place_in
from dativo_compile.yaml.spans import place_of

SECRET_CONTESTED = Code(
    "DC7004",
    "secret-contested",
    "error",
    "the secret `{name}` would be made of outputs of two states",
    """\
A sensitive output is known to the runner by a name in the secret store, made from `secrets.name_template`.
Two jobs come to the same name from two states: the store can hold one of the two values, and one job would
run with the other's password.

Put what tells the two apart into `secrets.name_template` (`{tenant_id}`, `{environment}`), or give one of
the outputs another name.""",
    guarded=True,
)
Conflict = tuple[Claim, Claim, list[str]]


def secret_contested(claims: Sequence[Claim], project: Project) -> Iterator[Diagnostic]:
    """One finding for two states, however many names they contest."""
    first: dict[str, Claim] = {}
    conflicts: dict[tuple[str, str], Conflict] = {}
    for claim in claims:
        for name in claim.secrets:
            other = first.setdefault(name, claim)
            if other.state != claim.state and claim.ours:
                names = conflicts.setdefault((other.state, claim.state), (claim, other, []))[2]
                if name not in names:
                    names.append(name)
    for claim, other, names in conflicts.values():
        yield _finding(claim, other, names, project)


def _finding(claim: Claim, other: Claim, names: Sequence[str], project: Project) -> Diagnostic:
    further = ", ".join(f"`{name}`" for name in names[1:6]) + (", ..." if len(names) > 6 else "")
    return diagnose(
        SECRET_CONTESTED,
        place_of_secret(claim, names[0], project),
        notes=(f"this one is from {claim.state}", *((f"so would {further}",) if further else ())),
        help=name_cure(project.secret_name, "give one of the two outputs another name"),
        related=(Related(place_of_secret(other, names[0], project), f"`{other.job_id}` has it from {other.state}"),),
        name=names[0],
    )


def place_of_secret(claim: Claim, name: str, project: Project) -> Place:
    """Where the job maps the output; its `outputs` if the name cannot be traced."""
    document = claim.reread(claim.file) if claim.reread else None
    if document is None:
        return Place.whole(claim.file)
    outputs = ((document.value.get("infrastructure") or {}).get("terraform") or {}).get("outputs") or {}
    for key in outputs:
        expression = parse_expression(key)
        environment = document.value.get("environment")
        if expression and secret_name(project.secret_name, claim.tenant, environment, expression.output) == name:
            return place_of(document, (*OUTPUTS, key), key=True)
    return place_in(claim, OUTPUTS)


def name_cure(template: str, otherwise: str) -> str:
    if "{tenant" not in template:
        return "put `{tenant_id}` into `secrets.name_template` of dativo.yaml"
    if "{environment}" not in template:
        return "put `{environment}` into `secrets.name_template` of dativo.yaml"
    return otherwise
