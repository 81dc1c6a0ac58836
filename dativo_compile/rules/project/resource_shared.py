"""Two tenants that declare one resource: what is meant for one can be reached by the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic
from dativo_compile.mapping.resources import resource
from dativo_compile.model.job import Claim
from dativo_compile.model.place import Place
from dativo_compile.model.project import Project
from dativo_compile.rules.project.claims import listed, place_in
from dativo_compile.rules.project.sharing import Shared, declared, told
from dativo_compile.rules.project.storage_paths import within
from dativo_compile.rules.project.storage_shared import shared_storages
from dativo_compile.yaml.spans import place_of

RESOURCE_SHARED = Code(
    "DC7010",
    "resource-shared",
    "warning",
    "the tenants {tenants} declare one resource, `{name}`",
    """\
Below `infrastructure.provider.resources` stands what belongs to a job's tenant: its bucket, its role, its
database. Here one resource stands in jobs of several tenants. Often such a block was copied and one line of it
was forgotten.

Name each tenant's own resource. If one for several tenants is meant (a bucket in which each has its prefix, say),
declare it in `dativo.yaml` with its reason:

```yaml
sharing:
  - resource: "arn:aws:s3:::company-lake"
    reason: one bucket, a prefix for each tenant
```""",
)
RESOURCES = ("infrastructure", "provider", "resources")


def resource_shared(claims: Sequence[Claim], project: Project) -> Iterator[Diagnostic]:
    """One finding for the same tenants, however many resources they share."""
    alike: dict[tuple[str, ...], list[Shared]] = defaultdict(list)
    for shared in shared_resources(claims):
        if not declared(shared, shared.tenants, project):
            alike[tuple(shared.tenants)].append(shared)
    if not alike:
        return
    places = list(shared_storages(claims))
    for group in alike.values():
        untold = [shared for shared in group if not _told_as_storage(shared, places)]
        if untold:
            first, *further = untold
            notes = (f"they share {listed([each.names[0] for each in further])} too",) if further else ()
            place = partial(place_of_resource, name=first.names[0])
            cure = "name each tenant's own"
            yield from told(RESOURCE_SHARED, first, project, place, does="declares it too", cure=cure, notes=notes)


def shared_resources(claims: Sequence[Claim]) -> Iterator[Shared]:
    owner: dict[str, str] = {}
    several: dict[str, list[Claim]] = {}
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for claim in claims:
        if claim.resources and (key := (claim.tenant, claim.resources)) not in seen:
            seen.add(key)
            for name in claim.resources:
                if owner.setdefault(name, claim.tenant) != claim.tenant:
                    several[name] = []
    for claim in claims if several else ():
        for name in claim.resources:
            if name in several:
                several[name].append(claim)
    for name, group in several.items():
        yield Shared("resource", (name,), group)


def place_of_resource(claim: Claim, name: str) -> Place:
    """Where the job declares it."""
    document = claim.reread(claim.file) if claim.reread else None
    if document is not None:
        provider = (document.value.get("infrastructure") or {}).get("provider") or {}
        for number, each in enumerate(provider.get("resources") or ()):
            said = (str(each.get(key) or "") for key in ("resource_type", "resource_id", "resource_name"))
            if resource(*said) == name:
                return place_of(document, (*RESOURCES, number, "resource_id"))
    return place_in(claim, RESOURCES)


def _told_as_storage(shared: Shared, places: Sequence[Shared]) -> bool:
    """A bucket that tenants share in its whole is told once."""
    tenants = set(shared.tenants)
    return any(within(place.names[0], shared.names[0]) and tenants <= set(place.tenants) for place in places)
