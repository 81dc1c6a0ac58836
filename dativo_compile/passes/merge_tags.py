"""Merge the five levels of tags. After `merge_tags` the effective set and the exact table properties are known."""

from __future__ import annotations

from typing import Any

from dativo_compile.diagnostics.codes.tags import NULL_IDLE, OVERRIDE_UNKNOWN
from dativo_compile.diagnostics.diagnostic import Diagnostic, diagnose
from dativo_compile.diagnostics.near import asked, nearest
from dativo_compile.linking.references import escaped
from dativo_compile.model.asset import Asset
from dativo_compile.model.job import PlacedJob, TaggedJob
from dativo_compile.model.project import Project
from dativo_compile.model.source import Document
from dativo_compile.tags.effective import Effective
from dativo_compile.tags.identity import check_identity, identity_of
from dativo_compile.tags.levels import NO_LEVEL, Level, classification_key, override_level, tag_level
from dativo_compile.tags.places import place_for
from dativo_compile.tags.prepared import NOTHING, prepared_of
from dativo_compile.tags.properties import add_governance, add_infrastructure, add_tags
from dativo_compile.tags.text import Texts
from dativo_compile.yaml.fixes import swapped


def merge_tags(placed: PlacedJob, _project: Project, found: list[Diagnostic]) -> TaggedJob:
    """Without an asset the job has an error; what its own levels say is checked all the same."""
    linked = placed.linked
    job = linked.document
    before = len(found)
    asset = prepared_of(linked.asset, []) if linked.asset is not None else NOTHING
    first, has_block = _infrastructure(placed, found)
    third = _block(job, "finops", found)
    fifth = _overrides(job, found)
    unread = any(d.severity == "error" for d in found[before:])
    levels = (first, asset.finops, third, asset.compliance, fifth)

    effective = Effective({}, {})
    idle = [(level, key) for level in levels for key in effective.lay(level)]

    properties = Effective(dict(asset.properties), dict(asset.property_origins))
    if third.values:
        properties.lay(third, "finops.")
    if fifth.values:
        _lay_overrides(fifth, properties, linked.asset, idle, found)
    if job.value.get("governance_overrides"):
        add_governance(job, properties, found)
    identity = identity_of(placed)
    if has_block:
        add_infrastructure(first, identity, properties)
    check_identity(identity, levels, job, found)
    add_tags(effective, linked.id, properties)
    if idle and linked.asset is not None and not unread:  # else a null may remove what could not be read
        found += [_idle(level, key) for level, key in idle]
    if "$" in "".join(effective.values):
        return _with_escaped_keys(placed, effective, properties)
    return TaggedJob(placed, effective.values, effective.origins, properties.values, properties.origins)


def _infrastructure(placed: PlacedJob, found: list[Diagnostic]) -> tuple[Level, bool]:
    """Level 1, and whether the job has the block at all. Outputs are in it already."""
    block = placed.body.get("infrastructure")
    if type(block) is not dict:
        return NO_LEVEL, False
    tags = block.get("tags")
    if type(tags) is not dict or not tags:
        return NO_LEVEL, True
    texts = Texts(placed.linked.document, "infrastructure.tags", found)
    return tag_level(tags, placed.origins["infrastructure"]["tags"], texts, escaped=True), True


def _block(job: Document, name: str, found: list[Diagnostic]) -> Level:
    block = job.value.get(name)
    if not block:
        return NO_LEVEL
    return tag_level(block, job.marks[name], Texts(job, name, found), escaped=True)


def _overrides(job: Document, found: list[Diagnostic]) -> Level:
    name = "classification_overrides"
    block = job.value.get(name)
    if not block:
        return NO_LEVEL
    return override_level(block, job.marks[name], Texts(job, name, found), escaped=True)


def _lay_overrides(
    level: Level, properties: Effective, asset: Asset | None, idle: list[tuple[Level, str]], found: list[Diagnostic]
) -> None:
    """An override that removes the class that the schema gave a column is not idle, though no tag was there."""
    still_idle = set(properties.lay(level))
    names = {column["name"] for column in asset.columns} if asset is not None else set()
    columns = {classification_key(name): name for name in names} | {"classification.default": ""}
    if asset is not None:
        for key in level.values.keys() - columns.keys():
            found.append(_unknown(level, key, names, asset))
    idle[:] = [(its, key) for its, key in idle if its is not level or (key in still_idle and key in columns)]


def _unknown(level: Level, key: str, names: set[str], asset: Asset) -> Diagnostic:
    assert level.document is not None
    column = key.removeprefix("classification.fields.")
    place, near = place_for(level.document, level.origins[key], key=True), nearest(column, names)
    twice = f"classification.fields.{near}" in level.values
    return diagnose(
        OVERRIDE_UNKNOWN, place, asset=asset.name, column=column, help=asked(near),
        notes=(f"its columns stand in {asset.document.file.name}",),
        fix=None if twice else swapped(level.document.file, place, column, near),
    )  # fmt: skip


def _idle(level: Level, key: str) -> Diagnostic:
    assert level.document is not None
    place = place_for(level.document, level.origins[key], key=True)
    return diagnose(NULL_IDLE, place, tag=key, help='give it a value, write `""` for an empty text, or remove the line')


def _with_escaped_keys(placed: PlacedJob, effective: Effective, properties: Effective) -> TaggedJob:
    """Only the compiler makes `$` keys."""
    tags: dict[str, str] = {escaped(key): value for key, value in effective.values.items()}
    origins: dict[str, Any] = {escaped(key): origin for key, origin in effective.origins.items()}
    return TaggedJob(placed, tags, origins, properties.values, properties.origins)
