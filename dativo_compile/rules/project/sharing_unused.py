"""A declared sharing that nobody shares: the next one who does would not be told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic, diagnose
from dativo_compile.diagnostics.near import did_you_mean
from dativo_compile.model.job import Claim
from dativo_compile.model.project import Project, Sharing
from dativo_compile.rules.project.resource_foreign import foreign_resources
from dativo_compile.rules.project.resource_shared import shared_resources
from dativo_compile.rules.project.secret_shared import shared_secrets
from dativo_compile.rules.project.sharing import Shared, declared, means
from dativo_compile.rules.project.state_shared import shared_states
from dativo_compile.rules.project.storage_shared import shared_storages
from dativo_compile.rules.project.table_shared import shared_tables
from dativo_compile.rules.project.tenant_in_two_accounts import several_accounts
from dativo_compile.yaml.spans import place_of

SHARING_UNUSED = Code(
    "DC7012",
    "sharing-unused",
    "warning",
    "`{name}` is declared as shared, and is not",
    """\
`dativo.yaml` declares a sharing, and no jobs share what it names: it is over, or the name is misspelt. If
somebody comes to share it later, without knowing of the others, the declaration would keep that quiet.

Remove the entry, or correct its name. This is looked at when all jobs of the project are compiled, without an
error: a compile of some paths does not know enough.""",
)


def sharing_unused(claims: Sequence[Claim], project: Project) -> Iterator[Diagnostic]:
    """Asked for when every job of the project has a claim."""
    if project.document is None or not (project.sharing or project.shared_tables):
        return
    tables = shared_tables(claims)
    for number, table in enumerate(project.shared_tables):
        if table not in tables:
            place = place_of(project.document, ("tables", "shared", number, "table"))
            yield diagnose(SHARING_UNUSED, place, help=_help(table, tables), name=table)
    found = list(_all(claims)) if project.sharing else []
    for each in project.sharing:
        if not any(_is_used(each, shared, project) for shared in found):
            names = [name for shared in found if shared.kind == each.kind for name in shared.names[:1]]
            place = place_of(project.document, ("sharing", each.entry, each.kind))
            yield diagnose(SHARING_UNUSED, place, help=_help(each.name, names), name=each.name)


def _all(claims: Sequence[Claim]) -> Iterator[Shared]:
    for facts in (
        shared_storages,
        shared_states,
        shared_secrets,
        shared_resources,
        foreign_resources,
        several_accounts,
    ):
        yield from facts(claims)


def _is_used(declaration: Sharing, shared: Shared, project: Project) -> bool:
    """Also if it lacks a tenant: that is told where the sharing is."""
    if not means(declaration, shared):
        return False
    among = {*declaration.tenants}.intersection(shared.tenants)
    enough = len(among) > 1 or (
        bool(among) and (shared.kind == "account" or not declared(shared, shared.tenants, project))
    )
    return not declaration.tenants or enough


def _help(name: str, known: Iterable[str]) -> str:
    return did_you_mean(name, known) or "remove the entry"
