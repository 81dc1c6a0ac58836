"""YAML 1.2 text to plain values and marks, in one pass over libyaml's events.

Written for speed: no node objects, no resolver per scalar, marks are remembered text. Everything
that only a diagnostic needs (ends of values, places of keys) is found later by `yaml.spans`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import yaml as pyyaml
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from dativo_compile.yaml.fault import YamlFault
from dativo_compile.yaml.merge import measured, merged
from dativo_compile.yaml.refusals import (
    CORE,
    bad_key,
    bomb,
    duplicate,
    first_key,
    refused,
    second_document,
    tag_mismatch,
    tag_unknown,
    too_deep,
    too_many,
    unanchored,
)
from dativo_compile.yaml.scalars import Refused, Scalars, resolve
from dativo_compile.yaml.text import check_size, check_text, fault_of

LARGEST_FILE = 10_000_000  # bytes; columns of marks have room for one line of them
DEEPEST = 100  # levels, those inside aliases included
MOST_ALIASED = 100_000  # values that aliases may add to a file
MOST_VALUES = 250_000  # values in a file
REMEMBERED = 50_000
SCALAR_TAGS: dict[str, Any] = {"str": str, "int": int, "float": (int, float), "bool": bool, "null": type(None)}
COLLECTION_TAGS = (CORE + "map", CORE + "seq", "!")

Events = Callable[[bytes], Callable[[], Any]]
Anchors = dict[str, tuple[Any, Any, int, int]]  # value, marks, and how many values and levels it has


def _libyaml() -> Events:
    """The event stream of libyaml, or of PyYAML's own parser where the extension is missing."""
    if pyyaml.__with_libyaml__:
        parser = next(c for c in pyyaml.CLoader.__mro__ if c.__name__ == "CParser")
        return lambda data: parser(data).get_event
    return lambda data: pyyaml.Loader(data).get_event


events_of = _libyaml()
_scalars = Scalars()
_names: set[str] = set()  # keys that are text even without quotes


class Marks(dict[int, str]):
    """(line << 24 | column), counted from 0 -> ``ROLE:LINE:COLUMN``, counted from 1."""

    def __init__(self, role: str) -> None:
        super().__init__()
        self.role = role

    def __missing__(self, packed: int) -> str:
        mark = f"{self.role}:{(packed >> 24) + 1}:{(packed & 0xFFFFFF) + 1}"
        if len(self) < REMEMBERED:
            self[packed] = mark
        return mark


def read(data: bytes, marks_of: Marks) -> tuple[Any, Any]:
    """The document's value and its marks; raises `YamlFault`.

    The first fault ends the reading: what follows broken text cannot be trusted.
    """
    check_size(data, LARGEST_FILE)
    # each value but the first follows a comma or a line break: few files can have too many
    perhaps_too_many = data.count(b",") + data.count(b"\n") > MOST_VALUES
    try:
        get = events_of(data)
        return _build(_counted(get) if perhaps_too_many else get, marks_of)
    except pyyaml.YAMLError as error:
        check_text(data)  # a byte that is no text explains it better
        raise fault_of(error, data) from None
    except YamlFault as fault:
        if fault.kind == "duplicate":
            fault.other = first_key(events_of(data), fault.line, fault.column)
        raise


