"""Decide which table a job writes and where its bytes go. After `place_table` nothing about it is implied."""

from __future__ import annotations

from sys import intern
from typing import Any

from dativo_compile.diagnostics.codes.emit import (
    CATALOG_ASSUMED,
    CATALOG_UNKNOWN,
    NAME_REFUSED,
    NAMESPACE_ENVIRONMENT,
)
from dativo_compile.diagnostics.diagnostic import Diagnostic, diagnose
from dativo_compile.diagnostics.near import asked, nearest
from dativo_compile.linking.catalog import ALIASES, KNOWN, NAMESPACE_KEYS, TYPE_OF_KEY, as_mapping
from dativo_compile.linking.merge import merge
from dativo_compile.linking.templates import EnvironmentNeeded, filled
from dativo_compile.mapping.environment import already_missed
from dativo_compile.mapping.location import location_of
from dativo_compile.mapping.naming import name_fault, qualified_dataset
from dativo_compile.mapping.places import origin_fix, origin_place
from dativo_compile.model.job import BoundJob, LinkedJob, PlacedJob, Table
from dativo_compile.model.origin import Origin, winner
from dativo_compile.model.project import Project
from dativo_compile.yaml.spans import place_of

Tree = tuple[dict[str, Any], dict[str, Any]]


def place_table(bound: BoundJob, project: Project, found: list[Diagnostic]) -> PlacedJob:
    """`target` gains catalog, location and write mode; the table's names stand beside it, checked."""
    linked = bound.linked
    target, marks = dict(bound.body["target"]), dict(bound.origins["target"])
    as_mapping(target, marks)  # an output may be the bare name
    # What outputs would have said is not missed when there are none to map: why is reported.
    unsaid: list[Diagnostic] = [] if _outputs_missing(bound) else found
    catalog, catalog_marks = _catalog(linked, target, marks, project, unsaid)
    target["catalog"], marks["catalog"] = catalog, catalog_marks
    if "write_mode" not in target:
        target["write_mode"], marks["write_mode"] = "append", "rule:default-write-mode"
    top = bound.body.get("catalog"), bound.origins.get("catalog")
    namespace, namespace_mark = _namespace(linked, catalog, catalog_marks, top, project, found)
    name, name_mark = _name(linked, target.pop("table", None), marks.pop("table", None), catalog, catalog_marks, top)
    table = None
    if (
        namespace is not None
        and name is not None
        and _names_fit(linked, catalog, namespace, namespace_mark, name, name_mark, found)
    ):
        location, location_mark = location_of(linked, target, marks, namespace, name, catalog["type"], unsaid)
        if location is not None:
            target["location"], marks["location"] = location, location_mark
        identity = _identity(catalog, bound.body, namespace, name)
        shown = location if type(location) is str else None
        table = Table(qualified_dataset(catalog["type"], namespace)[1], name, shown, catalog, identity)
    return PlacedJob(
        linked, bound.state, {**bound.body, "target": target}, {**bound.origins, "target": marks}, table,
        {"namespace": namespace_mark, "name": name_mark}, bound.secrets,
    )  # fmt: skip


def _outputs_missing(bound: BoundJob) -> bool:
    terraform = bound.body.get("infrastructure", {}).get("terraform")
    return bound.state is None and type(terraform) is dict and bool(terraform.get("outputs"))


def _catalog(
    linked: LinkedJob, target: dict[str, Any], marks: dict[str, Any], project: Project, found: list[Diagnostic]
) -> Tree:
    catalog, origins = target.get("catalog"), marks.get("catalog")
    if type(catalog) is not dict or type(origins) is not dict:
        catalog, origins = {}, {}
    default = project.default_catalog
    if default and "type" not in catalog and _implied(catalog) in (None, default.get("type")):
        catalog, origins = merge(default, project.default_catalog_origins, catalog, origins)
    if "type" not in catalog:
        implied = _implied(catalog)
        rule = "rule:catalog-of-its-namespace" if implied else "rule:embedded-catalog"
        if implied is None and linked.target_connector is not None:
            # At the connector, without a word of this job: `settle` drops the doubles of further jobs.
            connector = linked.target_connector
            place = place_of(connector.document, ("name",))
            help = "set `default_catalog` in dativo.yaml, or `catalog` here, or `target.catalog` in the job"
            found.append(diagnose(CATALOG_ASSUMED, place, name=connector.name, help=help))
        catalog, origins = {**catalog, "type": implied or "sql"}, {**origins, "type": rule}
    kind = catalog["type"]
    known = ", ".join(f"`{name}`" for name in KNOWN)
    if kind in ALIASES:
        catalog = {**catalog, "type": ALIASES[kind]}
    elif kind not in KNOWN:
        place, near = origin_place(linked, origins["type"]), nearest(str(kind), (*KNOWN, *ALIASES))
        fix = origin_fix(linked, origins["type"], str(kind), near)
        help = asked(near) or f"write one of {known}"
        found.append(diagnose(CATALOG_UNKNOWN, place, name=kind, help=help, fix=fix))
    return catalog, origins


