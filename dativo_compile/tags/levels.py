"""One level of tags, flattened: logical keys to text, or to null where the level removes a tag."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dativo_compile.diagnostics.codes.tags import CUSTOM_BESIDE, TAG_TWICE
from dativo_compile.diagnostics.diagnostic import Related, diagnose
from dativo_compile.model.source import Document
from dativo_compile.tags.places import leaf_of, place_for
from dativo_compile.tags.text import Texts, is_reference, plain_text

CUSTOM = "custom"


@dataclass(frozen=True, slots=True)
class Level:
    """`origins` have the leaf of each key, nulls too; they point into `document`."""

    document: Document | None
    values: dict[str, str | None]
    origins: dict[str, Any]


NO_LEVEL = Level(None, {}, {})


def tag_level(tags: dict[str, Any], origins: dict[str, Any], texts: Texts, *, escaped: bool = False) -> Level:
    """A block of tags: any key, `custom` one level deep. `escaped` keys have one more `$` than was written."""
    values: dict[str, str | None] = {}
    leaves: dict[str, Any] = {}
    custom: dict[str, Any] | None = None
    for key, value in tags.items():
        if type(value) is str or value is None:
            values[key], leaves[key] = value, origins[key]
        elif key == CUSTOM and type(value) is dict and not is_reference(value):
            custom = value
        else:
            text = texts.of(key, value, origins[key])
            if text is not None:
                values[key], leaves[key] = text, leaf_of(origins[key])
    if custom:
        _add_custom(tags, origins, custom, texts, Level(None, values, leaves))
    keys = "".join(values)
    if "custom." in keys:
        _warn_of_twins(values, leaves, texts)
    if escaped and "$" in keys:
        values = {_unescaped(key): value for key, value in values.items()}
        leaves = {_unescaped(key): leaf for key, leaf in leaves.items()}
    return Level(texts.document, values, leaves)


def _add_custom(
    tags: dict[str, Any], origins: dict[str, Any], custom: dict[str, Any], texts: Texts, level: Level
) -> None:
    marks = origins[CUSTOM]
    for name, value in custom.items():
        key = f"{CUSTOM}.{name}"
        if key in tags:
            _report_twice(key, origins[key], marks[name], texts)
            continue
        text = None if value is None else texts.of(key, value, marks[name])
        if text is not None or value is None:
            level.values[key], level.origins[key] = text, leaf_of(marks[name])


def _warn_of_twins(values: dict[str, str | None], leaves: dict[str, Any], texts: Texts) -> None:
    for key, value in values.items():
        name = key.removeprefix(f"{CUSTOM}.")
        if name == key or value is None or values.get(name) is None:
            continue
        document = texts.document
        related = Related(place_for(document, leaves[name], key=True), f"`{name}` stands here")
        place = place_for(document, leaves[key], key=True)
        texts.found.append(diagnose(CUSTOM_BESIDE, place, tag=name, related=(related,), help="keep one of the two"))


def _report_twice(key: str, origin: Any, other: Any, texts: Texts) -> None:
    related = Related(place_for(texts.document, other, key=True), "the same tag")
    place = place_for(texts.document, origin, key=True)
    texts.found.append(diagnose(TAG_TWICE, place, tag=key, related=(related,), help="remove one of the two"))


def _unescaped(key: str) -> str:
    head = f"{CUSTOM}." if key.startswith(f"{CUSTOM}.") else ""
    return head + key.removeprefix(head)[1:] if key.startswith("$$", len(head)) else key


def override_level(overrides: dict[str, Any], origins: dict[str, Any], texts: Texts, *, escaped: bool = False) -> Level:
    """Columns, and `default` for the table, to classes; those of columns in lower case."""
    values: dict[str, str | None] = {}
    leaves: dict[str, Any] = {}
    for name, value in overrides.items():
        text = None if value is None else texts.of(name, value, origins[name])
        if text is None and value is not None:
            continue
        key = classification_key(_unescaped(name) if escaped else name)
        values[key] = text.lower() if text is not None and name != "default" else text
        leaves[key] = leaf_of(origins[name])
    return Level(texts.document, values, leaves)


def classification_key(name: str) -> str:
    return "classification.default" if name == "default" else f"classification.fields.{name}"


def compliance_level(compliance: dict[str, Any], origins: dict[str, Any], texts: Texts) -> tuple[Level, Level]:
    """Level 4 by logical keys, and the same block by its own keys as `compliance.KEY`."""
    own = Level(texts.document, {}, {})
    _add_nested("compliance", compliance, origins, texts, own)
    level = Level(texts.document, dict(own.values), dict(own.origins))
    for written, logical in (("compliance.regulations", "compliance"), ("compliance.classification", "")):
        value, origin = level.values.pop(written, None), level.origins.pop(written, None)
        if logical and origin is not None:
            level.values[logical], level.origins[logical] = value, origin
    said = compliance.get("classification")
    if type(said) is dict:
        columns = override_level(said, origins["classification"] if said else {}, texts)
        for tree in (level, own):
            tree.values.update(columns.values)
            tree.origins.update(columns.origins)
    elif "classification" in compliance and said != []:
        first = plain_text(said[0] if type(said) is list else said)
        if first is not None or said is None:
            for tree in (level, own):
                tree.values["classification.default"] = first
                tree.origins["classification.default"] = leaf_of(origins["classification"])
    return level, own


def _add_nested(prefix: str, block: dict[str, Any], origins: dict[str, Any], texts: Texts, level: Level) -> None:
    for name, value in block.items():
        key, origin = f"{prefix}.{name}", origins[name]
        if type(value) is dict and not is_reference(value):
            if value and key != "compliance.classification":
                _add_nested(key, value, origin, texts, level)
            continue
        text = None if value is None else texts.of(key, value, origin)
        if text is None and value is not None:
            continue
        if key in level.values:
            _report_twice(key, origin, level.origins[key], texts)
            continue
        level.values[key], level.origins[key] = text, leaf_of(origin)
