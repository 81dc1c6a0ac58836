"""`source` and `target` of a job: what connector, asset and job say, merged."""

from __future__ import annotations

import re
from typing import Any

from dativo_compile.diagnostics.codes.link import OBJECT_UNFIT, SELECTION_MISSING
from dativo_compile.diagnostics.diagnostic import Diagnostic, diagnose
from dativo_compile.linking.catalog import as_mapping
from dativo_compile.linking.credentials import typed_credentials
from dativo_compile.linking.job_text import may_hold_reference
from dativo_compile.linking.merge import Tree, merge
from dativo_compile.linking.references import rewrite, typed_text
from dativo_compile.model.asset import Asset
from dativo_compile.model.job import Connector
from dativo_compile.model.source import Document
from dativo_compile.validation.schema import SELECTIONS
from dativo_compile.yaml.spans import place_of

SELECTED = re.compile(rf"source\.(?:{'|'.join(SELECTIONS)})(?![A-Za-z0-9_-])")


def own_side(document: Document, side: str, tenant: str, environment: str | None) -> Tree:
    """What the job itself says of a side, with its credentials typed."""
    value, marks = document.value.get(side), document.marks.get(side)
    if type(value) is not dict or type(marks) is not dict:
        return {}, {}
    credentials = value.get("credentials")
    if side == "target" and type(value.get("catalog")) is str:
        value, marks = dict(value), dict(marks)
        as_mapping(value, marks)
    if type(credentials) is dict and credentials:
        value, marks = dict(value), dict(marks)
        value["credentials"], marks["credentials"] = typed_credentials(
            credentials, marks["credentials"], tenant, environment
        )
    return value, marks


def source_of(connector: Connector | None, own: Tree) -> Tree:
    """Connector defaults, then the job; the job's selection replaces the connector's."""
    value, origins = own
    base, base_origins = (connector.defaults, connector.origins) if connector else ({}, {})
    drop = []
    if any(value.get(name) for name in SELECTIONS):
        drop += [name for name in SELECTIONS if name in base]
    if not value.get("incremental"):
        drop.append("incremental")  # off unless the job gives a non-empty map
    if drop:
        base = {k: v for k, v in base.items() if k not in drop}
        base_origins = {k: v for k, v in base_origins.items() if k not in drop}
    out, out_origins = merge(base, base_origins, value, origins)
    if type(out.get("objects")) is str:  # one name is a list of one
        out["objects"], out_origins["objects"] = [out["objects"]], [out_origins["objects"]]
    if out.get("incremental") == {}:
        del out["incremental"], out_origins["incremental"]
    return out, out_origins


def target_of(connector: Connector | None, asset: Asset | None, own: Tree) -> Tree:
    """Connector defaults, then the asset's `target`, then the job's."""
    merged = (connector.defaults, connector.origins) if connector else ({}, {})
    if asset is not None and asset.target:
        merged = merge(*merged, *asset_target(asset))
    return merge(*merged, *own)


def asset_target(asset: Asset) -> Tree:
    """An asset may name run-time values where a job may."""
    value, marks = asset.target, asset.target_origins
    if b"$" in asset.document.file.data:
        value, marks = rewrite(
            value, marks, lambda path, text: typed_text(text) if may_hold_reference(("target", *path)) else text
        )
    if type(value.get("catalog")) is str:
        value, marks = dict(value), dict(marks)
        as_mapping(value, marks)
    return value, marks


def select_object(document: Document, asset: Asset | None, source: Tree, found: list[Diagnostic]) -> None:
    """Without a selection the asset's object is read; what is selected has to fit the asset.

    The trees are the merge's own and are completed in place.
    """
    value, origins = source
    if asset is None:
        return
    names = [name for name in SELECTIONS if value.get(name)]
    if not names:
        if _selected_by_output(document):
            return
        if asset.object is not None:
            value["objects"], origins["objects"] = [asset.object], [asset.detail_origins["object"]]
            return
        place = place_of(document, ("source",) if "source" in document.value else ("source_connector_path",), key=True)
        found.append(
            diagnose(
                SELECTION_MISSING, place, connector=value.get("connector", "the source"),
                help="add `objects: [NAME]` (or `files`, `tables`, `sheets`) to `source`, or `object` to the asset",
            )
        )  # fmt: skip
        return
    _check_objects(document, asset, names[0], value[names[0]], found)


def _selected_by_output(document: Document) -> bool:
    terraform = (document.value.get("infrastructure") or {}).get("terraform") or {}
    for target in (terraform.get("outputs") or {}).values():
        for text in target if type(target) is list else (target,):
            if SELECTED.match(text):
                return True
    return False


def _check_objects(document: Document, asset: Asset, name: str, selection: Any, found: list[Diagnostic]) -> None:
    items = selection if type(selection) is list else [selection]
    first: str | None = asset.object
    expected = f"the asset `{asset.name}` describes `{first}`"
    for index, item in enumerate(items):
        chosen = item.get("object") if type(item) is dict else item
        if type(chosen) is not str:
            continue
        if first is None:
            first, expected = chosen, f"`{chosen}` goes into the same table"
        elif chosen != first:
            path = ("source", name, index, "object") if type(item) is dict else ("source", name, index)
            found.append(
                diagnose(
                    OBJECT_UNFIT, place_of(document, path), object=chosen, expected=expected,
                    help="write one job per asset",
                )
            )  # fmt: skip
