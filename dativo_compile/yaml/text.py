"""Bytes that are no YAML text, and libyaml's complaints in plain words."""

from __future__ import annotations

import re
from typing import Any

from yaml import MarkedYAMLError

from dativo_compile.yaml.complaints import complaint
from dativo_compile.yaml.fault import YamlFault

# https://yaml.org/spec/1.2.2/#51-character-set
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
NUL = b"\0"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def check_size(data: bytes, largest: int) -> None:
    """Raises `YamlFault` for too many bytes, and for another encoding that libyaml would read."""
    if len(data) > largest:
        raise YamlFault(
            "bounds", f"the file has {len(data):,} bytes; at most {largest:,} are read", length=0,
            help="split it, or compile the files that are meant",
        )  # fmt: skip
    if data[:2] in UTF_16:
        raise YamlFault("encoding", "the file is UTF-16 or UTF-32", length=0, help="save it as UTF-8")


def check_text(data: bytes) -> None:
    """Raises `YamlFault` at the first thing that is no UTF-8 text; libyaml refuses the same, without a place."""
    if data[:4].count(NUL) >= 2:
        raise YamlFault("encoding", "the file is UTF-16 or UTF-32", length=0, help="save it as UTF-8")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n")
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace"))
        raise YamlFault(
            "encoding", f"the byte 0x{data[error.start]:02x} is not UTF-8 here", line, column, help="save it as UTF-8"
        ) from None
    found = UNPRINTABLE.search(text)
    if found:
        line = text.count("\n", 0, found.start())
        column = found.start() - (text.rfind("\n", 0, found.start()) + 1)
        what = "a NUL byte" if found[0] == "\0" else f"the control character U+{ord(found[0]):04X}"
        raise YamlFault("encoding", f"{what} is not allowed in YAML", line, column, help="remove it")


def fault_of(error: Any, data: bytes) -> YamlFault:
    """libyaml's error at its place; a tab in the indentation, its commonest cause, is named."""
    if not isinstance(error, MarkedYAMLError):
        return YamlFault("encoding", "the file holds a character that YAML does not allow", help="save it as UTF-8")
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    lines = data.decode("utf-8", "replace").removeprefix("\ufeff").split("\n")
    row = lines[line] if line < len(lines) else ""
    if "\t" in row[: len(row) - len(row.lstrip(" \t"))] or row[column : column + 1] == "\t":
        return YamlFault("tab", "a tab cannot indent YAML", line, max(row.find("\t"), 0), help="use spaces")
    return complaint(error, lines)
