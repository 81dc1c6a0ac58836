"""What jobs want on the bill of their tenant and environment: level 1 as written and whose it is, job by job."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from dativo_compile.diagnostics.codes.bill import TAG_NOT_SENT, TAGS_DISAGREE
from dativo_compile.diagnostics.diagnostic import Diagnostic, Related, diagnose
from dativo_compile.model.job import LinkedJob, TaggedJob
from dativo_compile.model.place import Place
from dativo_compile.model.resource import Cloud
from dativo_compile.model.secrecy import shown
from dativo_compile.model.source import Document
from dativo_compile.model.tag_demands import TagDemands
from dativo_compile.tags.bill import PREFIX, bill_tags
from dativo_compile.tags.places import place_for
from dativo_compile.tags.projections import PROJECTIONS, Fault, Projected, Style
from dativo_compile.tags.sending import sent

AGREE = "make the two agree (a job's own belongs in its `finops`), or leave out what is contested: `--agreed`"
# A storage account takes the shortest keys of Azure's resources, and every tenant has one.
DESTINATIONS: dict[Cloud, str] = {"aws": "aws", "gcp": "gcp", "azure": "azure_storage"}


class Home(NamedTuple):
    """A tenant in an environment: the one who pays."""

    tenant: str
    environment: str | None

    @property
    def name(self) -> str:
        """As its workspace is called."""
        return f"{self.tenant}-{self.environment}" if self.environment else self.tenant


@dataclass(frozen=True, slots=True)
class Said:
    """The text of a tag and the job that says so."""

    text: str
    document: Document
    origin: Any

    def locate(self) -> Place:
        return place_for(self.document, self.origin)


def home_of(linked: LinkedJob) -> Home:
    return Home(linked.tenant, linked.environment)


def bill_of(tagged: TaggedJob) -> dict[str, Said]:
    """By logical key; empty for a job without an `infrastructure` block, which knows of no resources."""
    linked = tagged.placed.linked
    document, origins = linked.document, tagged.property_origins
    said = {key: Said(text, document, origins[PREFIX + key]) for key, text in bill_tags(tagged.properties).items()}
    if said and linked.environment is not None and "environment" not in said:
        said["environment"] = Said(linked.environment, document, document.marks["environment"])
    return said


class Bill:
    """The tags of one home, from one job after the other; who speaks first is compared with the others."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.said: dict[str, Said] = {}
        self._clashes: dict[str, Said] = {}

    def add(self, said: Mapping[str, Said]) -> None:
        """What one job leaves out, another may say."""
        for key, one in said.items():
            first = self.said.setdefault(key, one)
            if first.text != one.text:
                self._clashes.setdefault(key, one)

    @property
    def contested(self) -> tuple[str, ...]:
        """The tags that jobs disagree about."""
        return tuple(sorted(self._clashes))

    @property
    def agreed(self) -> dict[str, Said]:
        return {key: one for key, one in self.said.items() if key not in self._clashes}

    def disagreements(self) -> Iterator[Diagnostic]:
        """One for each key: the first two that differ."""
        for key, other in sorted(self._clashes.items()):
            first = self.said[key]
            yield diagnose(
                TAGS_DISAGREE, other.locate(), tag=key, value=shown(other.text, key), other=shown(first.text, key),
                home=self.home.name, related=(Related(first.locate(), f"here it is {shown(first.text, key)}"),),
                help=AGREE,
            )  # fmt: skip


def projected(
    said: Mapping[str, Said], cloud: Cloud, demands: TagDemands, style: Style | None
) -> tuple[Projected, list[Diagnostic]]:
    """What the cloud would be sent, and why it cannot be all of it."""
    destination = DESTINATIONS[cloud]
    made = sent(destination, {key: one.text for key, one in said.items()}, demands, style)
    return made, [_not_sent(fault, said, PROJECTIONS[destination].thing) for fault in made.faults]


def _not_sent(fault: Fault, said: Mapping[str, Said], thing: str) -> Diagnostic:
    first, *others = fault.keys
    reason = f"`{others[0]}` would have the key `{fault.made}` too" if fault.reason == "collision" else fault.text
    related = tuple(Related(said[key].locate(), f"`{key}` stands here") for key in others)
    help = "choose another `--style`, or name its key in `tags.names` of `dativo.yaml`"
    place = said[first].locate()
    return diagnose(TAG_NOT_SENT, place, tag=first, thing=thing, reason=reason, related=related, help=help)
