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
from dativo_compile.yaml.scalars import Refused, Scalars, resolve
from dativo_compile.yaml.text import check_text, fault_of

LARGEST_FILE = 10_000_000  # bytes
DEEPEST = 100
MOST_ALIASED = 100_000  # values that aliases may add to a file
CORE = "tag:yaml.org,2002:"
SCALAR_TAGS: dict[str, Any] = {"str": str, "int": int, "float": (int, float), "bool": bool, "null": type(None)}

Events = Callable[[bytes], Callable[[], Any]]


def _libyaml() -> Events:
    """The event stream of libyaml, or of PyYAML's own parser where the extension is missing."""
    if pyyaml.__with_libyaml__:
        parser = next(c for c in pyyaml.CLoader.__mro__ if c.__name__ == "CParser")
        return lambda data: parser(data).get_event
    return lambda data: pyyaml.Loader(data).get_event


events_of = _libyaml()
_scalars = Scalars()


class Marks(dict[int, str]):
    """(line << 20 | column), counted from 0 -> ``ROLE:LINE:COLUMN``, counted from 1."""

    def __init__(self, role: str) -> None:
        super().__init__()
        self.role = role

    def __missing__(self, packed: int) -> str:
        mark = f"{self.role}:{(packed >> 20) + 1}:{(packed & 0xFFFFF) + 1}"
        if len(self) < 50_000:
            self[packed] = mark
        return mark


def read(data: bytes, marks_of: Marks) -> tuple[Any, Any]:
    """The document's value and its marks; raises `YamlFault`.

    The first fault ends the reading: what follows broken text cannot be trusted.
    """
    check_text(data, LARGEST_FILE)
    try:
        return _build(events_of(data), marks_of)
    except pyyaml.MarkedYAMLError as error:
        raise fault_of(error, data) from None
    except pyyaml.YAMLError as error:
        raise YamlFault("syntax", str(error).split("\n", 1)[0]) from None


def _build(get: Callable[[], Any], marks_of: Marks) -> tuple[Any, Any]:
    get()  # stream start
    if type(get()).__name__ == "StreamEndEvent":
        return None, marks_of[0]
    stack: list[tuple[Any, Any, str | None, int, Any]] = []
    anchors: dict[str, tuple[Any, Any, int]] = {}
    scalars = _scalars
    here: Any = None  # the open collection, its marks, and the key that waits for a value
    marks: Any = None
    key: str | None = None
    count = aliased = 0
    while True:
        event = get()
        kind = type(event)
        count += 1
        if kind is ScalarEvent:
            text = event.value
            if key is None and type(here) is dict:
                if event.implicit[0] and type(scalars[text]) is not str:
                    raise _bad_key(event)
                if text in here:
                    raise _duplicate(event, text, marks)
                if event.tag is not None or event.anchor is not None:
                    _tagged(event)
                    _anchor(anchors, event, text, marks_of, 1)
                key = text
                continue
            value = scalars[text] if event.implicit[0] else text
            if event.tag is not None:
                value = _tagged(event)
            if type(value) is Refused:
                raise _refused(event, value)
            start = event.start_mark
            mark: Any = marks_of[start.line << 20 | start.column]
            if event.anchor is not None:
                anchors[event.anchor] = (value, mark, 1)
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            _check_collection(event, key is None and type(here) is dict, len(stack))
            stack.append((here, marks, key, count, event))
            here, marks, key = ({}, {}, None) if kind is MappingStartEvent else ([], [], None)
            continue
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            value, mark = here, marks
            here, marks, key, before, opened = stack.pop()
            start = opened.start_mark
            if not value:
                mark = marks_of[start.line << 20 | start.column]
            elif kind is MappingEndEvent and "<<" in value:
                value, mark = merged(value, mark, start)
            if opened.anchor is not None:
                anchors[opened.anchor] = (value, mark, count - before)
            if not stack:
                break
        elif kind is AliasEvent:
            value, mark, size = _aliased(anchors, event)
            count += size
            aliased += size
            if aliased > MOST_ALIASED:
                raise _bomb(event)
            if key is None and type(here) is dict:
                if type(value) is not str or value in here:
                    raise _bad_key(event) if type(value) is not str else _duplicate(event, value, marks)
                key = value
                continue
        else:
            raise YamlFault("syntax", f"unexpected {kind.__name__}", event.start_mark.line, event.start_mark.column)
        if not stack:
            break  # the document is one scalar
        if key is not None:
            here[key] = value
            marks[key] = mark
            key = None
        else:
            here.append(value)
            marks.append(mark)
    _ended(get)
    return value, mark


