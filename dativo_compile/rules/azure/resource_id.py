"""Ids of Azure resources: paths, compared without case, that people like to abbreviate.

https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from dativo_compile.rules.provider.grammar import Grammar
from dativo_compile.rules.provider.id_fault import IdFault, brief, edge_fault

LEFT_OUT = "..."
GUID = re.compile("[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
BEGINNING = ("subscriptions", "resourceGroups", "providers")
ANY = "A-Za-z0-9_().-"
GROUP = Grammar(
    ANY, "letters and digits of ASCII and `_-.()`", ANY, "one of these",
    "A-Za-z0-9_()-", "a letter, digit, `_`, `-` or bracket", 1, 90,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class AzureId:
    """The resource's name, with its span in the id; and the span of `...`, if the id leaves something out."""

    name: str
    start: int
    end: int
    left_out: tuple[int, int] | None = None


@lru_cache(maxsize=1024)
def resource_of(text: str, type_: str) -> AzureId | IdFault:
    """The id of a resource of a type, `NAMESPACE/TYPE`; its name has not been looked at.

    Of an abbreviated one, what can be told apart has been: how it begins, and the type before the name.
    """
    fault = edge_fault(text)
    if fault is not None:
        return fault
    if not text.startswith("/"):
        return _no_path(text, type_)
    steps = tuple(text.split("/")[1:])
    short = LEFT_OUT in steps
    fault = _abbreviated(steps, type_) if short else _beginning(steps) or _end(steps, type_)
    if fault is not None:
        return fault if fault.help else IdFault(fault.reason, fault.start, fault.end, f"the form is `{form(type_)}`")
    name = steps[-1]
    at = _span(steps, steps.index(LEFT_OUT)) if short else None
    return AzureId(name, len(text) - len(name), len(text), at)


def form(type_: str) -> str:
    return f"/subscriptions/GUID/resourceGroups/GROUP/providers/{type_}/NAME"


def same(one: str, other: str) -> bool:
    """Azure tells no two names apart by case."""
    return one.casefold() == other.casefold()


def _span(steps: tuple[str, ...], number: int) -> tuple[int, int]:
    start = sum(len(step) + 1 for step in steps[:number]) + 1
    return start, start + len(steps[number])


def _no_path(text: str, type_: str) -> IdFault:
    whole = 0, len(text)
    if "://" in text:
        return IdFault("it is an address", *whole, f"write `{form(type_)}`")
    if "/" in text:
        return IdFault("it does not begin with `/`", 0, len(text.partition("/")[0]), f"write `/{text}`")
    return IdFault("it is a name", *whole, f"write `{form(type_).removesuffix('NAME')}{brief(text)}`")


def _beginning(steps: tuple[str, ...]) -> IdFault | None:
    """What is wrong up to `providers`."""
    for number, word in enumerate(BEGINNING):
        at = 2 * number
        if len(steps) <= at or not steps[at]:
            return _lacking(steps, f"`{word}` is missing")
        if not same(steps[at], word):
            return IdFault(f"`{brief(steps[at])}` stands where `{word}` belongs", *_span(steps, at))
        if len(steps) <= at + 1 or not steps[at + 1]:
            return _lacking(steps, f"nothing stands after `{word}`")
        if number == 0 and not GUID.fullmatch(steps[1]):
            return IdFault(f"the subscription `{brief(steps[1])}` is no GUID", *_span(steps, 1))
        fault = GROUP.fault(steps[3], "the resource group", _span(steps, 3)[0]) if number == 1 else None
        if fault is not None:
            return fault
    return None


def _lacking(steps: tuple[str, ...], reason: str) -> IdFault:
    return IdFault(reason, 0, sum(len(step) + 1 for step in steps))


def _end(steps: tuple[str, ...], type_: str) -> IdFault | None:
    """What is wrong after `providers`."""
    start = _span(steps, 5)[0]
    if len(steps) < 7 or not steps[6]:
        return _lacking(steps, f"`{type_}` is missing")
    given = "/".join(steps[5:7])
    if not same(given, type_):
        return IdFault(f"`{brief(given)}` is another type of resource", start, start + len(given))
    if len(steps) < 8 or not steps[7]:
        return _lacking(steps, "the name is missing")
    if len(steps) == 8:
        return None
    below = "/".join(("", *steps[8:]))
    at = start + len(given) + 1 + len(steps[7])
    reason = f"`{brief(below)}` is a part of the resource" if below != "/" else "it ends with `/`"
    return IdFault(reason, at, at + len(below), "write the id of the resource, which ends with its name")


def _abbreviated(steps: tuple[str, ...], type_: str) -> IdFault | None:
    last = len(steps) - 1
    if steps[last] in (LEFT_OUT, ""):
        return IdFault("its name is left out", *_span(steps, last))
    if steps[0] != LEFT_OUT and not same(steps[0], BEGINNING[0]):
        return IdFault(f"`{brief(steps[0])}` stands where `{BEGINNING[0]}` belongs", *_span(steps, 0))
    before = steps[last - 1]
    if before != LEFT_OUT and not same(before, type_.split("/")[1]):
        return IdFault(f"`{brief(before)}` is another type of resource", *_span(steps, last - 1))
    return None
