"""A job's bytes with a block added, and the proof that nothing else has changed."""

from __future__ import annotations

from collections import Counter
from typing import Any

from dativo_compile.formatting.layout import layout_of
from dativo_compile.formatting.text import MARK, UnsafeFormat
from dativo_compile.formatting.tidy import ended
from dativo_compile.infrastructure.adding import Added, NotEditable, added
from dativo_compile.model.source import Document
from dativo_compile.yaml.fault import YamlFault
from dativo_compile.yaml.reader import Marks, read


def edited(document: Document, block: dict[str, Any]) -> tuple[bytes, Added]:
    """Raises `NotEditable`, and `UnsafeFormat` if the text would say anything but the old and the new."""
    text = document.file.data.decode("utf-8")
    start = MARK if text.startswith(MARK) else ""
    text = text.removeprefix(MARK)
    before = layout_of(text)
    if before is None or before.odd or before.root.flow or not before.root.entries:
        raise NotEditable(())
    whole = layout_of(ended(before))
    if whole is None:
        raise UnsafeFormat("no longer be YAML")
    new, result = added(whole, document.value, block)
    if not result.places:
        return document.file.data, result
    data = (start + new).encode("utf-8")
    try:
        value, _ = read(data, Marks("new"))
    except YamlFault:
        raise UnsafeFormat("no longer be YAML") from None
    if value != _with(document.value, {"infrastructure": block}, (), result):
        raise UnsafeFormat("no longer say the same")
    after = layout_of(new)
    if after is None or Counter(before.comments()) != Counter(after.comments()):
        raise UnsafeFormat("lose or change a comment")
    return data, result


def _with(value: dict[str, Any], block: dict[str, Any], place: tuple[str, ...], result: Added) -> dict[str, Any]:
    """What the new text has to say: the old values, and those of the block at the places that were added."""
    out = dict(value)
    for key, part in block.items():
        inner = (*place, key)
        if inner in result.places:
            out[key] = part
        elif type(part) is dict and type(value.get(key)) is dict:
            out[key] = _with(value[key], part, inner, result)
    return out
