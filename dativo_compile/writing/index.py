"""`index.json`: which files of the build folder are ours, and what the rest of the project is.

Entries are kept as text, a tenth of what ten thousand parsed ones would take.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from dativo_compile.diagnostics.codes.build import INDEX_UNREADABLE
from dativo_compile.writing.faults import refuse
from dativo_compile.writing.files import contents

INDEX = "index.json"
JOURNAL = ".dativo-journal"  # the entries of the manifests that a compile is about to put in place
VERSION = 1
HEAD = b'{\n  "index_version": 1,\n  "jobs": {'
TAIL = b"\n  }\n}\n"
ENTRY = re.compile(rb'\n    ("(?:[^"\\\n]|\\.)*"): (\{\n(?:      .*\n)*    \}|\{\}),?(?=\n)')
OPTIONS = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS


class Entries(Mapping[str, dict[str, Any]]):
    """Job id -> index entry, parsed each time it is asked for."""

    __slots__ = ("texts",)

    def __init__(self, texts: dict[str, bytes]) -> None:
        self.texts = texts

    def __getitem__(self, job_id: str) -> dict[str, Any]:
        entry: dict[str, Any] = orjson.loads(self.texts[job_id])
        return entry

    def __contains__(self, job_id: object) -> bool:
        return job_id in self.texts

    def __iter__(self) -> Iterator[str]:
        return iter(self.texts)

    def __len__(self) -> int:
        return len(self.texts)


@dataclass(frozen=True, slots=True)
class Index:
    """`jobs` are all that is ours; `recovered` those of them that a killed compile left out of the index."""

    jobs: Entries
    recovered: frozenset[str] = frozenset()


def previous_index(build: Path) -> Index:
    """What the last compile wrote, with what a killed one left behind; empty without any.

    Raises `WriteFault` for an index that is not ours.
    """
    texts = _read(f"{build}/{INDEX}")
    journal = _read(f"{build}/{JOURNAL}")
    landed = {job_id: text for job_id, text in journal.items() if _landed(build, job_id, text)}
    recovered = frozenset(job_id for job_id, text in landed.items() if texts.get(job_id) != text)
    return Index(Entries({**texts, **landed}), recovered)


def entries_of(data: bytes) -> Entries:
    """Of an index that is no file; raises ValueError for what is no index."""
    return Entries(_texts(data))


def _landed(build: Path, job_id: str, text: bytes) -> bool:
    digest = orjson.loads(text).get("digest")
    data = contents(f"{build}/{job_id}.json") if digest else None
    return data is not None and f'"digest": "{digest}"'.encode() in data


def entry_text(entry: dict[str, Any]) -> bytes:
    """An entry as it stands in the index, indented to its depth."""
    return orjson.dumps(entry, option=OPTIONS).replace(b"\n", b"\n    ")


def pieces(texts: Mapping[str, bytes], job_ids: Iterable[str]) -> Iterator[bytes]:
    """The bytes of an index of these jobs, one at a time."""
    start = HEAD
    for job_id in sorted(job_ids):  # sorted: neither file order nor history may reach the index
        yield b"%s\n    %s: %s" % (start, orjson.dumps(job_id), texts[job_id])
        start = b","
    yield TAIL if start == b"," else HEAD + b"}\n}\n"


def holds(path: str, parts: Iterable[bytes]) -> bool:
    """Whether the file, known to be regular, has just these bytes, without holding either in memory."""
    with open(path, "rb") as file:
        return all(file.read(len(part)) == part for part in parts) and not file.read(1)


def _read(path: str) -> dict[str, bytes]:
    data = contents(path)
    if data is None:
        return {}
    try:
        return _texts(data)
    except ValueError as error:
        reason = str(error).split(": line", 1)[0]
        raise refuse(INDEX_UNREADABLE, path, *([reason] if reason else [])) from None


def _texts(data: bytes) -> dict[str, bytes]:
    """Job id -> entry text; raises ValueError for what is no index.

    Our own bytes are split entry by entry; anything else (another program's layout) is parsed whole.
    """
    found: dict[str, bytes] = {}
    position = len(HEAD)
    if data.startswith(HEAD) and data.endswith(TAIL):
        while match := ENTRY.match(data, position):
            found[_job_id(orjson.loads(match[1]))] = match[2]
            orjson.loads(match[2])
            position = match.end()
        if data[position:] == TAIL:
            return found
    value = orjson.loads(data)
    if type(value) is not dict or value.get("index_version") != VERSION or type(value.get("jobs")) is not dict:
        raise ValueError(f"it has no `jobs` with `index_version` {VERSION}")
    for job_id, entry in value["jobs"].items():
        if type(entry) is not dict:
            raise ValueError(f"the entry of `{job_id}` is not an object")
        found[_job_id(job_id)] = entry_text(entry)
    return found


def _job_id(job_id: str) -> str:
    # an id becomes a path that may be deleted: it must not lead out of the folder
    if any(part.startswith(".") or not part for part in job_id.split("/")) or "\0" in job_id or "\\" in job_id:
        raise ValueError(f"`{job_id}` is not the id of a job")
    return job_id
