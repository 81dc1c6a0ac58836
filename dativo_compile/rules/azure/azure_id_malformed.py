"""The id of an Azure resource is its path from the subscription down."""

from __future__ import annotations

from collections.abc import Iterator

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic
from dativo_compile.model.job import PlacedJob
from dativo_compile.model.project import Project
from dativo_compile.rules.azure.names import TYPES
from dativo_compile.rules.azure.resources import read
from dativo_compile.rules.provider.id_fault import IdFault
from dativo_compile.rules.provider.resource import declared, id_refused

CALLED = {"storage_account": "a storage account", "managed_identity": "a user-assigned identity"}

AZURE_ID_MALFORMED = Code(
    "DC5040",
    "azure-id-malformed",
    "error",
    "this is no id of {what}: {reason}",
    """\
Support for Azure is a preview: resources are checked, and nothing is read from Azure itself.

A resource of Azure is known by its path,
`/subscriptions/GUID/resourceGroups/GROUP/providers/Microsoft.Storage/storageAccounts/NAME` for a storage account and
`.../Microsoft.ManagedIdentity/userAssignedIdentities/NAME` for a user-assigned identity. Its words are compared without
case, as Azure does. An id of another type, or of a part of the resource (a container, say), is refused: it would be
taken for the resource itself.

Copy the id: `az resource show --ids`, the portal's JSON view and the attribute `id` in Terraform have it. Parts may be
left out as `/.../`, which is the warning DC5041.""",
    source="https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules",
)


def azure_id_malformed(placed: PlacedJob, _project: Project) -> Iterator[Diagnostic]:
    for number, resource in declared(placed, "azure", *TYPES):
        found = read(resource)
        if type(found) is IdFault:
            what = CALLED[resource["resource_type"]]
            yield id_refused(AZURE_ID_MALFORMED, placed, number, resource, found, what=what)
