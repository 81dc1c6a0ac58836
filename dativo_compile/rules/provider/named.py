"""The things whose names a job states: what it declares, and what its target resolves to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dativo_compile.model.job import PlacedJob
from dativo_compile.model.place import Place
from dativo_compile.rules.aws.arn import Arn
from dativo_compile.rules.aws.resources import arns_of, name_in
from dativo_compile.rules.azure.resources import ids_of as azure_ids_of
from dativo_compile.rules.gcp.resources import ids_of as gcp_ids_of
from dativo_compile.rules.gcp.service_account import OWN
from dativo_compile.rules.provider.resource import Resource, id_part


@dataclass(frozen=True, slots=True)
class Named:
    """A declared resource by its own name. `kind` is its `resource_type`, `project` that of a dataset."""

    placed: PlacedJob
    kind: str
    name: str
    number: int
    resource: Resource
    project: str = ""

    @property
    def place(self) -> Place:
        text = self.resource["resource_id"]
        at = text.find(self.name) if self.kind == "service_account" else text.rfind(self.name)
        return id_part(self.placed, self.number, self.resource, at, at + len(self.name))


def declared_names(placed: PlacedJob, provider: str) -> Iterator[Named]:
    """Of the resources whose ids can be read; without Glue catalogs, and accounts that Google names."""
    reader = READERS.get(provider)
    return reader(placed) if reader is not None else iter(())


def _of_aws(placed: PlacedJob) -> Iterator[Named]:
    for number, resource, arn in arns_of(placed):
        kind = resource["resource_type"]
        name = name_in(kind, arn) if kind != "glue_catalog" or is_database(arn) else None
        if name is not None:
            yield Named(placed, kind, name, number, resource)


def is_database(arn: Arn) -> bool:
    return arn.resource.startswith("database/")


def _of_gcp(placed: PlacedJob) -> Iterator[Named]:
    for number, resource, read in gcp_ids_of(placed):
        kind = resource["resource_type"]
        if kind != "service_account" or (read.project and resource["resource_id"].endswith(OWN)):
            yield Named(placed, kind, read.names[0], number, resource, read.project)


def _of_azure(placed: PlacedJob) -> Iterator[Named]:
    for number, resource, found in azure_ids_of(placed):
        yield Named(placed, resource["resource_type"], found.name, number, resource)


READERS: dict[str, Callable[[PlacedJob], Iterator[Named]]] = {"aws": _of_aws, "gcp": _of_gcp, "azure": _of_azure}
