"""One secret for two tenants: each runs with what was stored for the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic
from dativo_compile.model.job import Claim
from dativo_compile.model.project import Project
from dativo_compile.rules.project.claims import listed
from dativo_compile.rules.project.secret_contested import name_cure, place_of_secret
from dativo_compile.rules.project.sharing import Shared, declared, told

SECRET_SHARED = Code(
    "DC7008",
    "secret-shared",
    "warning",
    "the tenants {tenants} have one secret, `{name}`",
    """\
Sensitive outputs that jobs of several tenants map come to one name in the secret store. All of them run with
that one password: it cannot be changed for one tenant alone, and whoever may read it for one reads it for all.

Put `{tenant_id}` into `secrets.name_template`, and give each tenant a state of its own. If the credential is
meant for all, declare it in `dativo.yaml` with its reason:

```yaml
sharing:
  - secret: prod/warehouse_password
    reason: one account of the loader for all tenants
```""",
)


def secret_shared(claims: Sequence[Claim], project: Project) -> Iterator[Diagnostic]:
    """One finding for the same tenants, however many names they share."""
    alike: dict[tuple[str, ...], list[Shared]] = defaultdict(list)
    for shared in shared_secrets(claims):
        if not declared(shared, shared.tenants, project):
            alike[tuple(shared.tenants)].append(shared)
    for first, *further in alike.values():
        notes = (f"they share {listed([each.names[0] for each in further])} too",) if further else ()
        place = partial(place_of_secret, name=first.names[0], project=project)
        cure = name_cure(project.secret_name, "give each tenant a state of its own")
        yield from told(SECRET_SHARED, first, project, place, does="has it too", cure=cure, notes=notes)


def shared_secrets(claims: Sequence[Claim]) -> Iterator[Shared]:
    """Names that tenants have from one state; one from two states is an error of its own."""
    groups: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        for name in claim.secrets:
            groups[name].append(claim)
    for name, group in groups.items():
        first = group[0]
        if any(claim.tenant != first.tenant for claim in group) and all(claim.state == first.state for claim in group):
            yield Shared("secret", (name,), group)
