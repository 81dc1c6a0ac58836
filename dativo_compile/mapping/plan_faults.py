"""What is wrong with an `outputs:` block, at its lines."""

from __future__ import annotations

from dativo_compile.diagnostics.codes.mapping import (
    EXPRESSION_MALFORMED,
    TARGET_CONFLICT,
    TARGET_FORBIDDEN,
    TARGET_MALFORMED,
)
from dativo_compile.diagnostics.diagnostic import Diagnostic, Related, diagnose
from dativo_compile.diagnostics.near import closest, did_you_mean
from dativo_compile.mapping.plan import Mapping, Plan
from dativo_compile.model.source import Document
from dativo_compile.yaml.spans import place_of

BLOCK = ("infrastructure", "terraform", "outputs")
ROOTS = (
    "source", "target", "catalog", "infrastructure.metadata", "infrastructure.tags",
    "infrastructure.provider.region", "infrastructure.provider.account_id", "infrastructure.provider.project_id",
)  # fmt: skip
WRITABLE = "write to " + ", ".join(f"`{root}`" for root in ROOTS[:5])


def _nearest(text: str) -> str:
    if text in ROOTS:
        return f"name a place below `{text}`"
    first, dot, rest = text.partition(".")
    near = closest(first, ROOTS[:3]) if dot else ()
    return f"did you mean `{near[0]}.{rest}`?" if near else did_you_mean(text, ROOTS) or WRITABLE


def plan_diagnostics(document: Document, plan: Plan) -> list[Diagnostic]:
    return [_diagnostic(document, *fault) for fault in plan.faults]


def _diagnostic(
    document: Document, kind: str, key: str, index: int | None, text: str, other: Mapping | None
) -> Diagnostic:
    path: tuple[str | int, ...] = (*BLOCK, key) if index is None else (*BLOCK, key, index)
    if kind == "expression":
        place = place_of(document, path, key=True)
        return diagnose(EXPRESSION_MALFORMED, place, text=text, help="write `NAME`, or `NAME.member[0]`")
    place = place_of(document, path)
    if kind == "target":
        return diagnose(TARGET_MALFORMED, place, text=text, help="write names joined by dots: `target.connection.host`")
    if kind == "forbidden":
        return diagnose(TARGET_FORBIDDEN, place, path=text, help=_nearest(text))
    assert other is not None
    first = Related(place_of(document, other.path), f"`{other.text}` is written here")
    return diagnose(TARGET_CONFLICT, place, path=text, related=(first,), help="keep one of the two")
