"""A job that uses what belongs to another tenant: its bucket, its role, its database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic, Related, diagnose
from dativo_compile.mapping.resources import loosened
from dativo_compile.model.job import Claim
from dativo_compile.model.project import Project
from dativo_compile.rules.project.claims import listed, place_of_value, the_rest
from dativo_compile.rules.project.resource_shared import place_of_resource
from dativo_compile.rules.project.sharing import Shared, declared

RESOURCE_FOREIGN = Code(
    "DC7009",
    "resource-foreign",
    "error",
    "`{path}` names `{name}`, which belongs to the tenant `{owner}`",
    """\
A value of this job, as resolved from Terraform outputs, connectors and the job itself, names a resource that
jobs of another tenant declare below `infrastructure.provider.resources` and jobs of this tenant do not. The
job would read or write the other tenant's data, or fail for want of rights.

Often a job was copied and its workspace or bucket was not changed. Name what belongs to this tenant, or declare
the resource in this tenant's jobs too if it is theirs as well. If the job is meant to use it, declare that in
`dativo.yaml` with its reason:

```yaml
sharing:
  - resource: "arn:aws:s3:::globex-landing"
    tenants: [acme, globex]
    reason: globex delivers its files there
```""",
)
Owners = dict[str, dict[str, tuple[Claim, str]]]  # spelling -> tenant -> a job that declares it, and its full name
Use = tuple[str, str]  # the spelling of a resource, and the path of the value that names it


def resource_foreign(claims: Sequence[Claim], project: Project) -> Iterator[Diagnostic]:
    """One finding for all jobs of a tenant that use the same of another's, at the first of them."""
    owners = _owners(claims)
    alike: dict[tuple[str, str, tuple[Use, ...]], list[Claim]] = defaultdict(list)
    for claim, uses in _foreign(claims, owners):
        left = [(min(owners[use[0]]), use) for use in uses if not _meant(claim, owners[use[0]], project)]
        for tenant in sorted({owner for owner, _ in left}):
            alike[claim.tenant, tenant, tuple(use for owner, use in left if owner == tenant)].append(claim)
    for (_, owner, same), jobs in alike.items():
        yield _finding(jobs, same, owner, owners)


def foreign_resources(claims: Sequence[Claim]) -> Iterator[Shared]:
    """The same as what tenants share: the users, and those whose it is."""
    owners = _owners(claims)
    for claim, uses in _foreign(claims, owners):
        for name, _ in uses:
            for owner, full in owners[name].values():
                yield Shared("resource", (full, claim.storage), (claim, owner))


def _owners(claims: Sequence[Claim]) -> Owners:
    owners: Owners = {}
    seen: set[tuple[str, tuple[str, ...], bool]] = set()
    for claim in claims:
        key = claim.tenant, claim.resources, claim.ours
        if not claim.resources or key in seen:
            continue
        seen.add(key)
        for name in claim.resources:
            for spelling in (name, *loosened(name)):
                known = owners.setdefault(spelling, {})
                if claim.tenant not in known or (claim.ours and not known[claim.tenant][0].ours):
                    known[claim.tenant] = claim, name
    return owners


def _foreign(claims: Sequence[Claim], owners: Owners) -> Iterator[tuple[Claim, list[Use]]]:
    for claim in claims:
        uses = [use for use in claim.uses if use[0] in owners and claim.tenant not in owners[use[0]]]
        if uses and claim.ours:
            yield claim, uses


def _meant(claim: Claim, known: dict[str, tuple[Claim, str]], project: Project) -> bool:
    return any(
        declared(Shared("resource", (full, claim.storage), (claim, owner)), (claim.tenant, tenant), project)
        for tenant, (owner, full) in known.items()
    )


def _finding(jobs: Sequence[Claim], uses: Sequence[Use], tenant: str, owners: Owners) -> Diagnostic:
    claim, (name, path) = jobs[0], uses[0]
    owner, full = owners[name][tenant]
    place, source = place_of_value(claim, path)
    further = [f"`{other}` names `{owners[spelling][tenant][1]}` of `{tenant}`" for spelling, other in uses[1:]]
    others = sorted(owners[name].keys() - {tenant})
    return diagnose(
        RESOURCE_FOREIGN,
        place,
        notes=(
            *((f"the value is that of {source}",) if source else ()),
            *further,
            *((f"it belongs to {listed(others)} as well",) if others else ()),
            *the_rest(jobs[1:]),
        ),
        help=f"{_cure(claim, source, name != full)}, "
        f"or declare it in dativo.yaml under `sharing`: `{{resource: {full}, reason: ...}}`",
        related=(Related(place_of_resource(owner, full), f"`{owner.job_id}` declares it"),),
        path=path,
        name=full,
        owner=tenant,
    )


def _cure(claim: Claim, source: str, loosely: bool) -> str:
    if loosely and not claim.account:
        return f"name one of `{claim.tenant}`, or say in which account or project the job runs if it is another"
    if source.startswith("the output"):
        return f"read a state of `{claim.tenant}`"
    return f"name one of `{claim.tenant}`"
