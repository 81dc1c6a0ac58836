"""Jobs under another id: what is gone on one side and new on the other, and writes the same table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dativo_compile.review.diff.model import Manifests


def renamed(base: Manifests, new: Manifests, gone: Iterable[str], come: Iterable[str]) -> dict[str, str]:
    """New id -> old id, where exactly one job of either side writes that table."""
    then, now = _by_table(base, gone), _by_table(new, come)
    return {now[table]: then[table] for table in now if now[table] and then.get(table)}


def _by_table(side: Manifests, job_ids: Iterable[str]) -> dict[tuple[Any, ...], str]:
    """Table -> the job that writes it; empty text for a table of several."""
    found: dict[tuple[Any, ...], str] = {}
    for job_id in job_ids:
        table = _table(side.entry(job_id))
        if table:
            found[table] = "" if table in found else job_id
    return found


def _table(entry: Mapping[str, Any]) -> tuple[Any, ...]:
    return (entry.get("tenant_id"), *map(str, entry["identity"])) if entry.get("identity") else ()
