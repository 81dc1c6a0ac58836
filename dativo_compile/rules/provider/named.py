"""The resources that a job declares, by their own names: read once for all jobs that declare the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from dativo_compile.model.job import PlacedJob
from dativo_compile.model.place import Place
from dativo_compile.rules.aws.arn import Arn, arn_of
from dativo_compile.rules.aws.resources import SERVICES, name_in
from dativo_compile.rules.azure.names import TYPES
from dativo_compile.rules.azure.resource_id import AzureId, resource_of
from dativo_compile.rules.gcp.ids import GcpId
from dativo_compile.rules.gcp.resources import READERS
from dativo_compile.rules.gcp.service_account import OWN
from dativo_compile.rules.provider.block import PROVIDER, provider_of
from dativo_compile.rules.provider.places import part_at


@dataclass(frozen=True, slots=True)
class Named:
    """A resource among those of a job, with its id. `kind` is its type, `project` that of a dataset."""

    number: int
    kind: str
    id: str
    name: str
    project: str = ""

    def place(self, placed: PlacedJob) -> Place:
        at = 0 if self.kind == "service_account" else self.id.rfind(self.name)
        path = (*PROVIDER, "resources", self.number, "resource_id")
        return part_at(placed.linked.document, path, self.id, at, at + len(self.name))


def declared_names(placed: PlacedJob) -> tuple[Named, ...]:
    """Of the resources whose ids can be read; without Glue catalogs, and accounts that Google names."""
    block = provider_of(placed)
    resources = block.get("resources")
    if not resources:
        return ()
    ids = tuple([(resource["resource_type"], resource["resource_id"]) for resource in resources])
    return _names(str(block.get("provider")), ids)


@lru_cache(maxsize=1024)
def _names(provider: str, ids: tuple[tuple[str, str], ...]) -> tuple[Named, ...]:
    read = OF.get(provider)
    found = [read(number, *each) for number, each in enumerate(ids)] if read is not None else []
    return tuple(filter(None, found))


def _of_aws(number: int, kind: str, text: str) -> Named | None:
    arn = arn_of(text) if kind in SERVICES else None
    if type(arn) is not Arn or arn.service != SERVICES[kind]:
        return None
    name = name_in(kind, arn) if kind != "glue_catalog" or arn.resource.startswith("database/") else None
    return Named(number, kind, text, name) if name else None


def _of_gcp(number: int, kind: str, text: str) -> Named | None:
    read = READERS[kind](text) if kind in READERS else None
    if type(read) is not GcpId or (kind == "service_account" and not (read.project and text.endswith(OWN))):
        return None
    return Named(number, kind, text, read.names[0], read.project)


def _of_azure(number: int, kind: str, text: str) -> Named | None:
    read = resource_of(text, TYPES[kind]) if kind in TYPES else None
    return Named(number, kind, text, read.name) if type(read) is AzureId else None


OF: dict[str, Callable[[int, str, str], Named | None]] = {"aws": _of_aws, "gcp": _of_gcp, "azure": _of_azure}
