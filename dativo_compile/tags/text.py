"""The text form of a tag's value, and what has none."""

from __future__ import annotations

from typing import Any

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.codes.tags import TAG_COMMA, TAG_FLOAT, TAG_REPEATED, TAG_SHAPE
from dativo_compile.diagnostics.diagnostic import Diagnostic, Fix, diagnose
from dativo_compile.model.source import Document
from dativo_compile.tags.places import is_from_output, place_for, written
from dativo_compile.yaml.fixes import quoted


def plain_text(value: Any) -> str | None:
    """Text of a scalar; absent for what needs a closer look."""
    kind = type(value)
    if kind is str:
        return value  # type: ignore[no-any-return]  # it is text
    if kind is bool:
        return "true" if value else "false"
    return str(value) if kind is int else None


def is_reference(value: Any) -> bool:
    """A run-time value: an earlier pass has said that it may not stand in a tag."""
    return type(value) is dict and ("$ref" in value or "$concat" in value)


class Texts:
    """Reads values of one block, such as `finops`, and reports what has no text there."""

    __slots__ = ("block", "document", "found")

    def __init__(self, document: Document, block: str, found: list[Diagnostic]) -> None:
        self.document = document
        self.block = block
        self.found = found

    def of(self, key: str, value: Any, origin: Any) -> str | None:
        """Absent if the value was reported, here or (a run-time reference) by an earlier pass."""
        text = plain_text(value)
        if text is not None:
            return text
        if type(value) is list:
            return self._joined(key, value, origin)
        if is_reference(value):
            return None
        self._no_text(key, value, origin)
        return None

    def _joined(self, key: str, items: list[Any], origin: Any) -> str | None:
        origins = origin if type(origin) is list else [origin] * len(items)
        texts: dict[str, None] = {}
        good = True
        for item, its in zip(items, origins, strict=True):
            text = plain_text(item)
            if text is None:
                good = False
                if not is_reference(item):
                    self._no_text(key, item, its, element=True)
            elif "," in text:
                good = False
                self.report(TAG_COMMA, key, its, help="write one element for each part, each in its own quotes")
            elif text in texts:
                self.report(TAG_REPEATED, key, its, element=text)
            else:
                texts[text] = None
        return ",".join(texts) if good else None

    def _no_text(self, key: str, value: Any, origin: Any, *, element: bool = False) -> None:
        if type(value) is float:
            place = place_for(self.document, origin)
            fix = None if is_from_output(origin) else quoted(self.document.file, place, ".+")
            self.report(TAG_FLOAT, key, origin, help=self._quoted(origin), fix=fix)
            return
        kind = "a mapping" if type(value) is dict else "a list" if type(value) is list else "null"
        what = f"a list that holds {kind}" if element else kind
        advice = "a mapping can stand under `custom` only, one level deep" if kind == "a mapping" else ""
        self.report(TAG_SHAPE, key, origin, help=advice, what=what)

    def _quoted(self, origin: Any) -> str:
        if is_from_output(origin):
            return "make the output a string: `tostring(...)`"
        return f'quote it: `"{written(self.document, place_for(self.document, origin))}"`'

    def report(
        self, code: Code, key: str, origin: Any, *, help: str = "", fix: Fix | None = None, **fields: str
    ) -> None:
        place = place_for(self.document, origin)
        tag = f"{self.block}.{key}" if self.block else key
        self.found.append(diagnose(code, place, notes=(), help=help, related=(), fix=fix, tag=tag, **fields))
