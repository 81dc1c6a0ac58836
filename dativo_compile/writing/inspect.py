"""What is wrong with a build folder that no source explains: manifests edited, exchanged, missing, or of no job."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.codes.build import BUILD_FILE_FOREIGN
from dativo_compile.diagnostics.codes.check import (
    MANIFEST_EDITED,
    MANIFEST_EXCHANGED,
    MANIFEST_MISSING,
    MANIFEST_STRAY,
)
from dativo_compile.diagnostics.diagnostic import Diagnostic, diagnose
from dativo_compile.manifest.digest import fits, said
from dativo_compile.model.place import Place
from dativo_compile.writing.faults import HELP, WriteFault
from dativo_compile.writing.files import contents
from dativo_compile.writing.index import INDEX

MARKER = re.compile(rb"^(?:<{7}|>{7})(?: .*)?\r?$", re.MULTILINE)
COMPILE = "compile, and commit the whole build folder"


@dataclass(frozen=True, slots=True)
class Inspection:
    """`name` is the build folder below the project, absent if it lies elsewhere; `listed` is its index."""

    build: Path
    name: str | None
    listed: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def of_job(self, job_id: str, data: bytes | None) -> Diagnostic | None:
        """What is wrong with the manifest of a job, whose bytes are not what the sources give."""
        if data is None:
            if job_id not in self.listed:
                return None  # the job is new
            return self._found(MANIFEST_MISSING, job_id, help=COMPILE)
        if job_id not in self.listed:
            return self._found(BUILD_FILE_FOREIGN, job_id, help=HELP[BUILD_FILE_FOREIGN])
        if not fits(data):
            help = "make the change where the value comes from, and compile: the next compile takes this one away"
            if MARKER.search(data):
                return self._found(
                    MANIFEST_EDITED, job_id, "it has the marks of a merge that is not finished", help=MERGE
                )
            return self._found(MANIFEST_EDITED, job_id, help=help)
        if said(data) != self.listed[job_id].get("digest"):
            return self._found(MANIFEST_EXCHANGED, job_id, help=COMPILE)
        return None

    def strays(self, known: Container[str], writers: Callable[[], Mapping[str, str]]) -> Iterator[Diagnostic]:
        """Manifests of none of the `known` jobs. `writers` tells, table by table, which job writes it."""
        for job_id in _json_files(str(self.build)):
            if job_id in known or job_id in self.listed:
                continue
            try:
                data = contents(f"{self.build}/{job_id}.json")
            except WriteFault:
                continue  # a link or a pipe is no manifest of ours
            if data and b'"manifest_version"' in data and said(data):
                help = "delete it: no compile will, and a runner that is given the folder would run it"
                yield self._found(MANIFEST_STRAY, job_id, *_notes(job_id, data, writers()), help=help)

    def _found(self, code: Code, job_id: str, *notes: str, help: str) -> Diagnostic:
        place = Place.whole(f"{self.name}/{job_id}.json") if self.name else None
        return diagnose(code, place, notes=notes, help=help, path=f"{self.build}/{job_id}.json")


MERGE = "take either side (`git checkout --theirs`), compile, and commit what that writes"


def _json_files(build: str) -> Iterator[str]:
    """What could be the ids of jobs, sorted; hidden folders, such as that of provenance, are not looked into."""
    found = []
    for folder, folders, names in os.walk(build):
        folders[:] = [name for name in folders if not name.startswith(".")]
        below = os.path.relpath(folder, build).replace(os.sep, "/")
        prefix = "" if below == "." else f"{below}/"
        found += [prefix + name[:-5] for name in names if name.endswith(".json") and not name.startswith(".")]
    return iter(sorted(name for name in found if f"{name}.json" != INDEX))


def _notes(job_id: str, data: bytes, writers: Mapping[str, str]) -> Iterator[str]:
    """What helps to recognise a manifest: whose it was, and who writes its table now."""
    try:
        tree = orjson.loads(data)
        was, table = tree["job"]["id"], tree["target"]["table"]
        name = f"{table['namespace']}.{table['name']}"
    except (ValueError, KeyError, TypeError):
        return
    if was != job_id:
        yield f"it is a copy: it was compiled from the job `{was}`"
    if name in writers:
        yield f"it writes the table `{name}`, as the job `{writers[name]}` does"
