"""The tags that Terraform should put on a tenant's resources, so that bill and table say the same."""

from __future__ import annotations

from dataclasses import dataclass, field

from dativo_compile.diagnostics.diagnostic import Diagnostic
from dativo_compile.diagnostics.near import did_you_mean
from dativo_compile.linking.states import StateReader
from dativo_compile.model.job import TaggedJob
from dativo_compile.model.project import Project, Request
from dativo_compile.model.resource import Cloud
from dativo_compile.model.usage import UsageError
from dativo_compile.pipeline import Compilation, Watch, compile_project
from dativo_compile.review.tagging.bills import Bill, Home, bill_of, home_of, projected
from dativo_compile.rules.provider.block import NAMES, provider_of
from dativo_compile.settle import settle
from dativo_compile.tags.projections import Style


@dataclass(frozen=True, slots=True)
class Selection:
    """Whose tags are meant; absent means everybody's. `agreed` leaves out what jobs disagree about."""

    tenant: str | None = None
    environment: str | None = None
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class Exported:
    """The tags of each home by name (`acme-prod`), in order; none if there is an error.

    `left` are the logical keys that were left out of each, if any.
    """

    compilation: Compilation
    diagnostics: tuple[Diagnostic, ...]
    tags: dict[str, dict[str, str]]
    left: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def failed(self) -> bool:
        return any(d.severity == "error" for d in self.diagnostics)


class Collected:
    """The bills of the jobs of one cloud, and where the other jobs are."""

    def __init__(self, cloud: Cloud) -> None:
        self.cloud = cloud
        self.bills: dict[Home, Bill] = {}
        self.elsewhere: set[str] = set()

    def look(self, tagged: TaggedJob, _states: StateReader, _found: list[Diagnostic]) -> None:
        provider = provider_of(tagged.placed).get("provider")
        if provider != self.cloud:
            self.elsewhere |= {NAMES[provider]} if type(provider) is str and provider in NAMES else set()
            return
        home = home_of(tagged.placed.linked)
        self.bills.setdefault(home, Bill(home)).add(bill_of(tagged))

    def selected(self, wanted: Selection) -> list[Bill]:
        """Raises `UsageError` if that is nobody."""
        if not self.bills:
            there = (
                f"the jobs are on {' and '.join(sorted(self.elsewhere))}" if self.elsewhere else "no job has resources"
            )
            raise UsageError(f"no job is on {NAMES[self.cloud]}", there)
        _check("tenant", wanted.tenant, {home.tenant for home in self.bills})
        kept = [home for home in self.bills if wanted.tenant in (None, home.tenant)]
        _check("environment", wanted.environment, {home.environment or "" for home in kept} - {""})
        kept = [home for home in kept if wanted.environment in (None, home.environment)]
        return [self.bills[home] for home in sorted(kept, key=lambda home: (home.name, home.tenant))]


def export_tags(request: Request, cloud: Cloud, style: Style | None, wanted: Selection) -> Exported:
    """Raises `UsageError`, for a selection without a job too."""
    collected = Collected(cloud)
    compilation = compile_project(request, lambda _: None, watch=Watch(collected.look))
    project = compilation.project
    if compilation.failed or project is None:
        return Exported(compilation, compilation.diagnostics, {})
    bills = collected.selected(wanted)
    _check_names(bills)
    found: list[Diagnostic] = []
    tags = {bill.home.name: _tags(bill, cloud, project, style, wanted.agreed, found) for bill in bills}
    diagnostics = (*compilation.diagnostics, *settle(found, project))
    failed = any(d.severity == "error" for d in diagnostics)
    left = {bill.home.name: bill.contested for bill in bills if bill.contested}
    return Exported(compilation, diagnostics, {} if failed else tags, {} if failed else left)


def _tags(
    bill: Bill, cloud: Cloud, project: Project, style: Style | None, agreed: bool, found: list[Diagnostic]
) -> dict[str, str]:
    made, faults = projected(bill.agreed if agreed else bill.said, cloud, project.tags, style)
    found += faults if agreed else [*bill.disagreements(), *faults]
    return made.tags


def _check(what: str, name: str | None, known: set[str]) -> None:
    if name is not None and name not in known:
        listed = ", ".join(f"`{one}`" for one in sorted(known))
        raise UsageError(f"no job has the {what} `{name}`", did_you_mean(name, known) or f"there are {listed}")


def _check_names(bills: list[Bill]) -> None:
    """`a-b` in `c` and `a` in `b-c` would have one key."""
    homes: dict[str, Home] = {}
    for bill in bills:
        other = homes.setdefault(bill.home.name, bill.home)
        if other != bill.home:
            raise UsageError(
                f"tenants `{other.tenant}` and `{bill.home.tenant}` would both be `{bill.home.name}`",
                "export one of them at a time: `--tenant`",
            )
