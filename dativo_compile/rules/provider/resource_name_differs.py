"""The short name of a resource is the one inside its id: two names for one thing are one too many."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic, Related, diagnose
from dativo_compile.model.job import PlacedJob
from dativo_compile.model.project import Project
from dativo_compile.rules.aws import resources as aws
from dativo_compile.rules.azure import resources as azure
from dativo_compile.rules.gcp import resources as gcp
from dativo_compile.rules.provider.block import PROVIDER, at_run_time, provider_of
from dativo_compile.rules.provider.id_fault import brief
from dativo_compile.rules.provider.places import said_at

# Each provider's own reading: number of a resource -> the names that it may be called by, its own first; silent about
# ids that are refused.
NAMED: dict[str, Callable[[PlacedJob], Iterator[tuple[int, tuple[str, ...]]]]] = {
    "aws": aws.names_in_ids,
    "gcp": gcp.names_in_ids,
    "azure": azure.names_in_ids,
}
SAME: dict[str, Callable[[str], str]] = {"azure": str.casefold}  # names of Azure are one whatever their case

RESOURCE_NAME_DIFFERS = Code(
    "DC5017",
    "resource-name-differs",
    "error",
    "this resource is named `{name}`, and its id names `{found}`",
    """\
`resource_name` is for people and for tools that look a resource up by name; the id is what the provider goes by. When
they name two things, one was changed and the other forgotten, and whoever reads the name believes the wrong thing. The
name of a role is its last part, without the path. A service account may be called by its e-mail address too, and names
of Azure are compared without case.

Make them agree, or leave `resource_name` out: the id says it all.""",
)


def resource_name_differs(placed: PlacedJob, _project: Project) -> Iterator[Diagnostic]:
    block = provider_of(placed)
    named = NAMED.get(block.get("provider", ""))
    same = SAME.get(block.get("provider", ""), str)
    for number, names in named(placed) if named is not None else ():
        name = block["resources"][number].get("resource_name")
        if not name or same(name) in map(same, names) or at_run_time(name):
            continue
        said = Related(said_at(placed, (*PROVIDER, "resources", number, "resource_id")), "the id")
        place = said_at(placed, (*PROVIDER, "resources", number, "resource_name"))
        help = f"write `{brief(names[0])}`, or correct the id"
        yield diagnose(
            RESOURCE_NAME_DIFFERS, place, help=help, related=(said,), name=brief(name), found=brief(names[0])
        )
