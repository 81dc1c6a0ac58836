"""`tags` of `dativo.yaml`, read once for a compile, and what of it holds for a job."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from dativo_compile.diagnostics.codes.tags import PATTERN_MALFORMED
from dativo_compile.diagnostics.diagnostic import Diagnostic, diagnose
from dativo_compile.model.source import Document
from dativo_compile.model.tag_demands import NO_TAG_DEMANDS, Check, Demand, Path, Scope, TagDemands
from dativo_compile.tags.text import plain_text
from dativo_compile.yaml.spans import place_of

EMAIL = r"[^@\s,;<>]+@[^@\s.,;<>]+(?:\.[^@\s.,;<>]+)+"
NAMED = {"email": (EMAIL, "an e-mail address")}
ENVIRONMENTS = ("dev", "staging", "prod")


def tag_demands(document: Document, found: list[Diagnostic]) -> TagDemands:
    """A pattern that cannot be read is reported, and demands nothing."""
    block = document.value.get("tags")
    if not block:
        return NO_TAG_DEMANDS
    scopes = [Scope(_general(block, document, found))]
    for number, entry in enumerate(block.get("for") or ()):
        path: Path = ("tags", "for", number)
        demand = _demand(entry, path, document, found)
        scopes.append(Scope(demand, _names(entry.get("tenant")), _names(entry.get("environment")), path))
    destinations = block.get("destinations")
    names = {name: its for name, its in (block.get("names") or {}).items() if its}
    return TagDemands(
        tuple(scopes), {name: style for name, style in (block.get("style") or {}).items() if style}, names,
        None if destinations is None else frozenset(destinations), frozenset(_named(scopes, names)),
        frozenset(block.get("known") or ()),
    )  # fmt: skip


def _general(block: dict[str, Any], document: Document, found: list[Diagnostic]) -> Demand:
    """With the conventions, as far as the project says nothing else of these tags."""
    own = _demand(block, ("tags",), document, found)
    if not block.get("conventions"):
        return own
    path: Path = ("tags", "conventions")
    regex, said = NAMED["email"]
    both = (
        Check("environment", path, allowed=ENVIRONMENTS),
        Check("owner", path, pattern=re.compile(regex), said=said),
    )
    spoken = {check.key for check in own.checks}
    return Demand(own.required, (*(check for check in both if check.key not in spoken), *own.checks))


def _demand(block: dict[str, Any], path: Path, document: Document, found: list[Diagnostic]) -> Demand:
    required = {key: (*path, "required", number) for number, key in enumerate(block.get("required") or ())}
    checks: list[Check] = []
    for key, values in (block.get("allowed") or {}).items():
        texts = tuple(text for value in values if (text := plain_text(value)) is not None)
        checks.append(Check(key, (*path, "allowed", key), allowed=texts))
    for key, pattern in (block.get("patterns") or {}).items():
        at: Path = (*path, "patterns", key)
        regex, said = NAMED.get(pattern, (pattern, ""))
        compiled = _compiled(regex)
        if isinstance(compiled, str):
            found.append(diagnose(PATTERN_MALFORMED, place_of(document, at), key=key, reason=compiled))
        else:
            checks.append(Check(key, at, pattern=compiled, said=said))
    return Demand(required, tuple(checks))


def _compiled(regex: str) -> re.Pattern[str] | str:
    """Or why it is none."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what a later Python may read otherwise
            return re.compile(regex)
    except re.error as error:
        return str(error)
    except (OverflowError, RecursionError):
        return "it is too large"


def _names(said: Any) -> tuple[str, ...] | None:
    if said is None:
        return None
    return (said,) if type(said) is str else tuple(said)


def _named(scopes: list[Scope], names: dict[str, dict[str, str]]) -> Iterator[str]:
    for its in names.values():
        yield from its
    for scope in scopes:
        yield from scope.demand.required
        yield from (check.key for check in scope.demand.checks)


@lru_cache(maxsize=4096)
def demanded(demands: TagDemands, tenant: str, environment: str | None) -> Demand:
    """What holds for the jobs of a tenant in an environment."""
    required: dict[str, Path] = {}
    checks: dict[tuple[str, bool], Check] = {}
    for scope in demands.scopes:
        if scope.tenants is not None and tenant not in scope.tenants:
            continue
        if scope.environments is not None and environment not in scope.environments:
            continue
        for key, path in scope.demand.required.items():
            required.setdefault(key, path)
        for check in scope.demand.checks:
            checks[check.key, check.pattern is None] = check
    return Demand(required, tuple(checks.values()))


@lru_cache(maxsize=16384)  # tenants share texts
def unfit(check: Check, text: str) -> str | None:
    """The part of a tag's text that the check refuses, the whole of it for a single value; absent if it fits."""
    if _fits(check, text):
        return None
    parts = text.split(",")
    return next((part for part in parts if not _fits(check, part)), None) if len(parts) > 1 else text


def _fits(check: Check, text: str) -> bool:
    return text in check.allowed if check.pattern is None else check.pattern.fullmatch(text) is not None
