"""The job's own text: its placeholders typed where they may stand, refused where they may not."""

from __future__ import annotations

from typing import Any

from dativo_compile.diagnostics.codes.link import REFERENCE_MISPLACED
from dativo_compile.diagnostics.diagnostic import Diagnostic, diagnose
from dativo_compile.linking.catalog import IDENTITY_KEYS
from dativo_compile.linking.connector import FILE_TEMPLATE, default_warnings
from dativo_compile.linking.references import rewrite, typed_text
from dativo_compile.model.source import Document
from dativo_compile.validation.words import dotted
from dativo_compile.yaml.spans import place_of

Path = tuple[str | int, ...]
FILES = frozenset({"source_connector_path", "target_connector_path", "asset_path"})
PATHS = FILES | {"module_path"}


def may_hold_reference(path: Path) -> bool:
    """Whether a run-time value may stand at a path of a job."""
    root = path[0]
    second = path[1] if len(path) > 1 else None
    if path[-2:] == FILE_TEMPLATE:
        return False  # the file is named by the manifest; only what it holds is known at run time
    if root == "source":
        return True
    if root == "infrastructure":
        return second == "metadata"
    if root != "target":
        return False
    if second == "catalog":
        return len(path) > 2 and path[2] not in IDENTITY_KEYS
    return second in ("connection", "warehouse", "credentials")


def typed(document: Document, found: list[Diagnostic]) -> Document:
    """The same document when it has no dollar sign, which is the rule."""
    if b"$" not in document.file.data:
        return document

    def visit(path: Path, text: str) -> Any:
        if str(path[0]).startswith("x-"):
            return text
        value = typed_text(text)
        if type(value) is str:
            return value
        if not may_hold_reference(path):
            found.append(_misplaced(document, path))
            return None if _would_mislead(path) else text
        found.extend(default_warnings(document, path, value))
        return value

    value, marks = rewrite(document.value, document.marks, visit)
    return Document(document.file, document.role, value, marks)


def _would_mislead(path: Path) -> bool:
    """Whether a later pass would report the same text again, as a file or name that it is not."""
    return path[0] in FILES or path[0] == "target" or path[-2:] == FILE_TEMPLATE


def _misplaced(document: Document, path: Path) -> Diagnostic:
    is_path = path[-1] in PATHS
    help = "map the folder with `path_map` in dativo.yaml" if is_path else "write the value itself"
    return diagnose(REFERENCE_MISPLACED, place_of(document, path), path=dotted(path), help=help)
