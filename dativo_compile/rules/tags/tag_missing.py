"""Tags that a project requires must be there: a bill, or an audit, goes by them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic, Fix, diagnose
from dativo_compile.diagnostics.near import asked
from dativo_compile.model.job import TaggedJob
from dativo_compile.model.place import Place
from dativo_compile.model.project import Project
from dativo_compile.model.tag_demands import Demand, Path
from dativo_compile.rules.provider.block import outputs_of
from dativo_compile.rules.tags.origins import block_place, demanded_at, document_of, key_place, listed, value_place
from dativo_compile.tags.demands import demanded
from dativo_compile.tags.slips import nearest_slip
from dativo_compile.yaml.fixes import swapped
from dativo_compile.yaml.spans import place_of

TAG_MISSING = Code(
    "DC6010",
    "tag-missing",
    "error",
    "this project requires {tags}, {how}",
    """\
`tags.required` in `dativo.yaml` names tags that every job must have, and `tags.for` those that the jobs of
some tenants or environments must have. It does not matter which level gives a tag (the job, its asset), but
its text must not be empty: what nobody filled in is found on no bill.

Add the tag where it belongs: to `infrastructure.tags` if the bill of the cloud should have it too, else to
`finops` or `compliance` of the asset.""",
)
ABSENT = object()


def tag_missing(tagged: TaggedJob, project: Project) -> Iterator[Diagnostic]:
    linked = tagged.placed.linked
    demand = demanded(project.tags, linked.tenant, linked.environment)
    if not demand.required or all(map(tagged.tags.get, demand.required)) or linked.asset is None:
        return
    told = partial(_finding, project, demand)
    absent = []
    for key in demand.required:
        if tagged.tags.get(key):
            continue
        if key in tagged.tags:
            yield told(
                [key], "which is empty here", value_place(linked, tagged.tag_origins[key], ""), "give it a value"
            )
        elif path := _removed(tagged, key):
            place = place_of(linked.document, path, key=True)
            yield told([key], "which is removed here", place, "give it a value, or remove the line")
        elif _reported(tagged, key):
            continue
        elif near := nearest_slip(key, tagged.tags.keys() - demand.required.keys() - project.tags.named):
            origin = tagged.tag_origins[near]
            place = key_place(linked, origin)
            fix = swapped(document_of(linked, origin).file, place, _last(near), _last(key))
            yield told([key], "which the job lacks", place, asked(key), fix)
        else:
            absent.append(key)
    if absent:
        yield told(absent, "which the job lacks", block_place(linked), _help(absent))


def _finding(
    project: Project, demand: Demand, keys: list[str], how: str, place: Place, help: str, fix: Fix | None = None
) -> Diagnostic:
    what = "the tag" if len(keys) == 1 else "the tags"
    first = {demand.required[key][:-1]: demand.required[key] for key in reversed(keys)}  # of each list that asks
    related = sorted(
        (one for path in first.values() for one in demanded_at(project, path, "required here")),
        key=lambda one: one.place,
    )
    tags = f"{what} {listed(keys)}"
    return diagnose(TAG_MISSING, place, related=tuple(related), help=help, fix=fix, tags=tags, how=how)


def _last(key: str) -> str:
    """A key as it stands in its mapping."""
    return key.removeprefix("custom.")


def _help(keys: list[str]) -> str:
    it = "it" if len(keys) == 1 else "them"
    if all(key.startswith("classification.") for key in keys):
        return f"add {it} to `classification_overrides`, or to the asset's `compliance.classification`"
    if all(key.startswith("compliance.") for key in keys):
        return f"add {it} to `compliance` of the asset"
    return f"add {it} to `infrastructure.tags`, or to `finops` of the job or its asset"


def _removed(tagged: TaggedJob, key: str) -> Path:
    """The path of the null in the job that leaves the tag out; empty if there is none."""
    document = tagged.placed.linked.document.value
    return next((path for path in _paths(key) if _at(document, path) is None), ())


def _reported(tagged: TaggedJob, key: str) -> bool:
    """Whether something gives the tag, though it has no text: an output that is missing, a value of another kind."""
    targets = (to if type(to) is list else [to] for to in outputs_of(tagged.placed).values())
    if any(f"infrastructure.tags.{key}" in to for to in targets):
        return True
    linked = tagged.placed.linked
    asset = {"finops": linked.asset.finops, "compliance": linked.asset.compliance} if linked.asset else {}
    return any(_at(tree, path) not in (None, ABSENT) for path in _paths(key) for tree in (linked.document.value, asset))


def _paths(key: str) -> Iterator[tuple[str, ...]]:
    """Where a job or an asset may write a tag."""
    for level in (("infrastructure", "tags"), ("finops",)):
        yield (*level, key)
        if key.startswith("custom."):
            yield (*level, "custom", key.removeprefix("custom."))
    if key.startswith("classification."):
        yield "classification_overrides", key.removeprefix("classification.fields.").removeprefix("classification.")
        yield "compliance", "classification"
    elif key == "compliance":
        yield "compliance", "regulations"
    elif key.startswith("compliance."):
        yield tuple(key.split("."))


def _at(tree: Any, path: tuple[str, ...]) -> Any:
    for step in path:
        if type(tree) is not dict or step not in tree:
            return ABSENT
        tree = tree[step]
    return tree
