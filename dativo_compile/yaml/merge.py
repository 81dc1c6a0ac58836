"""What aliases and merge keys add to a file."""

from __future__ import annotations

from typing import Any

from dativo_compile.yaml.fault import YamlFault


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
    for source, its in zip(sources, source_marks, strict=False):  # the marks of an empty list are one mark
        for k, v in source.items():
            if k not in out:
                out[k] = v
                out_marks[k] = its[k]
    return out, out_marks


def measured(value: Any, known: dict[int, tuple[int, int]]) -> tuple[int, int]:
    """How many values there are in a value, and how many levels; parts that aliases share count each time.

    `known` holds what was measured before, by identity: without it an alias bomb would be walked.
    """
    kind = type(value)
    if kind is not dict and kind is not list:
        return 1, 0
    found = known.get(id(value))
    if found is None:
        size, levels = 1, 0
        for part in value.values() if kind is dict else value:
            more, deep = measured(part, known)
            size += more
            levels = max(levels, deep)
        found = known[id(value)] = size, levels + 1
    return found
