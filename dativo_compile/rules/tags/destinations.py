"""Where the tags of a job are sent, and which of its tags."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dativo_compile.model.job import TaggedJob
from dativo_compile.model.project import Project
from dativo_compile.tags.bill import PREFIX, bill_keys
from dativo_compile.tags.projections import Projected
from dativo_compile.tags.projections.glue import plain
from dativo_compile.tags.sending import sent, surely_fit

CLOUDS = {"aws": "aws", "gcp": "gcp", "azure": "azure_storage"}  # a job's data lie in a storage account
EFFECTIVE = "tags."
ENVIRONMENT = f"{PREFIX}environment"


def sent_by(tagged: TaggedJob, project: Project) -> Iterator[tuple[str, str, Projected]]:
    """Destination, the prefix that its logical keys have among the table properties, and what it gets.

    What surely fits is passed over. Without a word of the project: the bill of the job's cloud, and the catalog of its
    table if that is Glue or Unity.
    """
    properties, demands = tagged.properties, project.tags
    whole = tuple(properties)
    for destination, prefix in _destinations(tagged, project):
        keys = bill_keys(whole) if prefix == PREFIX else _effective(whole, prefix)
        texts = tuple(map(properties.__getitem__, keys))
        environment = tagged.placed.linked.environment
        if prefix == PREFIX and environment and ENVIRONMENT not in properties:  # a bill has it all the same
            keys, texts = (*keys, ENVIRONMENT), (*texts, environment)
        if not surely_fit(destination, keys, texts, demands, prefix):
            start = len(prefix)
            tags = {key[start:]: text for key, text in zip(keys, texts, strict=True)}
            yield destination, prefix, sent(destination, tags, demands)


def _destinations(tagged: TaggedJob, project: Project) -> Iterator[tuple[str, str]]:
    wanted = project.tags.destinations
    cloud = _provider(tagged)
    if cloud in CLOUDS and (wanted is None or cloud in wanted):
        yield CLOUDS[cloud], PREFIX
    kind = _catalog(tagged, project)
    if (
        kind == "glue"
        and (wanted is None or "glue" in wanted)
        and not plain(tagged.properties, tagged.properties.values())
    ):
        yield "glue", ""
    if (kind == "unity" and wanted is None) or (wanted and "unity" in wanted):
        yield "unity", EFFECTIVE
    if wanted and "s3_object" in wanted and _on_s3(tagged):
        yield "s3_object", EFFECTIVE


def _effective(keys: tuple[str, ...], prefix: str) -> tuple[str, ...]:
    return tuple(key for key in keys if key.startswith(prefix))


def _provider(tagged: TaggedJob) -> str:
    block = tagged.placed.body.get("infrastructure")
    provider = block.get("provider") if type(block) is dict else None
    return str(provider.get("provider", "")) if type(provider) is dict else ""


def _catalog(tagged: TaggedJob, project: Project) -> str:
    """The type as it was written: `unity` speaks the protocol of `rest`, and is that from `place_table` on."""
    target: dict[str, Any] = tagged.placed.body.get("target") or {}
    catalog = target.get("catalog")
    kind = catalog.get("type") if type(catalog) is dict else ""
    if kind != "rest":
        return str(kind)
    written = (tagged.placed.linked.body.get("target") or {}).get("catalog") or project.default_catalog
    said = written.get("type", project.default_catalog.get("type")) if type(written) is dict else written
    return "unity" if said == "unity" else "rest"


def _on_s3(tagged: TaggedJob) -> bool:
    table = tagged.placed.table
    return table is not None and (table.location or "").startswith(("s3:", "s3a:", "s3n:"))
