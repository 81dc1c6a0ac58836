"""A tenant whose jobs of one environment lie in two accounts: a note, since some mean it so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic, Related, diagnose
from dativo_compile.model.job import Claim
from dativo_compile.model.place import Place
from dativo_compile.model.project import Project
from dativo_compile.rules.project.claims import SHOWN, listed, place_in
from dativo_compile.rules.project.sharing import Shared, declared

TENANT_IN_TWO_ACCOUNTS = Code(
    "DC7011",
    "tenant-in-two-accounts",
    "note",
    "the tenant `{tenant}` is in {count} accounts{where}: {accounts}",
    """\
Jobs of one tenant and one environment name several accounts (or projects) of one provider. That may be meant, as
while data moves from one account to the other; but a mistyped or copied `account_id` looks the same, and tables,
costs and rights of the tenant fall apart.

Compare the accounts. If both are right, declare the additional one in `dativo.yaml` with its reason:

```yaml
sharing:
  - account: "210987654321"
    tenants: [acme]
    reason: until the old lake has moved
```""",
)
PROVIDER = ("infrastructure", "provider")
PATHS = ((*PROVIDER, "account_id"), (*PROVIDER, "project_id"), PROVIDER)


def tenant_in_two_accounts(claims: Sequence[Claim], project: Project) -> Iterator[Diagnostic]:
    """One note for a tenant, an environment and a provider, at a job of the account with the fewest."""
    for group in several_accounts(claims):
        accounts: dict[str, list[Claim]] = {}
        for claim in group.claims:
            if not declared(Shared("account", (claim.account,), (claim,)), (claim.tenant,), project):
                accounts.setdefault(claim.account, []).append(claim)
        if len(accounts) > 1 and any(claim.ours for claim in group.claims):
            yield _finding(accounts)


def several_accounts(claims: Sequence[Claim]) -> Iterator[Shared]:
    first: dict[tuple[str, str, str], str] = {}
    several: dict[tuple[str, str, str], list[Claim]] = {}
    for claim in claims:
        if claim.account:
            key = claim.tenant, claim.environment, claim.provider
            if first.setdefault(key, claim.account) != claim.account:
                several[key] = []
    for claim in claims if several else ():
        key = claim.tenant, claim.environment, claim.provider
        if claim.account and key in several:
            several[key].append(claim)
    for group in several.values():
        yield Shared("account", tuple(sorted({claim.account for claim in group})), group)


def _finding(accounts: dict[str, list[Claim]]) -> Diagnostic:
    by_size = sorted(accounts.items(), key=lambda each: (-len(each[1]), each[0]))
    firsts = [next((claim for claim in jobs if claim.ours), jobs[0]) for _, jobs in by_size]
    at = next(claim for claim in reversed(firsts) if claim.ours)
    others = [claim for claim in firsts if claim is not at]
    (most, jobs), *fewer = by_size[:SHOWN]
    counts = "".join(f", {len(jobs)} in `{account}`" for account, jobs in fewer)
    return diagnose(
        TENANT_IN_TWO_ACCOUNTS,
        _place(at),
        notes=(f"{len(jobs)} of its jobs {'are' if len(jobs) > 1 else 'is'} in `{most}`{counts}",),
        help="correct the account, or declare it in dativo.yaml under `sharing`: "
        f"`{{account: {at.account!r}, tenants: [{at.tenant}], reason: ...}}`",
        related=tuple(Related(_place(claim), f"`{claim.job_id}` is in `{claim.account}`") for claim in others[:SHOWN]),
        tenant=at.tenant,
        count=len(accounts),
        where=f" in the environment `{at.environment}`" if at.environment else "",
        accounts=listed(sorted(accounts)),
    )


def _place(claim: Claim) -> Place:
    return place_in(claim, *PATHS)
