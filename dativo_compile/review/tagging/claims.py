"""Which resources the jobs speak of, and what each job wants on them; gathered as the jobs go by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from dativo_compile.diagnostics.codes.bill import NO_RESOURCES
from dativo_compile.diagnostics.diagnostic import Diagnostic, diagnose
from dativo_compile.linking.states import StateReader
from dativo_compile.model.job import PlacedJob, TaggedJob
from dativo_compile.model.output import State
from dativo_compile.model.place import Place
from dativo_compile.model.source import Document
from dativo_compile.passes.read_state import find_state, names_state
from dativo_compile.review.tagging.bills import Bill, Home, Said, bill_of, home_of
from dativo_compile.rules.provider.block import PROVIDER, outputs_of, provider_of
from dativo_compile.tags.levels import tag_level
from dativo_compile.tags.text import Texts
from dativo_compile.terraform.resource_ids import spelt
from dativo_compile.yaml.spans import place_of


@dataclass(slots=True)
class Declared:
    """A resource that jobs declare. `own` are the tags that they give it there, which go before those of the bill."""

    id: str
    kind: str
    cloud: str
    document: Document
    number: int
    own: Bill
    bills: dict[Home, Bill] = field(default_factory=dict)

    @property
    def place(self) -> Place:
        """Where the first job declares it."""
        return place_of(self.document, (*PROVIDER, "resources", self.number, "resource_id"))


@dataclass(slots=True)
class Used:
    """A state, and the bills of the jobs that it belongs to, by home and cloud."""

    state: State
    bills: dict[tuple[Home, str], Bill] = field(default_factory=dict)


class Claims:
    """By spelling of the id, and by location of the state."""

    def __init__(self, clouds: tuple[str, ...], *, with_states: bool) -> None:
        self.declared: dict[str, Declared] = {}
        self.states: dict[str, Used] = {}
        self._clouds = clouds
        self._with_states = with_states

    def look(self, tagged: TaggedJob, states: StateReader, found: list[Diagnostic]) -> None:
        cloud = str(provider_of(tagged.placed).get("provider"))
        if not self._with_states or cloud not in self._clouds:
            return
        home, said = home_of(tagged.placed.linked), bill_of(tagged)
        state = _state_of(tagged.placed, states, found)
        if state is not None and state.resources is not None:
            used = self.states.setdefault(state.location, Used(state))
            used.bills.setdefault((home, cloud), Bill(home)).add(said)
        for number, resource in enumerate(provider_of(tagged.placed).get("resources") or ()):
            declared = self._declared(number, resource, cloud, tagged.placed, home)
            declared.bills.setdefault(home, Bill(home)).add(said)
            declared.own.add(dict(_own(tagged.placed, number, resource, found)))

    def _declared(self, number: int, resource: dict[str, Any], cloud: str, placed: PlacedJob, home: Home) -> Declared:
        key = spelt(resource["resource_id"])
        if key not in self.declared:
            document = placed.linked.document
            kind = resource["resource_type"]
            self.declared[key] = Declared(resource["resource_id"], kind, cloud, document, number, Bill(home))
        return self.declared[key]


def _state_of(placed: PlacedJob, states: StateReader, found: list[Diagnostic]) -> State | None:
    """That which the job's outputs come from, else that which it names; absent too if it cannot be read."""
    linked = placed.linked
    state = placed.state
    if state is None and not outputs_of(placed) and names_state(linked, states):
        state = find_state(linked, states, found)
    if state is not None and state.resources is None:
        help = "give the state itself (`terraform state pull > FILE`), or what `terraform show -json` prints"
        found.append(diagnose(NO_RESOURCES, Place.whole(state.location), location=state.location, help=help))
    return state


def _own(
    placed: PlacedJob, number: int, resource: dict[str, Any], found: list[Diagnostic]
) -> Iterator[tuple[str, Said]]:
    tags = resource.get("tags")
    if type(tags) is not dict or not tags:
        return
    document = placed.linked.document
    origins = placed.origins["infrastructure"]["provider"]["resources"][number]["tags"]
    block = f"infrastructure.provider.resources[{number}].tags"
    level = tag_level(tags, origins, Texts(document, block, found), escaped=True)
    for key, text in level.values.items():
        if text is not None:
            yield key, Said(text, document, level.origins[key])