def _build(get: Callable[[], Any], marks_of: Marks) -> tuple[Any, Any]:
    get()  # stream start
    if type(get()).__name__ == "StreamEndEvent":
        return None, marks_of[0]
    stack: list[tuple[Any, Any, str | None, Any]] = []
    anchors: Anchors = {}
    scalars, names = _scalars, _names
    here: Any = None  # the open collection, its marks, the key that waits for a value,
    marks: Any = None
    key: str | None = None
    keyed = False  # and whether the next event is a key
    aliased = 0
    while True:
        event = get()
        kind = type(event)
        if kind is ScalarEvent:
            text = event.value
            if keyed:
                if text in here:
                    raise duplicate(event, text)
                if text not in names or event.anchor is not None or event.tag is not None:
                    _check_key(event, text, anchors, marks_of)
                key = text
                keyed = False
                continue
            value = scalars[text] if event.implicit[0] else text
            if event.tag is not None:
                value = _tagged(event)
            if type(value) is Refused:
                raise refused(event, value)
            start = event.start_mark
            mark: Any = marks_of[start.line << 24 | start.column]
            if event.anchor is not None:
                anchors[event.anchor] = (value, mark, 1, 0)
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            if keyed:
                raise bad_key(event)
            if event.tag is not None or len(stack) >= DEEPEST:
                _check_collection(event, len(stack))
            stack.append((here, marks, key, event))
            keyed = kind is MappingStartEvent
            here, marks, key = ({}, {}, None) if keyed else ([], [], None)
            continue
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            value, mark = here, marks
            here, marks, key, opened = stack.pop()
            keyed = False
            if not value:
                start = opened.start_mark
                mark = marks_of[start.line << 24 | start.column]
            elif kind is MappingEndEvent and "<<" in value:
                value, mark = merged(value, mark, opened.start_mark)
            if opened.anchor is not None:
                anchors[opened.anchor] = (value, mark, *measured(value, {}))
        elif kind is AliasEvent:
            value, mark, size = _aliased(anchors, event, len(stack))
            aliased += size
            if aliased > MOST_ALIASED:
                raise bomb(event, MOST_ALIASED)
            if keyed:
                if type(value) is not str:
                    raise bad_key(event)
                if value in here:
                    raise duplicate(event, value)
                key = value
                keyed = False
                continue
        else:
            raise YamlFault("syntax", f"unexpected {kind.__name__}", event.start_mark.line, event.start_mark.column)
        if not stack:
            break
        if key is not None:
            here[key] = value
            marks[key] = mark
            key = None
            keyed = True
        else:
            here.append(value)
            marks.append(mark)
    _ended(get)
    return value, mark


def _counted(get: Callable[[], Any]) -> Callable[[], Any]:
    """The same events, as long as they are not too many."""
    events = iter(range(2 * MOST_VALUES))  # every value may have a key

    def count() -> Any:
        event = get()
        if next(events, None) is None:
            raise too_many(event, MOST_VALUES)
        return event

    return count


def _check_key(event: Any, text: str, anchors: Anchors, marks_of: Marks) -> None:
    """Keys are text; those that need no quotes for it are remembered."""
    plain = type(_scalars[text]) is str
    if event.implicit[0] and not plain:
        raise bad_key(event)
    if event.tag is not None and type(_tagged(event)) is not str:
        raise bad_key(event)
    if plain and len(_names) < REMEMBERED:
        _names.add(text)
    if event.anchor is not None:
        start = event.start_mark
        anchors[event.anchor] = (text, marks_of[start.line << 24 | start.column], 1, 0)


def _tagged(event: Any) -> Any:
    """The value of a scalar with a tag: the core tags work, any other is refused."""
    tag: str = event.tag
    text: str = event.value
    if tag == "!":
        return text
    name = tag.removeprefix(CORE)
    wanted = SCALAR_TAGS.get(name) if tag.startswith(CORE) else None
    if wanted is None:
        raise tag_unknown(event)
    if wanted is str:
        return text
    value = resolve(text)
    if type(value) is Refused:
        return value
    if not isinstance(value, wanted) or (isinstance(value, bool) and wanted is not bool):
        raise tag_mismatch(event, name)
    return float(value) if name == "float" else value


def _check_collection(event: Any, depth: int) -> None:
    if event.tag is not None and event.tag not in COLLECTION_TAGS:
        raise tag_unknown(event)
    if depth >= DEEPEST:
        raise too_deep(event, DEEPEST)


def _aliased(anchors: Anchors, event: Any, depth: int) -> tuple[Any, Any, int]:
    found = anchors.get(event.anchor)
    if found is None:
        raise unanchored(event)
    value, mark, size, levels = found
    if depth + levels > DEEPEST:
        raise too_deep(event, DEEPEST)
    return value, mark, size


def _ended(get: Callable[[], Any]) -> None:
    event = get()
    if not isinstance(event, DocumentEndEvent):
        raise YamlFault("syntax", "text after the end of the document", event.start_mark.line, event.start_mark.column)
    event = get()
    if type(event).__name__ == "DocumentStartEvent":
        raise second_document(event)
