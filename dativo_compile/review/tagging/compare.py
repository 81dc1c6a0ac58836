"""Wanted tags beside those that are there: what is missing, and what is different. Tags nobody asked for are fine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal
from unicodedata import normalize

from dativo_compile.model.place import Place
from dativo_compile.model.resource import Resource
from dativo_compile.review.tagging.bills import Said

Kind = Literal["resource", "table"]


@dataclass(frozen=True, slots=True)
class Difference:
    """`wanted` is absent for what should be there no more, `real` for what is not there. `locate` says who wants it."""

    key: str
    wanted: str | None
    real: str | None
    locate: Callable[[], Place] | None = None

    @property
    def place(self) -> Place | None:
        return self.locate() if self.locate else None


@dataclass(frozen=True, slots=True)
class Compared:
    """A resource of a state, or a table. `source` is the state's location, or the file of properties.

    `untold` counts tags that are sensitive in the state, and were compared with nothing.
    """

    kind: Kind
    source: str
    name: str
    address: str
    differences: tuple[Difference, ...]
    untold: int = 0


def compared(location: str, resource: Resource, wanted: Mapping[str, tuple[str, Said]]) -> Compared:
    """`wanted` by the key as the cloud has it."""
    real = resource.tags or {}
    spelling = {_folded(key, resource): key for key in real}
    differences: list[Difference] = []
    untold = len(wanted) if resource.hidden else 0
    for key, (text, said) in sorted(wanted.items() if not resource.hidden else ()):
        there = spelling.get(_folded(key, resource))
        value = real[there] if there is not None else None
        if there is not None and value is None:
            untold += 1
        elif value is None or normalize("NFC", value) != normalize("NFC", text):
            differences.append(Difference(key, text, value, said.locate))
    return Compared("resource", location, resource.id, resource.address, tuple(differences), untold)


def _folded(key: str, resource: Resource) -> str:
    """Terraform composes accents, and Azure's keys have no case."""
    return normalize("NFC", key.lower() if resource.cloud == "azure" else key)


def in_common(bills: Iterator[Mapping[str, Said]]) -> dict[str, Said]:
    """What several tenants want of a resource that they share: the tags that no two of them contradict."""
    out: dict[str, Said] = {}
    contested: set[str] = set()
    for said in bills:
        for key, one in said.items():
            contested |= {key} if out.setdefault(key, one).text != one.text else set()
    return {key: one for key, one in out.items() if key not in contested}
