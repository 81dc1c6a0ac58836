"""Two tenants below one place of a bucket: their tables lie apart by name alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic
from dativo_compile.mapping.resources import named
from dativo_compile.model.job import Claim
from dativo_compile.model.place import Place
from dativo_compile.model.project import Project
from dativo_compile.rules.project.claims import place_in, place_of_value
from dativo_compile.rules.project.sharing import Shared, told
from dativo_compile.rules.project.storage_paths import above, storage_path

STORAGE_SHARED = Code(
    "DC7005",
    "storage-shared",
    "warning",
    "the tenants {tenants} keep tables in one place, `{name}`",
    """\
One tenant's bucket and prefix (or warehouse) is that of another, or lies in it. Their tables have folders of
their own, by namespace and name, but whoever may read or empty the place as a whole, as a role or a lifecycle
rule does, reads and empties the tables of both.

Give each tenant a bucket of its own, or a prefix of its own in a bucket. If one place for several tenants is
meant, declare it in `dativo.yaml` with its reason:

```yaml
sharing:
  - storage: s3://lake/warehouse
    tenants: [acme, globex]
    reason: one warehouse; access is by namespace, in the catalog
```""",
)
CURE = "give each tenant a bucket or prefix of its own"
PATHS = (("target", "warehouse"), ("target", "connection"), ("target",), ("target_connector_path",))


def storage_shared(claims: Sequence[Claim], project: Project) -> Iterator[Diagnostic]:
    places = list(shared_storages(claims))
    owners = _owners(claims) if places else {}
    for shared in places:
        owned = _without_guests(shared, owners.get(named(shared.names[0]), set()))
        yield from told(STORAGE_SHARED, owned, project, _place, does="is there too", cure=CURE)


def shared_storages(claims: Sequence[Claim]) -> Iterator[Shared]:
    """Each place with tables of several tenants below it, and the outermost only: what lies in it is told with it.

    A prefix that is one table's own is no such place: two of those that meet are two tables at one location, or one
    within the other.
    """
    roots = {_path(claim) for claim in claims if claim.storage and _path(claim) != storage_path(claim.location)} - {""}
    if not roots:
        return
    outermost: dict[str, str] = {}
    groups: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        path = _path(claim)
        top = outermost.get(path)
        if top is None:
            top = outermost[path] = next((p for p in [path, *above(path)][::-1] if p in roots), "") if path else ""
        if top:
            groups[top].append(claim)
    for top, group in groups.items():
        if any(claim.tenant != group[0].tenant for claim in group):
            yield Shared("storage", (top,), group)


def _path(claim: Claim) -> str:
    return storage_path(claim.storage)


def _owners(claims: Sequence[Claim]) -> dict[str, set[str]]:
    """Resource -> the tenants that declare it."""
    owners: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        for name in claim.resources:
            owners[name].add(claim.tenant)
    return owners


def _without_guests(shared: Shared, owners: set[str]) -> Shared:
    """Without the tenants that use a bucket which others declare as theirs: that is reported as such."""
    if not owners:
        return shared
    return Shared(shared.kind, shared.names, [claim for claim in shared.claims if claim.tenant in owners])


def _place(claim: Claim) -> Place:
    bucket = named(claim.storage)
    path = next((path for name, path in claim.uses if name == bucket and path.startswith("target.")), "")
    return place_of_value(claim, path)[0] if path else place_in(claim, *PATHS)
