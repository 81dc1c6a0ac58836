"""The tags that jobs want beside those that the resources of their states, and their tables, really carry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dativo_compile.diagnostics.codes.bill import NOT_IN_STATE
from dativo_compile.diagnostics.diagnostic import Diagnostic, diagnose
from dativo_compile.diagnostics.near import did_you_mean
from dativo_compile.linking.states import StateReader
from dativo_compile.model.job import TaggedJob
from dativo_compile.model.project import Project, Request
from dativo_compile.model.resource import Cloud, Resource
from dativo_compile.model.usage import UsageError
from dativo_compile.pipeline import Compilation, Watch, compile_project
from dativo_compile.review.tagging.bills import DESTINATIONS, Bill, Said, projected
from dativo_compile.review.tagging.claims import Claims, Declared
from dativo_compile.review.tagging.compare import Compared, compared, in_common
from dativo_compile.review.tagging.tables import Tables
from dativo_compile.settle import settle
from dativo_compile.tags.projections import STYLES, Style
from dativo_compile.terraform.resource_ids import KINDS, KNOWN, spelt
from dativo_compile.terraform.resources import read_whole

LABELLESS = frozenset({"service_account"})  # Google's carry no labels
CLOUDS: tuple[Cloud, ...] = ("aws", "gcp", "azure")


@dataclass(frozen=True, slots=True)
class Asked:
    """Which resources, in which style. `tables` are properties.

    `declared` leaves out resources that no job declares, `agreed` the tags that jobs disagree about.
    """

    cloud: Cloud | None = None
    style: Style | None = None
    declared: bool = False
    agreed: bool = False
    tables: Tables | None = None


@dataclass(frozen=True, slots=True)
class Drift:
    """`compared` in order; empty if there is an error.

    `better` is, by cloud, a style that more of the real keys are in; `strangers` are tables that no job writes.
    """

    compilation: Compilation
    diagnostics: tuple[Diagnostic, ...]
    compared: tuple[Compared, ...] = ()
    better: tuple[tuple[str, str], ...] = ()
    strangers: tuple[str, ...] = ()

    @property
    def failed(self) -> bool:
        return any(d.severity == "error" for d in self.diagnostics)

    @property
    def drifted(self) -> bool:
        return any(one.differences for one in self.compared)


@dataclass(frozen=True, slots=True)
class Target:
    """A resource of a state and what is wanted of it, by logical key."""

    location: str
    resource: Resource
    said: Mapping[str, Said]


def tag_drift(request: Request, asked: Asked) -> Drift:
    """Raises `UsageError`, also if nothing can be compared: silence would look like agreement."""
    claims = Claims((asked.cloud,) if asked.cloud else CLOUDS, with_states=not request.locked)

    def look(tagged: TaggedJob, states: StateReader, found: list[Diagnostic]) -> None:
        claims.look(tagged, states, found)
        if asked.tables is not None:
            asked.tables.look(tagged)

    compilation = compile_project(request, lambda _: None, watch=Watch(look, read_whole))
    project = compilation.project
    if compilation.failed or project is None:
        return Drift(compilation, compilation.diagnostics)
    found: list[Diagnostic] = []
    targets = list(_targets(claims, asked, found))
    resources = [_compared(target, project, asked.style, found) for target in targets]
    diagnostics = (*compilation.diagnostics, *settle(found, project))
    if any(d.severity == "error" for d in diagnostics):
        return Drift(compilation, diagnostics)
    tables = asked.tables.compared() if asked.tables else ()
    if not resources and not tables:
        raise _nothing(claims, asked)
    everything = (*sorted(resources, key=lambda one: (one.source, one.address)), *tables)
    better = (
        tuple(_better(targets, resources, project, asked.style)) if any(one.differences for one in resources) else ()
    )
    return Drift(compilation, diagnostics, everything, better, asked.tables.strangers if asked.tables else ())


def _targets(claims: Claims, asked: Asked, found: list[Diagnostic]) -> Iterator[Target]:
    """Declared resources wherever they lie, then those of known types in the states of one tenant."""
    by_id: dict[str, list[tuple[str, Resource]]] = {}
    for location, used in sorted(claims.states.items()):
        for resource in used.state.resources or ():
            for id in resource.ids:
                by_id.setdefault(id, []).append((location, resource))
    taken: set[tuple[str, str]] = set()
    for key, declared in sorted(claims.declared.items()):
        there = [(at, one) for at, one in by_id.get(key, ()) if one.cloud == declared.cloud]
        if not there and claims.states and declared.kind not in LABELLESS:
            found.append(_absent(declared, by_id.values()))
        for at, one in there:
            taken.add((at, one.address))
            if _taggable(one):
                yield Target(at, one, _wanted(declared, asked, found))
    for location, used in sorted(claims.states.items()):
        if asked.declared or len(used.bills) != 1:
            continue  # of several tenants, nobody knows whose a resource is
        ((_, cloud), bill) = next(iter(used.bills.items()))
        for one in used.state.resources or ():
            wanted = one.type in KNOWN and one.cloud == cloud and (location, one.address) not in taken
            if wanted and _taggable(one):
                found += () if asked.agreed else bill.disagreements()
                yield Target(location, one, bill.agreed)


def _taggable(resource: Resource) -> bool:
    return resource.tags is not None or resource.hidden


def _wanted(declared: Declared, asked: Asked, found: list[Diagnostic]) -> dict[str, Said]:
    bills: Iterable[Bill] = declared.bills.values()
    found += [d for bill in (*bills, declared.own) for d in bill.disagreements() if not asked.agreed]
    return in_common(bill.agreed for bill in bills) | declared.own.agreed


def _compared(target: Target, project: Project, style: Style | None, found: list[Diagnostic]) -> Compared:
    made, faults = projected(target.said, target.resource.cloud, project.tags, style)
    found += faults
    wanted = {key: (text, target.said[made.logical[key]]) for key, text in made.tags.items()}
    return compared(target.location, target.resource, wanted)


def _better(
    targets: Sequence[Target], there: Sequence[Compared], project: Project, style: Style | None
) -> Iterator[tuple[str, str]]:
    """Keys in another style are no tags that somebody forgot: say so once."""
    for cloud in DESTINATIONS:
        pairs = [pair for pair in zip(targets, there, strict=True) if pair[0].resource.cloud == cloud]
        now = sum(len(one.differences) for _, one in pairs)
        if style is not None or not now:
            continue
        counts = {
            other: sum(len(_compared(target, project, other, []).differences) for target, _ in pairs)
            for other in STYLES
        }
        best = min(STYLES, key=counts.__getitem__)  # of equals the first
        if counts[best] * 2 <= now:
            yield cloud, best


def _absent(declared: Declared, known: Iterable[Sequence[tuple[str, Resource]]]) -> Diagnostic:
    kinds = KINDS.get(declared.kind, ())
    names = {one.id for there in known for _, one in there if one.type in kinds}
    more = len(declared.bills) - 1
    help = did_you_mean(spelt(declared.id), names) or "name the state that has it: `--state WORKSPACE=FILE`"
    notes = (f"jobs of {more} more tenants or environments declare it",) if more else ()
    return diagnose(NOT_IN_STATE, declared.place, id=declared.id, notes=notes, help=help)


def _nothing(claims: Claims, asked: Asked) -> UsageError:
    if asked.tables is not None:
        return UsageError("there is nothing to compare", "no table of the properties is written by these jobs")
    if not claims.states:
        help = "name a state: `terraform.module_path` in the job, or `--state WORKSPACE=FILE`"
        return UsageError("there is nothing to compare: no job has a Terraform state", help)
    help = "declare them in `infrastructure.provider.resources`, or name the state that has them"
    return UsageError("there is nothing to compare: the states have no resource of these jobs", help)
