"""What an asset adds to the tags and properties of its jobs, made once however many jobs use it."""

from __future__ import annotations

from dataclasses import dataclass
from sys import intern
from typing import Any

from dativo_compile.diagnostics.diagnostic import Diagnostic
from dativo_compile.model.asset import Asset
from dativo_compile.tags.levels import NO_LEVEL, Level, compliance_level, tag_level
from dativo_compile.tags.text import Texts

MOST_KEPT = 4096  # bounds memory; jobs in a row share assets


@dataclass(frozen=True, slots=True)
class PreparedAsset:
    """Levels 2 and 4, and the table properties of a job that says nothing itself; shared, never changed."""

    asset: Asset | None
    finops: Level
    compliance: Level
    properties: dict[str, str]
    property_origins: dict[str, Any]


NOTHING = PreparedAsset(None, NO_LEVEL, NO_LEVEL, {}, {})

_known: dict[int, PreparedAsset] = {}


def prepared_of(asset: Asset, found: list[Diagnostic]) -> PreparedAsset:
    """Faults of the asset's own values are added to `found` when it is prepared, not when it is used again."""
    known = _known.get(id(asset))
    if known is not None and known.asset is asset:
        return known
    made = _prepare(asset, found)
    if len(_known) >= MOST_KEPT:
        _known.pop(next(iter(_known)))
    _known[id(asset)] = made
    return made


def _prepare(asset: Asset, found: list[Diagnostic]) -> PreparedAsset:
    document = asset.document
    finops = _shared(tag_level(asset.finops, asset.finops_origins, Texts(document, "finops", found)))
    level, own = compliance_level(asset.compliance, asset.compliance_origins, Texts(document, "", found))
    values: dict[str, str] = {}
    origins: dict[str, Any] = {}

    def add(prefix: str, tree: dict[str, Any], its: dict[str, Any]) -> None:
        for key, value in tree.items():
            if value is not None:
                name = intern(prefix + key)
                values[name], origins[name] = value, its[key]

    texts = Texts(document, "asset", found)
    add("asset.", *_texts(asset.details, asset.detail_origins, texts))
    said = {k: v for k, v in asset.governance.items() if k not in ("retention_days", "domain", "data_product")}
    add("governance.", *_texts(said, asset.governance_origins, Texts(document, "governance", found)))
    silent = Texts(document, "", [])  # these stand elsewhere too, and were reported there
    rest = {k: v for k, v in asset.governance.items() if k not in said}
    add("governance.", *_texts(rest, asset.governance_origins, silent))
    add("finops.", finops.values, finops.origins)
    for column, marks in zip(asset.columns, asset.column_origins, strict=True):
        if "classification" in column:
            name = intern("classification.fields." + column["name"])
            values[name], origins[name] = column["classification"].lower(), marks["classification"]
    add("", own.values, own.origins)
    return PreparedAsset(asset, finops, _shared(level), values, origins)


def _shared(level: Level) -> Level:
    """Keys recur in every asset: one copy of each is enough."""
    if not level.values:
        return Level(level.document, {}, {})
    return Level(
        level.document,
        {intern(key): value for key, value in level.values.items()},
        {intern(key): origin for key, origin in level.origins.items()},
    )


def _texts(values: dict[str, Any], origins: dict[str, Any], texts: Texts) -> tuple[dict[str, Any], dict[str, Any]]:
    return {key: texts.of(key, value, origins[key]) for key, value in values.items()}, origins
