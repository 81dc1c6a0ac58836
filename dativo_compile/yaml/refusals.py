"""What the reader refuses, in words and at its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dativo_compile.yaml.fault import YamlFault
from dativo_compile.yaml.scalars import Refused

CORE = "tag:yaml.org,2002:"
LONGEST = 60  # characters of a name that a message shows


def shown(name: str) -> str:
    """A name on one line, not too long."""
    text = " ".join(name.split())
    return text if len(text) <= LONGEST else text[: LONGEST - 3] + "..."


def first_key(get: Callable[[], Any], line: int, column: int) -> tuple[int, int, int] | None:
    """Line, column and length of the key that the one at `line` and `column` repeats."""
    open_keys: list[dict[str, tuple[int, int, int]] | None] = []
    is_key: list[bool] = []
    texts: dict[str, str] = {}
    while True:
        event = get()
        name = type(event).__name__
        if name == "StreamEndEvent":
            return None
        if name in ("MappingEndEvent", "SequenceEndEvent"):
            open_keys.pop()
            is_key.pop()
        elif name in ("ScalarEvent", "AliasEvent"):
            text = event.value if name == "ScalarEvent" else texts.get(event.anchor, "")
            if name == "ScalarEvent" and event.anchor is not None:
                texts[event.anchor] = text
            keys = open_keys[-1] if open_keys else None
            if keys is not None and is_key[-1]:
                start, end = event.start_mark, event.end_mark
                if (start.line, start.column) == (line, column):
                    return keys.get(text)
                length = end.column - start.column if end.line == start.line else 1
                keys[text] = (start.line, start.column, length)
        elif name not in ("MappingStartEvent", "SequenceStartEvent"):
            continue
        if is_key and name not in ("MappingStartEvent", "SequenceStartEvent"):
            is_key[-1] = not is_key[-1]
        if name in ("MappingStartEvent", "SequenceStartEvent"):
            open_keys.append({} if name == "MappingStartEvent" else None)
            is_key.append(name == "MappingStartEvent")


def tag_unknown(event: Any) -> YamlFault:
    mark = event.start_mark
    name = event.tag.replace(CORE, "!!")
    cure = "write `${NAME}` for a value of the environment" if "env" in name.lower() else "remove the tag"
    return YamlFault(
        "tag", f"the tag `{shown(name)}` is not known", mark.line, mark.column, length=len(name),
        help=f"{cure}; only the core tags (`!!str`, `!!int`, ...) are read",
    )  # fmt: skip


def tag_mismatch(event: Any, name: str) -> YamlFault:
    mark = event.start_mark
    return YamlFault(
        "tag", f"what follows `!!{name}` is no such value", mark.line, mark.column, length=len(name) + 2,
        help="remove the tag, or write a value of its kind",
    )  # fmt: skip


def too_deep(event: Any, deepest: int) -> YamlFault:
    mark = event.start_mark
    return YamlFault(
        "bounds", f"nested deeper than {deepest} levels", mark.line, mark.column,
        help="write it flatter; if a bracket was left open before, close it",
    )  # fmt: skip


def too_many(event: Any, most: int) -> YamlFault:
    mark = event.start_mark
    return YamlFault("bounds", f"more than {most:,} values in one file", mark.line, mark.column, help="split the file")


def unanchored(event: Any) -> YamlFault:
    mark = event.start_mark
    return YamlFault(
        "syntax", f"no anchor `&{shown(event.anchor)}` before this alias", mark.line, mark.column,
        length=len(event.anchor) + 1, help="an anchor is written with `&`, before its first alias",
    )  # fmt: skip


def bomb(event: Any, most: int) -> YamlFault:
    mark = event.start_mark
    return YamlFault(
        "bounds", f"aliases add more than {most:,} values to this file", mark.line, mark.column,
        length=len(event.anchor) + 1, help="write the values out, or use fewer aliases of aliases",
    )  # fmt: skip


def bad_key(event: Any) -> YamlFault:
    mark = event.start_mark
    text = getattr(event, "value", None)
    if text is None:
        return YamlFault("key", "a key must be text", mark.line, mark.column, help="use a plain name as the key")
    if not text:
        return YamlFault("key", "a key is empty", mark.line, mark.column, help="write a name before the colon")
    what = f"the key `{shown(text)}` is not text"
    help = f'quote it: `"{shown(text)}"`'
    return YamlFault("key", what, mark.line, mark.column, length=len(text), help=help, quotes=True)


def duplicate(event: Any, text: str) -> YamlFault:
    start, end = event.start_mark, event.end_mark
    length = end.column - start.column if end.line == start.line else 1
    return YamlFault(
        "duplicate", f"the key `{shown(text)}` is here twice", start.line, start.column, length=max(1, length),
        help="remove one of the two; a mapping keeps only one value", note="first here", key=shown(text),
    )  # fmt: skip


def refused(event: Any, value: Refused) -> YamlFault:
    """The text itself is not shown: it may be a secret that looks like a number."""
    start, end = event.start_mark, event.end_mark
    length = end.column - start.column if end.line == start.line else 1
    return YamlFault("number", value.reason, start.line, start.column, length=length, help="quote it if it is text")


def second_document(event: Any) -> YamlFault:
    mark = event.start_mark
    return YamlFault(
        "documents", "a second document starts here", mark.line, mark.column, length=3,
        help="put each document into a file of its own",
    )  # fmt: skip
