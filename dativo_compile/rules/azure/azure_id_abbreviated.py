"""An id with parts left out reads well, and finds nothing."""

from __future__ import annotations

from collections.abc import Iterator

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic, diagnose
from dativo_compile.model.job import PlacedJob
from dativo_compile.model.project import Project
from dativo_compile.rules.azure.names import TYPES
from dativo_compile.rules.azure.resource_id import form
from dativo_compile.rules.azure.resources import ids_of
from dativo_compile.rules.provider.resource import id_part

AZURE_ID_ABBREVIATED = Code(
    "DC5041",
    "azure-id-abbreviated",
    "warning",
    "the id of `{name}` leaves out where it is",
    """\
Support for Azure is a preview: resources are checked, and nothing is read from Azure itself.

`/subscriptions/.../storageAccounts/NAME` reads well in a document. As an id it finds nothing: two subscriptions may
each have a resource of that name, and no tool can look this one up. What does stand there is checked all the same: how
it begins, the type before the name, and the name.

Write the whole id, or end the line with `# dativo: ignore[DC5041] the subscription is not to be told`.""",
    source="https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules",
)


def azure_id_abbreviated(placed: PlacedJob, _project: Project) -> Iterator[Diagnostic]:
    for number, resource, found in ids_of(placed):
        if found.left_out is not None:
            place = id_part(placed, number, resource, *found.left_out)
            help = f"write the whole id: `{form(TYPES[resource['resource_type']])}`"
            yield diagnose(AZURE_ID_ABBREVIATED, place, help=help, name=found.name)
