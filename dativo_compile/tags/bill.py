"""The tags of a job that belong on a cloud bill: level 1 as written, and whose it is."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

PREFIX = "infrastructure."
KNOWN_TO_THE_CLOUD = frozenset(("provider", "region", "account_id", "project_id"))


def bill_tags(properties: Mapping[str, str]) -> dict[str, str]:
    """Logical keys to texts, from table properties: bill and table agree, since both are made of these.

    Provider, region, account and project are left out: a bill knows them of every resource.
    """
    return {key.removeprefix(PREFIX): properties[key] for key in bill_keys(tuple(properties))}


@lru_cache(maxsize=2048)  # the jobs of an asset have the same keys
def bill_keys(properties: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the keys of table properties that belong on a bill."""
    keys = (key for key in properties if key.startswith(PREFIX))
    return tuple(key for key in keys if key.removeprefix(PREFIX) not in KNOWN_TO_THE_CLOUD)
