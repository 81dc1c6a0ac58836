"""Table properties as somebody found them, beside those that manifests set."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from dativo_compile.mapping.places import origin_place
from dativo_compile.model.job import TaggedJob
from dativo_compile.model.usage import UsageError
from dativo_compile.review.tagging.compare import Compared, Difference
from dativo_compile.tags.text import plain_text
from dativo_compile.terraform.contents import contents

JOB, OWNED = "dativo.job", "dativo.owned"
FORM = 'write `{"KEY": "VALUE", ...}` of one table, or `{"NAMESPACE.TABLE": {...}, ...}` of several'
Properties = dict[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """The properties of a file: of the only table, whose name is then empty, or by name."""

    source: str
    tables: dict[str, Properties]

    @property
    def nameless(self) -> Properties | None:
        return self.tables.get("")


def read_properties(path: Path) -> Found:
    """Raises `UsageError` for a file that cannot be read, or has another form."""
    try:
        top = json.loads(contents(path))
    except OSError as error:
        reason = (error.strerror or "the system refuses").lower()
        raise UsageError(f"`{path}` cannot be read: {reason}", "name a JSON file of properties") from None
    except (ValueError, RecursionError):
        raise UsageError(f"`{path}` is not JSON", FORM) from None
    one = _texts(top)
    if one is not None:
        return Found(path.name, {"": one})
    several = {name: _texts(inner) for name, inner in top.items()} if type(top) is dict else {}
    tables = {name: its for name, its in several.items() if its is not None}
    if not tables or len(tables) < len(several):
        raise UsageError(f"`{path}` does not hold properties of tables", FORM)
    return Found(path.name, tables)


def _texts(value: Any) -> Properties | None:
    """A map of scalars, or rows of `key` and `value` as `SHOW TBLPROPERTIES` gives them; absent for anything else."""
    if type(value) is list and value and all(type(row) is dict and {"key", "value"} <= row.keys() for row in value):
        value = {str(row["key"]): row["value"] for row in value}
    if type(value) is not dict:
        return None
    texts = {key: plain_text(inner) for key, inner in value.items() if inner is not None}
    told = {key: text for key, text in texts.items() if text is not None}
    return told if len(told) == len(texts) else None


class Tables:
    """The jobs of the tables in the file, gathered as jobs go by."""

    def __init__(self, found: Found) -> None:
        self._found = found
        self._jobs: dict[str, dict[str, TaggedJob]] = {}  # by table, by id
        self._seen: set[str] = set()

    def look(self, tagged: TaggedJob) -> None:
        table = tagged.placed.table
        if table is None:
            return
        name, job_id = f"{table.namespace}.{table.name}", tagged.placed.linked.id
        self._seen.add(name)
        nameless = self._found.nameless
        if nameless is None:
            meant = any(_is(name, its) for its in self._found.tables)
        else:
            meant = nameless.get(JOB) in (job_id, None) and len(self._jobs.keys() | {name}) < 3
        if meant:
            self._jobs.setdefault(name, {})[job_id] = tagged

    @property
    def strangers(self) -> tuple[str, ...]:
        """Tables of the file that no job writes."""
        return tuple(
            sorted(its for its in self._found.tables if its and not any(_is(name, its) for name in self._seen))
        )

    def compared(self) -> tuple[Compared, ...]:
        """By name. Raises `UsageError` if it cannot be told whose properties they are."""
        nameless = self._found.nameless
        if nameless is not None:
            if len(self._jobs) != 1:
                raise self._unclear(nameless)
            pairs = [(name, nameless) for name in self._jobs]
        else:
            pairs = [(name, real) for its, real in self._found.tables.items() for name in self._jobs if _is(name, its)]
        return tuple(self._one(name, real) for name, real in sorted(pairs, key=lambda pair: pair[0]))

    def _one(self, name: str, real: Properties) -> Compared:
        """Where jobs share a table, the one that wrote last is compared."""
        jobs = self._jobs[name]
        tagged = jobs.get(real.get(JOB, "")) or jobs[min(jobs)]
        return Compared("table", self._found.source, name, "", tuple(_differences(tagged, real)))

    def _unclear(self, real: Mapping[str, str]) -> UsageError:
        if JOB in real:
            return UsageError(f"the properties are of the job `{real[JOB]}`, which is not among these", FORM)
        count = len(self._seen)
        what = "no job writes a table" if not count else f"the jobs write {count:,} tables"
        return UsageError(f"the properties are of one table, and {what}", FORM)


def _differences(tagged: TaggedJob, real: Properties) -> list[Difference]:
    wanted, origins, linked = tagged.properties, tagged.property_origins, tagged.placed.linked
    wrong = [
        Difference(key, text, real.get(key), partial(origin_place, linked, origins[key]))
        for key, text in sorted(wanted.items())
        if real.get(key) != text
    ]
    left = [key for key in _owned(real) if key in real and key not in wanted and not key.startswith("dativo.")]
    return wrong + [Difference(key, None, real[key]) for key in sorted(left)]


def _owned(real: Properties) -> set[str]:
    """The keys that the runner recorded as its own: those that the manifest has no more are to go."""
    try:
        keys = json.loads(real.get(OWNED, "[]"))
    except (ValueError, RecursionError):
        return set()
    return {key for key in keys if type(key) is str} if type(keys) is list else set()


def _is(name: str, said: str) -> bool:
    """Catalogs put their own name before a table's."""
    return said == name or said.endswith("." + name)