def merged(value: dict[str, Any], marks: dict[str, Any], start: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """`<<` taken apart: keys of the mapping itself win, then earlier merged mappings.

    https://yaml.org/type/merge.html
    """
    sources, source_marks = value["<<"], marks["<<"]
    if type(sources) is dict:
        sources, source_marks = [sources], [source_marks]
    if type(sources) is not list or not all(type(s) is dict for s in sources):
        raise YamlFault(
            "syntax", "`<<` merges a mapping or a list of mappings", start.line, start.column, length=2,
            help="write an alias after it, as in `<<: *defaults`",
        )  # fmt: skip
    out = {k: v for k, v in value.items() if k != "<<"}
    out_marks = {k: m for k, m in marks.items() if k != "<<"}
    for source, its in zip(sources, source_marks, strict=True):
        for k, v in source.items():
            if k not in out:
                out[k] = v
                out_marks[k] = its[k]
    return out, out_marks


def _ended(get: Callable[[], Any]) -> None:
    event = get()
    if not isinstance(event, DocumentEndEvent):
        raise YamlFault("syntax", "text after the end of the document", event.start_mark.line, event.start_mark.column)
    event = get()
    if type(event).__name__ == "DocumentStartEvent":
        raise YamlFault(
            "documents", "a second document starts here", event.start_mark.line, event.start_mark.column, length=3,
            help="put each document into a file of its own",
        )  # fmt: skip


def _tagged(event: Any) -> Any:
    """The value of a scalar with a tag: the core tags work, any other is refused."""
    tag: str | None = event.tag
    text: str = event.value
    if tag is None:
        return text
    if tag == "!":
        return text
    name = tag.removeprefix(CORE)
    wanted = SCALAR_TAGS.get(name) if tag.startswith(CORE) else None
    if wanted is None:
        raise _tag_fault(event)
    if wanted is str:
        return text
    value = resolve(text)
    if name == "float" and type(value) is int:
        value = float(value)
    if type(value) is Refused:
        return value
    if not isinstance(value, wanted) or (name == "int" and isinstance(value, bool)):
        mark = event.start_mark
        raise YamlFault("tag", f"`{text}` is not a `!!{name}`", mark.line, mark.column)
    return value


def _tag_fault(event: Any) -> YamlFault:
    mark = event.start_mark
    shown = event.tag.replace(CORE, "!!")
    return YamlFault(
        "tag", f"the tag `{shown}` is not known", mark.line, mark.column, length=len(shown),
        help="remove the tag; only the core tags (`!!str`, `!!int`, ...) are read",
    )  # fmt: skip


def _check_collection(event: Any, as_key: bool, depth: int) -> None:
    mark = event.start_mark
    if as_key:
        raise _bad_key(event)
    if event.tag is not None and event.tag not in (CORE + "map", CORE + "seq", "!"):
        raise _tag_fault(event)
    if depth >= DEEPEST:
        raise YamlFault("bounds", f"nested deeper than {DEEPEST} levels", mark.line, mark.column)


def _aliased(anchors: dict[str, tuple[Any, Any, int]], event: Any) -> tuple[Any, Any, int]:
    found = anchors.get(event.anchor)
    if found is None:
        mark = event.start_mark
        raise YamlFault(
            "syntax", f"no anchor `&{event.anchor}` before this alias", mark.line, mark.column,
            length=len(event.anchor) + 1, help="an anchor is written with `&`, before its first alias",
        )  # fmt: skip
    return found


def _anchor(anchors: dict[str, tuple[Any, Any, int]], event: Any, value: Any, marks_of: Marks, size: int) -> None:
    if event.anchor is not None:
        start = event.start_mark
        anchors[event.anchor] = (value, marks_of[start.line << 20 | start.column], size)


def _bomb(event: Any) -> YamlFault:
    mark = event.start_mark
    return YamlFault(
        "bounds", f"aliases add more than {MOST_ALIASED:,} values to this file", mark.line, mark.column,
        length=len(event.anchor) + 1, help="write the values out, or use fewer aliases of aliases",
    )  # fmt: skip


def _bad_key(event: Any) -> YamlFault:
    mark = event.start_mark
    text = getattr(event, "value", None)
    if text is None:
        return YamlFault("key", "a key must be a string", mark.line, mark.column, help="use a plain name as the key")
    return YamlFault(
        "key", f"the key `{text}` is not a string", mark.line, mark.column, length=max(1, len(text)),
        help=f'quote it: `"{text}"`',
    )  # fmt: skip


def _duplicate(event: Any, text: str, marks: Any) -> YamlFault:
    mark = event.start_mark
    other = marks[text]
    while type(other) is not str:  # a collection: the first leaf in it is near enough to find the key
        other = next(iter(other.values() if type(other) is dict else other))
    _, line, column = other.rsplit(":", 2)
    return YamlFault(
        "duplicate", f"the key `{text}` is here twice", mark.line, mark.column, length=max(1, len(text)),
        help="remove one of the two; YAML keeps only one value", other=(int(line) - 1, int(column) - 1, 1), key=text,
    )  # fmt: skip


def _refused(event: Any, value: Refused) -> YamlFault:
    mark = event.start_mark
    text = event.value if len(event.value) <= 40 else event.value[:37] + "..."
    return YamlFault(
        "number", f"`{text}`: {value.reason}", mark.line, mark.column, length=min(len(event.value), 40),
        help="quote it if it is text",
    )  # fmt: skip
