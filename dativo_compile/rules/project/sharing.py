"""What tenants have in common: one finding for all of them, unless `dativo.yaml` says that it is meant."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic, Related, diagnose
from dativo_compile.mapping.resources import named
from dativo_compile.model.job import Claim
from dativo_compile.model.place import Place
from dativo_compile.model.project import Project, Sharing
from dativo_compile.rules.project.claims import SHOWN, listed, the_rest
from dativo_compile.rules.project.storage_paths import storage_path, within


@dataclass(frozen=True, slots=True)
class Shared:
    """One thing and the jobs that claim it, in the order of the claims. `names` are all it may be called by."""

    kind: str
    names: tuple[str, ...]
    claims: Sequence[Claim]

    @property
    def tenants(self) -> list[str]:
        return sorted({claim.tenant for claim in self.claims})


def told(
    code: Code,
    shared: Shared,
    project: Project,
    place: Callable[[Claim], Place],
    *,
    does: str,
    cure: str,
    notes: tuple[str, ...] = (),
) -> Iterator[Diagnostic]:
    """A finding at a job of this compile; none without one, or if the sharing is declared for all these tenants."""
    tenants = shared.tenants
    if len(tenants) < 2 or declared(shared, tenants, project):
        return
    known = sorted({tenant for each in project.sharing if means(each, shared) for tenant in each.tenants})
    if known:
        notes = (*notes, f"dativo.yaml declares it for {listed(known)} only")
    firsts = sorted(
        first_of_each(shared.claims).values(),
        key=lambda claim: (claim.ours, claim.tenant not in known, claim.file, claim.job_id),
    )
    main, others = firsts[-1], firsts[:-1][:SHOWN]
    if not main.ours:
        return
    shown = {claim.job_id for claim in (main, *others)}
    yield diagnose(
        code,
        place(main),
        notes=(*the_rest([claim for claim in shared.claims if claim.job_id not in shown]), *notes),
        help=f"{cure}, or {_permit(shared, tenants, known)}",
        related=tuple(Related(place(claim), f"`{claim.job_id}` of `{claim.tenant}` {does}") for claim in others),
        tenants=listed(tenants),
        name=shared.names[0],
    )


def _permit(shared: Shared, tenants: Iterable[str], known: Iterable[str]) -> str:
    missing = sorted({*tenants}.difference(known))
    if known and missing:
        return f"add {listed(missing)} to its `tenants` there"
    return f"declare it in dativo.yaml under `sharing`: `{{{shared.kind}: {shared.names[0]}, reason: ...}}`"


def first_of_each(claims: Iterable[Claim]) -> dict[str, Claim]:
    """Tenant -> its first job, one of this compile if there is one."""
    firsts: dict[str, Claim] = {}
    for claim in claims:
        if claim.tenant not in firsts or (claim.ours and not firsts[claim.tenant].ours):
            firsts[claim.tenant] = claim
    return firsts


def declared(shared: Shared, tenants: Iterable[str], project: Project) -> bool:
    """Whether one declaration covers all these tenants."""
    wanted = set(tenants)
    return any(means(each, shared) and (not each.tenants or wanted <= set(each.tenants)) for each in project.sharing)


def means(declaration: Sharing, shared: Shared) -> bool:
    """Whether a declaration is about this thing, whoever shares it."""
    if declaration.kind == "storage" and shared.kind in ("storage", "resource"):
        outer = storage_path(declaration.name)
        return bool(outer) and any(within(storage_path(name), outer) for name in shared.names)
    if declaration.kind != shared.kind:
        return False
    if declaration.name in shared.names:
        return True
    return declaration.kind == "resource" and bool(found := named(declaration.name)) and found in shared.names
