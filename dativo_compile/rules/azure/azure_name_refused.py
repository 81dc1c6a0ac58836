"""A resource of Azure that is named can exist: the declared ones, and the account that the job writes to."""

from __future__ import annotations

from collections.abc import Iterator

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic, diagnose
from dativo_compile.model.job import PlacedJob
from dativo_compile.model.project import Project
from dativo_compile.rules.azure.azure_id_malformed import CALLED
from dativo_compile.rules.azure.names import account_name_fault
from dativo_compile.rules.azure.resources import NAME_FAULTS, ids_of
from dativo_compile.rules.provider.id_fault import IdFault, brief
from dativo_compile.rules.provider.resource import id_refused
from dativo_compile.rules.provider.written import written

AZURE_NAME_REFUSED = Code(
    "DC5042",
    "azure-name-refused",
    "error",
    "{what} cannot be named `{name}`: {reason}",
    """\
Support for Azure is a preview: resources are checked, and nothing is read from Azure itself.

The name of a storage account has 3 to 24 lower-case letters and digits and nothing else, because it becomes part of
host names: no hyphens, no capitals. A user-assigned identity has 3 to 128 letters, digits, hyphens and underscores, and
begins with a letter or digit. The resources of the job are checked, and the account that it writes to.

Correct the name.""",
    source="https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules",
)
CORRECT = "correct the name"


def azure_name_refused(placed: PlacedJob, _project: Project) -> Iterator[Diagnostic]:
    told = set()
    for number, resource, found in ids_of(placed):
        kind = resource["resource_type"]
        fault = NAME_FAULTS[kind](found.name)
        if fault is not None:
            told.add(found.name)
            start = found.start
            moved = IdFault(fault.reason, start + fault.start, start + fault.end, fault.help or CORRECT)
            name = brief(found.name)
            yield id_refused(AZURE_NAME_REFUSED, placed, number, resource, moved, what=CALLED[kind], name=name)
    for place in written(placed, ("azure",)):
        fault = account_name_fault(place.name) if place.name not in told else None
        if fault is not None:
            at, help = place.part(fault.start, fault.end), fault.help or CORRECT
            what, name = CALLED["storage_account"], brief(place.name)
            yield diagnose(AZURE_NAME_REFUSED, at, help=help, what=what, name=name, reason=fault.reason)
