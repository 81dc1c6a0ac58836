"""The resources that an Azure job declares, with their ids read."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dativo_compile.model.job import PlacedJob
from dativo_compile.rules.azure.names import TYPES, account_name_fault, identity_name_fault
from dativo_compile.rules.azure.resource_id import AzureId, resource_of
from dativo_compile.rules.provider.id_fault import IdFault
from dativo_compile.rules.provider.resource import Resource, declared

NAME_FAULTS: dict[str, Callable[[str], IdFault | None]] = {
    "storage_account": account_name_fault,
    "managed_identity": identity_name_fault,
}


def read(resource: Resource) -> AzureId | IdFault:
    return resource_of(resource["resource_id"], TYPES[resource["resource_type"]])


def ids_of(placed: PlacedJob) -> Iterator[tuple[int, Resource, AzureId]]:
    """Those whose id is one, whatever their name is."""
    for number, resource in declared(placed, "azure", *TYPES):
        found = read(resource)
        if type(found) is AzureId:
            yield number, resource, found


def names_in_ids(placed: PlacedJob) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Number of a resource -> what its `resource_name` may be, of those whose name Azure would take."""
    for number, resource, found in ids_of(placed):
        if NAME_FAULTS[resource["resource_type"]](found.name) is None:
            yield number, (found.name,)
