"""What follows the account in the ARN of a Glue catalog or database."""

from __future__ import annotations

import re
from functools import lru_cache

from dativo_compile.rules.aws.arn import Arn, account_fault
from dativo_compile.rules.provider.id_fault import IdFault

LONGEST = 255
DEEPEST_CATALOG = 2
ONE = re.compile(r"[A-Za-z0-9_-]+")  # a name that leaves no doubt
WRITE = "write `database/NAME`, `catalog/NAME` or `catalog`"


def glue_name(arn: Arn) -> str | None:
    """Of the database or the catalog, the last name on its way; the account's own catalog has none."""
    kind, _, names = arn.resource.partition("/")
    return names.rpartition("/")[2] if kind in ("database", "catalog") and names else None


@lru_cache(maxsize=8192)
def glue_faults(arn: Arn) -> tuple[IdFault, ...]:
    """https://docs.aws.amazon.com/glue/latest/dg/glue-specifying-resource-arns.html"""
    region = None
    if not arn.region:
        region = IdFault("its region is missing", *arn.span("region"), "write the region of the catalog there")
    return tuple(filter(None, (region, account_fault(arn), _resource_fault(arn))))


def _resource_fault(arn: Arn) -> IdFault | None:
    start, end = arn.span("resource")
    kind, slash, rest = arn.resource.partition("/")
    if kind not in ("catalog", "database"):
        what = f"`{kind}/...` is no catalog and no database" if slash else "a catalog or a database follows the account"
        database = rest.rpartition("/")[0] if kind == "table" else "" if slash else kind
        return IdFault(what, start, end, f"write `database/{database}`" if ONE.fullmatch(database) else WRITE)
    if not slash and kind == "catalog":
        return None
    if not rest:
        return IdFault(f"the {kind} has no name", end - 1, end, f"write the name of the {kind} after `{kind}/`")
    names = rest.split("/")
    if kind == "catalog" and len(names) > DEEPEST_CATALOG:
        return IdFault(f"a catalog has {DEEPEST_CATALOG} names at most, and here are {len(names)}", start + 8, end)
    return _names_fault(names, start + len(kind) + 1)


def _names_fault(names: list[str], at: int) -> IdFault | None:
    for name in names:
        if not name:
            return IdFault("a name between two slashes is empty", at - 1, at + 1)
        if len(name) > LONGEST:
            reason = f"a name in it has {len(name)} characters, and {LONGEST} is the most"
            return IdFault(reason, at, at + len(name))
        at += len(name) + 1
    return None
