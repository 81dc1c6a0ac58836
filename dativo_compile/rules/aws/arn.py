"""The six parts of an ARN, told apart before a rule judges any of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from dativo_compile.diagnostics.near import did_you_mean
from dativo_compile.rules.provider.characters import shown
from dativo_compile.rules.provider.id_fault import IdFault, brief, edge_fault
from dativo_compile.rules.published import published

ACCOUNT = re.compile(r"[0-9]{12}")
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
PARTS = ("partition", "service", "region", "account", "resource")


@dataclass(frozen=True, slots=True)
class Arn:
    """An ARN of a partition that exists; nothing else of it has been checked."""

    text: str
    partition: str
    service: str
    region: str
    account: str
    resource: str

    def span(self, part: str) -> tuple[int, int]:
        """Where a part stands in the text; for an empty one the colon before it."""
        start = len("arn:")
        for name in PARTS:
            length = len(getattr(self, name))
            if name == part:
                return (start, start + length) if length else (start - 1, start)
            start += length + 1
        raise KeyError(part)


@lru_cache(maxsize=8192)
def arn_of(text: str) -> Arn | IdFault:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html"""
    fault = edge_fault(text)
    if fault is not None:
        return fault
    if not text.startswith("arn:"):
        return _no_arn(text)
    parts = text.split(":", 5)
    if len(parts) < 6:
        return IdFault(f"it has {len(parts)} of the 6 parts", 0, len(text))
    partition = parts[1]
    known = published("aws")["partitions"]
    if partition not in known:
        end = 4 + len(partition)
        if not partition:
            return IdFault("its partition is empty", 3, 5, "write `aws`, or the partition that it lies in")
        help = did_you_mean(partition, known) or f"partitions are {', '.join(f'`{name}`' for name in known)}"
        return IdFault(f"AWS has no partition `{partition}`", 4, end, help)
    return Arn(text, *parts[1:])


def _no_arn(text: str) -> IdFault:
    if text[:4].lower() == "arn:":
        return IdFault("`arn` is written in lower case", 0, 3, "write `arn`")
    scheme = SCHEME.match(text)
    if scheme is not None:
        return IdFault(f"it begins with `{scheme[0]}`, not with `arn:`", 0, len(scheme[0]))
    return IdFault("it does not begin with `arn:`", 0, len(text))


def account_fault(arn: Arn) -> IdFault | None:
    if ACCOUNT.fullmatch(arn.account):
        return None
    if not arn.account:
        return IdFault("its account is missing", *arn.span("account"), "put the 12 digits of the account there")
    other = next((f", which has {shown(char)}" for char in arn.account if not char.isascii()), "")
    reason = f"its account must be 12 digits, not `{brief(arn.account)}`{other}"
    return IdFault(reason, *arn.span("account"), "write the 12 digits of the account")


def emptiness_faults(arn: Arn, *parts: str) -> list[IdFault]:
    """Of parts that such an ARN leaves empty, those that are not."""
    return [
        IdFault(f"its {part} must be empty, not `{brief(getattr(arn, part))}`", *arn.span(part), "leave it empty")
        for part in parts
        if getattr(arn, part)
    ]
