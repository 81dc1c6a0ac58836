"""The tags of a cloud's bill back in the words of jobs: `CostCenter` is `cost_center`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from dativo_compile.formatting.order import TAGS

HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
BETWEEN = re.compile(r"[\s-]+")
# What the cloud, Terraform or a module writes by itself, and what the job says elsewhere.
OWN = {
    "name", "managed_by", "terraform", "tenant_id", "tenant", "provider", "region", "account_id", "project_id",
}  # fmt: skip
FOREIGN = ("aws:", "goog-", "infrastructure.", "kubernetes", "hidden-")


def tags_in_common(tagged: Iterable[Mapping[str, str]], environment: str) -> dict[str, Any]:
    """The tags that all tagged resources have with one value; `environment` only if it is the job's."""
    sets = [{_key(key): value for key, value in tags.items() if _wanted(key)} for tags in tagged if tags]
    if not sets:
        return {}
    common = {key: value for key, value in sets[0].items() if all(other.get(key) == value for other in sets)}
    if environment and common.get("environment", environment) != environment:
        del common["environment"]
    known = [key for key in TAGS if key in common and key != "custom"]
    order = [*known, *sorted(common.keys() - set(known) - {"custom"})]
    return {key: _value(key, common[key]) for key in order}


def _wanted(key: str) -> bool:
    return not key.startswith(FOREIGN) and _key(key) not in OWN


def _key(key: str) -> str:
    return BETWEEN.sub("_", HUMP.sub("_", key.strip())).lower()


def _value(key: str, value: str) -> Any:
    """On AWS the elements of a list are joined by spaces."""
    return value.replace(",", " ").split() if key == "compliance" else value
