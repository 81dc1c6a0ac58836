"""What is wrong with an `outputs:` block, at its lines."""

from __future__ import annotations

from dativo_compile.diagnostics.codes.mapping import (
    EXPRESSION_MALFORMED,
    TARGET_CONFLICT,
    TARGET_FORBIDDEN,
    TARGET_MALFORMED,
)
from dativo_compile.diagnostics.diagnostic import Diagnostic, Related, diagnose
from dativo_compile.diagnostics.near import asked, nearest
from dativo_compile.mapping.plan import Mapping, Plan
from dativo_compile.model.place import Place
from dativo_compile.model.source import Document
from dativo_compile.yaml.fixes import swapped
from dativo_compile.yaml.spans import place_of

BLOCK = ("infrastructure", "terraform", "outputs")
ROOTS = (
    "source", "target", "catalog", "infrastructure.metadata", "infrastructure.tags",
    "infrastructure.provider.region", "infrastructure.provider.account_id", "infrastructure.provider.project_id",
)  # fmt: skip
WRITABLE = "write to " + ", ".join(f"`{root}`" for root in ROOTS[:5])


def _meant(text: str) -> str:
    """The path with a root that outputs may be written to; empty text where none is near."""
    first, dot, rest = text.partition(".")
    near = nearest(first, ROOTS[:3]) if dot else ""
    return f"{near}.{rest}" if near else nearest(text, ROOTS)


def _forbidden(document: Document, place: Place, text: str) -> Diagnostic:
    if text in ROOTS:
        return diagnose(TARGET_FORBIDDEN, place, path=text, help=f"name a place below `{text}`")
    meant = _meant(text)
    fix = swapped(document.file, place, text, meant) if meant not in ROOTS[:5] else None  # a place below it is missing
    return diagnose(TARGET_FORBIDDEN, place, path=text, help=asked(meant) or WRITABLE, fix=fix)


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
        return _forbidden(document, place, text)
    assert other is not None
    first = Related(place_of(document, other.path), f"`{other.text}` is written here")
    return diagnose(TARGET_CONFLICT, place, path=text, related=(first,), help="keep one of the two")
