"""Two tenants that read one Terraform state: what is applied for one of them moves both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic
from dativo_compile.model.job import Claim
from dativo_compile.model.place import Place
from dativo_compile.model.project import Project
from dativo_compile.rules.project.claims import contested, place_in
from dativo_compile.rules.project.sharing import Shared, told

STATE_SHARED = Code(
    "DC7007",
    "state-shared",
    "warning",
    "the tenants {tenants} read one state, `{name}`",
    """\
Jobs of several tenants take their outputs from one state of one workspace, so they get the same bucket, role
and database, whoever they work for. Where the state has an output `tenant_id`, the compiler refuses it to
all but that tenant; this one has none, so nothing else would notice.

Give each tenant a workspace of its own. If the state is meant for all, as that of a shared network is, declare
it in `dativo.yaml` with its reason:

```yaml
sharing:
  - state: terraform/network:default
    reason: the network belongs to the platform
```""",
)
TERRAFORM = ("infrastructure", "terraform")
PATHS = ((*TERRAFORM, "workspace"), TERRAFORM)


def state_shared(claims: Sequence[Claim], project: Project) -> Iterator[Diagnostic]:
    for shared in shared_states(claims):
        yield from told(
            STATE_SHARED, shared, project, _place, does="reads it too", cure="give each tenant a workspace of its own"
        )


def shared_states(claims: Sequence[Claim]) -> Iterator[Shared]:
    """States by where they lie, so that two names of one state are one; by name where the place is not known."""
    places = {claim.reads: claim.state for claim in claims if claim.ours and claim.reads}
    for group in contested(claims, lambda claim: claim.state or places.get(claim.reads, claim.reads)):
        if any(claim.tenant != group[0].tenant for claim in group):
            location = next((claim.state for claim in group if claim.state), "")
            keys = sorted({claim.reads for claim in group} - {"", location})
            yield Shared("state", (*([location] if location else []), *keys), group)


def _place(claim: Claim) -> Place:
    return place_in(claim, *PATHS)
