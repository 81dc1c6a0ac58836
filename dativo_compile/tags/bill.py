"""The tags of a job that belong on a cloud bill: level 1 as written, and whose it is."""

from __future__ import annotations

from collections.abc import Mapping

PREFIX = "infrastructure."
KNOWN_TO_THE_CLOUD = frozenset(("provider", "region", "account_id", "project_id"))


def bill_tags(properties: Mapping[str, str]) -> dict[str, str]:
    """Logical keys to texts, from table properties: bill and table agree, since both are made of these.

    Provider, region, account and project are left out: a bill knows them of every resource.
    """
    start = len(PREFIX)
    return {
        key[start:]: text
        for key, text in properties.items()
        if key.startswith(PREFIX) and key[start:] not in KNOWN_TO_THE_CLOUD
    }