def _implied(catalog: dict[str, Any]) -> str | None:
    """The type that the catalog's own key for namespaces gives away."""
    return next((kind for key, kind in TYPE_OF_KEY.items() if key in catalog), None)


def _namespace(
    linked: LinkedJob,
    catalog: dict[str, Any],
    marks: dict[str, Any],
    top: tuple[Any, Any],
    project: Project,
    found: list[Diagnostic],
) -> tuple[str | None, Any]:
    for values, origins in ((catalog, marks), top):
        for key in NAMESPACE_KEYS if type(values) is dict else ():
            if type(values.get(key)) is str and values[key]:
                return values[key], origins[key]
    try:
        return filled(project.namespace, linked.tenant, linked.environment), "rule:namespace-pattern"
    except EnvironmentNeeded:
        if not already_missed(linked, found):
            place = place_of(linked.document, ("tenant_id",), key=True)
            help = "add `environment: NAME` to the job, or `namespace` to its catalog"
            found.append(diagnose(NAMESPACE_ENVIRONMENT, place, template=project.namespace, help=help))
        return None, None


def _name(
    linked: LinkedJob, table: Any, mark: Any, catalog: dict[str, Any], marks: dict[str, Any], top: tuple[Any, Any]
) -> tuple[str | None, Any]:
    if type(table) is str and table:
        return table, mark
    for values, origins in ((catalog, marks), top):
        if type(values) is dict and type(values.get("table_name")) is str and values["table_name"]:
            return values["table_name"], origins["table_name"]
    if linked.asset is None:
        return None, None
    return linked.asset.name, linked.asset.detail_origins["name"]


def _names_fit(
    linked: LinkedJob, catalog: dict[str, Any], namespace: str, namespace_mark: Origin, name: str, mark: Origin,
    found: list[Diagnostic],
) -> bool:  # fmt: skip
    ok = True
    kind = catalog["type"]
    for what, text, origin in (
        ("namespace", qualified_dataset(kind, namespace)[1], namespace_mark), ("name", name, mark),
    ):  # fmt: skip
        reason = name_fault(text, kind)
        if reason is None:
            continue
        ok = False
        help = "choose another name with " + ("`target.table`" if what == "name" else "`namespace` in `target.catalog`")
        place, notes = origin_place(linked, origin), tuple[str, ...]()
        if winner(origin) == "rule:namespace-pattern":
            notes = ("it comes from the namespace pattern",)
            if linked.project is not None and (linked.project.value.get("tables") or {}).get("namespace"):
                place = place_of(linked.project, ("tables", "namespace"))
                help = "correct the pattern, or name the namespace in the job's `target.catalog`"
        found.append(diagnose(NAME_REFUSED, place, name=text, what=what, reason=reason, notes=notes, help=help))
    return ok


def _identity(catalog: dict[str, Any], body: dict[str, Any], namespace: str, name: str) -> tuple[str, ...]:
    """What makes two tables one. Account and region tell catalogs apart only where they are the cloud's own."""
    kind = catalog["type"]
    infrastructure = body.get("infrastructure")
    provider = infrastructure.get("provider") if type(infrastructure) is dict else None
    provider = provider if type(provider) is dict else {}
    project, dataset = qualified_dataset(kind, namespace)
    account = region = ""
    if kind in ("glue", "bigquery"):
        account = str(
            project or catalog.get("project_id") or provider.get("account_id") or provider.get("project_id") or ""
        )
        region = str(catalog.get("region") or provider.get("region") or "")
    uri = catalog.get("uri", "")
    # interned: ten thousand jobs lie in a few catalogs, and each keeps its identity
    return kind, intern(uri if type(uri) is str else repr(uri)), intern(account), intern(region), intern(dataset), name
