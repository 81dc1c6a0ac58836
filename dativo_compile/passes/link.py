"""Join a job with its connectors and its asset. After `link` every leaf knows its origin."""

from __future__ import annotations

from typing import Any

from dativo_compile.diagnostics.codes.link import (
    ENVIRONMENT_NEEDED,
    FILE_MISSING,
    NAME_DIFFERS,
    PATH_REFUSED,
    ROLE_UNFIT,
)
from dativo_compile.diagnostics.diagnostic import Diagnostic, diagnose
from dativo_compile.diagnostics.near import asked
from dativo_compile.linking.connector import FILE_TEMPLATE
from dativo_compile.linking.job_text import typed
from dativo_compile.linking.library import Library
from dativo_compile.linking.merge import Tree, without_nulls
from dativo_compile.linking.paths import PathFault, near_path
from dativo_compile.linking.sides import own_side, select_object, source_of, target_of
from dativo_compile.linking.templates import EnvironmentNeeded
from dativo_compile.model.asset import Asset
from dativo_compile.model.job import Connector, LinkedJob, ParsedJob
from dativo_compile.model.source import Document, Role
from dativo_compile.yaml.fixes import swapped
from dativo_compile.yaml.spans import place_of


def link(parsed: ParsedJob, library: Library, found: list[Diagnostic]) -> LinkedJob:
    """A connector or asset that cannot be used is absent, and reported."""
    document = typed(parsed.document, found)
    job = document.value
    tenant: str = job["tenant_id"]
    environment: str | None = job.get("environment")
    source_connector = _connector(document, "source", library, tenant, environment, found)
    target_connector = _connector(document, "target", library, tenant, environment, found)
    asset = _asset(document, library, found)
    own_source = _own(document, "source", tenant, environment, found)
    own_target = _own(document, "target", tenant, environment, found)
    body: dict[str, Any] = {}
    origins: dict[str, Any] = {}
    body["source"], origins["source"] = source_of(source_connector, own_source)
    body["target"], origins["target"] = target_of(target_connector, asset, own_target)
    select_object(document, asset, (body["source"], origins["source"]), found)
    for root in ("infrastructure", "catalog"):
        if type(job.get(root)) is dict:
            body[root], origins[root] = job[root], document.marks[root]
            if job[root] and root == "catalog":
                body[root], origins[root] = without_nulls(job[root], document.marks[root])
    name = job.get("name") or parsed.id.rsplit("/", 1)[-1]
    return LinkedJob(
        parsed.id, document, tenant, environment, name, source_connector, target_connector, asset, body, origins,
        _module(document, library), library.project.document,
    )  # fmt: skip


def _own(document: Document, side: str, tenant: str, environment: str | None, found: list[Diagnostic]) -> Tree:
    try:
        return own_side(document, side, tenant, environment)
    except EnvironmentNeeded as needed:
        found.append(_environment_needed(place_of(document, (side, *FILE_TEMPLATE)), needed))
        return own_side(document, side, tenant, "")


def _file(document: Document, key: str, what: str, library: Library, found: list[Diagnostic]) -> str | None:
    """The project-relative name of the file that the job names at `key`."""
    text = document.value.get(key)
    if type(text) is not str:
        return None  # absent or of the wrong type: already reported
    resolved = library.path(document.file.name, text)
    if not isinstance(resolved, PathFault):
        return resolved.name
    place = place_of(document, (key,))
    if resolved.missing:
        notes = tuple(f"tried {name}" for name in resolved.tried)
        near = near_path(library.project, resolved.tried, text)
        help = asked(near) or "correct the path; it is relative to the project root, or to the job file"
        fix = swapped(document.file, place, text, near)
        found.append(diagnose(FILE_MISSING, place, what=what, path=text, notes=notes, help=help, fix=fix))
    else:
        help = resolved.help or "give the path of a file in this project"
        found.append(diagnose(PATH_REFUSED, place, what=what, path=text, reason=resolved.reason, help=help))
    return None


def _module(document: Document, library: Library) -> str | None:
    infrastructure = document.value.get("infrastructure")
    terraform = infrastructure.get("terraform") if type(infrastructure) is dict else None
    text = terraform.get("module_path") if type(terraform) is dict else None
    if type(text) is not str:
        return None
    resolved = library.path(document.file.name, text, folder=True)
    if not isinstance(resolved, PathFault):
        return resolved.name
    return resolved.tried[0] if resolved.tried else text


def _connector(
    document: Document,
    role: Role,
    library: Library,
    tenant: str,
    environment: str | None,
    found: list[Diagnostic],
) -> Connector | None:
    name = _file(document, f"{role}_connector_path", f"{role} connector", library, found)
    recipe = library.document(name, role, found) if name else None
    if recipe is None:
        return None
    called = recipe.value["name"]
    if role not in recipe.value.get("roles", (role,)):
        roles = ", ".join(f"`{r}`" for r in recipe.value["roles"])
        place = place_of(document, (f"{role}_connector_path",))
        found.append(
            diagnose(
                ROLE_UNFIT, place, name=called, role=role, notes=(f"{name} lists the roles {roles}",),
                help=f"use a connector that can be a {role}",
            )
        )  # fmt: skip
        return None
    _compare_names(document, f"{role}_connector", f"{role} connector", called, name or "", found)
    try:
        return library.connector(recipe, tenant, environment)
    except EnvironmentNeeded as needed:
        found.append(_environment_needed(place_of(document, (f"{role}_connector_path",)), needed))
        return None


def _environment_needed(place: Any, needed: EnvironmentNeeded) -> Diagnostic:
    return diagnose(
        ENVIRONMENT_NEEDED, place, template=str(needed), help="add `environment: NAME` to the job"
    )  # fmt: skip


def _asset(document: Document, library: Library, found: list[Diagnostic]) -> Asset | None:
    name = _file(document, "asset_path", "asset", library, found)
    asset = library.asset(name, found) if name else None
    if asset is not None:
        _compare_names(document, "asset", "asset", asset.name, name or "", found)
    return asset


def _compare_names(document: Document, key: str, what: str, name: str, file: str, found: list[Diagnostic]) -> None:
    said = document.value.get(key)
    if type(said) is str and said != name:
        found.append(
            diagnose(
                NAME_DIFFERS, place_of(document, (key,)), what=what, said=said, name=name,
                notes=(f"read from {file}",), help=f"write `{name}`, or correct the path",
            )
        )  # fmt: skip
