"""The least that a compile can be, as a yardstick: read each file, know each position, write one JSON file per job.

No validation, no mapping, no merging, no digest, no errors. `python -m benchmarks.floor ROOT OUT`.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import yaml
from yaml.events import AliasEvent, MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent

Node = tuple[Any, Any]  # a value, and the positions of its leaves in the same shape
NUMBER = re.compile(r"[-+]?(?:\d+|\d*\.\d+|\d+\.\d*)(?:[eE][-+]?\d+)?")
WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}
OPTIONS = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE


class Plain(dict[str, Any]):
    """Text of a plain scalar -> value, remembered."""

    def __missing__(self, text: str) -> Any:
        value: Any = WORDS.get(text, text)
        if NUMBER.fullmatch(text):
            value = float(text) if any(sign in text for sign in ".eE") else int(text)
        self[text] = value
        return value


class Events:
    """libyaml's events, folded into values and positions."""

    def __init__(self, data: bytes, plain: Plain) -> None:
        parser = next(kind for kind in yaml.CLoader.__mro__ if kind.__name__ == "CParser")
        self.next: Callable[[], Any] = parser(data).get_event
        self.plain = plain
        self.anchors: dict[str, Node] = {}

    def document(self) -> Node:
        self.next()  # the stream starts
        self.next()  # the document starts
        return self.node(self.next())

    def node(self, event: Any) -> Node:
        kind = type(event)
        if kind is AliasEvent:
            return self.anchors[event.anchor]
        if kind is ScalarEvent:
            mark = event.start_mark
            value = self.plain[event.value] if event.implicit[0] else event.value
            made: Node = value, f"{mark.line + 1}:{mark.column + 1}"
        else:
            made = self.mapping() if kind is MappingStartEvent else self.sequence()
        if event.anchor is not None:
            self.anchors[event.anchor] = made
        return made

    def mapping(self) -> Node:
        values, marks, following, node = {}, {}, self.next, self.node
        while type(event := following()) is not MappingEndEvent:
            key = event.value
            values[key], marks[key] = node(following())
        return values, marks

    def sequence(self) -> Node:
        values, marks, following = [], [], self.next
        while type(event := following()) is not SequenceEndEvent:
            value, mark = self.node(event)
            values.append(value)
            marks.append(mark)
        return values, marks


def compile_all(root: Path, out: Path) -> int:
    plain = Plain()
    beside: dict[str, Node] = {}

    def read(name: str) -> Node:
        if name not in beside:
            data = (root / name).read_bytes()
            state = name.endswith(".tfstate")
            beside[name] = (json.loads(data)["outputs"], None) if state else Events(data, plain).document()
        return beside[name]

    jobs = sorted((root / "jobs").rglob("*.yaml"))
    for path in jobs:
        job, marks = Events(path.read_bytes(), plain).document()
        workspace = job["infrastructure"]["terraform"]["workspace"]
        sides = ("source_connector_path", "target_connector_path", "asset_path")
        parts = [read(job[side])[0] for side in sides] + [read(f"states/{workspace}.tfstate")[0]]
        target = (out / path.relative_to(root / "jobs")).with_suffix(".json")
        write(target, orjson.dumps({"job": job, "parts": parts, "positions": marks}, option=OPTIONS))
    return len(jobs)


def write(target: Path, content: bytes) -> None:
    beside = f"{target}.new"
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    except FileNotFoundError:
        target.parent.mkdir(parents=True)
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    os.write(handle, content)
    os.close(handle)
    os.replace(beside, target)


if __name__ == "__main__":
    print(compile_all(Path(sys.argv[1]), Path(sys.argv[2])), "jobs")
