"""A resource's type must be one that the job's provider has."""

from __future__ import annotations

from collections.abc import Iterator

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic, diagnose
from dativo_compile.diagnostics.near import asked, nearest
from dativo_compile.model.job import PlacedJob
from dativo_compile.model.project import Project
from dativo_compile.rules.provider.block import NAMES, PROVIDER, provider_of
from dativo_compile.yaml.fixes import swapped
from dativo_compile.yaml.spans import place_of

RESOURCE_TYPES = {
    "aws": ("s3_bucket", "iam_role", "glue_catalog"),
    "gcp": ("gcs_bucket", "service_account", "bigquery_dataset"),
    "azure": ("storage_account", "managed_identity"),
}
OWNER = {kind: provider for provider, kinds in RESOURCE_TYPES.items() for kind in kinds}

RESOURCE_TYPE_ELSEWHERE = Code(
    "DC5003",
    "resource-type-elsewhere",
    "error",
    "`{kind}` is a resource of {owner}, not of {provider}",
    """\
A job uses one provider, and each of its `resources` belongs to it. This type belongs to another one:
either the type was copied from a job elsewhere, or `infrastructure.provider.provider` is wrong.

Correct whichever of the two is wrong.""",
)
RESOURCE_TYPE_UNKNOWN = Code(
    "DC5004",
    "resource-type-unknown",
    "error",
    "{provider} has no resource type `{kind}`",
    """\
`resource_type` is a name from a short list for each provider, so that resources can be checked and
found. AWS has `s3_bucket`, `iam_role` and `glue_catalog`; GCP has `gcs_bucket`, `service_account` and
`bigquery_dataset`; Azure has `storage_account` and `managed_identity`.

Correct the name. What is on no list can be described under `infrastructure.metadata`.""",
)


def resource_type_misplaced(placed: PlacedJob, _project: Project) -> Iterator[Diagnostic]:
    block = provider_of(placed)
    provider = block.get("provider")
    known = RESOURCE_TYPES.get(provider) if type(provider) is str else None
    for number, resource in enumerate(block.get("resources") or ()):
        kind = resource["resource_type"]
        if known is None or kind in known:
            continue
        place = place_of(placed.linked.document, (*PROVIDER, "resources", number, "resource_type"))
        name = NAMES[str(provider)]
        if kind in OWNER:
            owner = OWNER[kind]
            help = f"use a type of {name} ({_listed(known)}), or set `provider: {owner}`"
            yield diagnose(RESOURCE_TYPE_ELSEWHERE, place, help=help, kind=kind, owner=NAMES[owner], provider=name)
        else:
            near = nearest(kind, known)
            fix = swapped(placed.linked.document.file, place, kind, near)
            help = asked(near) or f"write one of {_listed(known)}"
            yield diagnose(RESOURCE_TYPE_UNKNOWN, place, help=help, fix=fix, kind=kind, provider=name)


def _listed(kinds: tuple[str, ...]) -> str:
    return ", ".join(f"`{kind}`" for kind in kinds)
