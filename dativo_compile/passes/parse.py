"""Bytes to documents that satisfy their JSON Schema; the one pass that knows YAML and the schemas."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.codes import parse as codes
from dativo_compile.diagnostics.codes.kinds import KIND_MISTAKEN
from dativo_compile.diagnostics.diagnostic import Diagnostic, Related, diagnose
from dativo_compile.model.job import ParsedJob
from dativo_compile.model.place import Place
from dativo_compile.model.source import Document, Role, SourceFile
from dativo_compile.validation.fault import Fault
from dativo_compile.validation.kinds import NAMES, TELLING, mistaken_for
from dativo_compile.validation.load import WRITTEN
from dativo_compile.validation.prune import pruned
from dativo_compile.validation.schema import faults_of
from dativo_compile.validation.words import kind_of
from dativo_compile.yaml.fault import YamlFault
from dativo_compile.yaml.fixes import quoted, swapped
from dativo_compile.yaml.reader import Marks, read
from dativo_compile.yaml.spans import place_of

Kind = Literal["job", "connector", "asset", "project"]

YAML_CODES: dict[str, Code] = {
    "syntax": codes.YAML_SYNTAX,
    "tab": codes.YAML_TAB,
    "encoding": codes.YAML_ENCODING,
    "bounds": codes.YAML_BOUNDS,
    "duplicate": codes.YAML_DUPLICATE,
    "documents": codes.YAML_DOCUMENTS,
    "tag": codes.YAML_TAG,
    "key": codes.YAML_KEY,
    "number": codes.YAML_NUMBER,
}


def parse(file: SourceFile, job_id: str, found: list[Diagnostic]) -> ParsedJob | None:
    """The job, without parts that break the schema; absent if what is left would mislead later passes."""
    document, faults = _read("job", file, "job", found)
    if document is not None and faults:
        document = pruned(document, faults)
    return ParsedJob(job_id, document) if document else None


def parse_document(kind: Kind, file: SourceFile, role: Role, found: list[Diagnostic]) -> Document | None:
    """A connector, asset or project; absent if anything is wrong with it."""
    document, faults = _read(kind, file, role, found)
    return None if faults else document


def read_mapping(file: SourceFile, role: Role, found: list[Diagnostic]) -> Document | None:
    """The file as YAML with a mapping at its top, whatever the schemas say of it; absent for anything else."""
    try:
        value, marks = read(file.data, _marks(role))
    except YamlFault as fault:
        found.append(_unreadable(file, fault))
        return None
    if type(value) is not dict:
        found.append(_no_mapping(file, role, value, marks))
        return None
    return Document(file, role, value, marks if value else {})


def _read(
    kind: Kind, file: SourceFile, role: Role, found: list[Diagnostic]
) -> tuple[Document | None, tuple[Fault, ...]]:
    document = read_mapping(file, role, found)
    if document is None:
        return None, ()
    faults = faults_of(WRITTEN if kind == "job" else kind, document.value)
    mistaken = mistaken_for(kind, document.value) if faults else None
    if mistaken:
        found.append(_of_another_kind(document, kind, mistaken))
        return None, faults
    found.extend(_shown(document, fault) for fault in faults)
    return document, faults


@cache
def _marks(role: Role) -> Marks:
    """Marks are remembered text: one memory for each role serves all files."""
    return Marks(role)


def _unreadable(file: SourceFile, fault: YamlFault) -> Diagnostic:
    name = file.name
    line, column = fault.line + 1, fault.column + 1
    place = Place(name, line, column, line, column + fault.length) if fault.length else Place.whole(name)
    related: tuple[Related, ...] = ()
    if fault.other is not None:
        line, column, length = fault.other
        first = Place(name, line + 1, column + 1, line + 1, column + 1 + length)
        related = (Related(first, fault.note),)
    code = YAML_CODES[fault.kind]
    fix = quoted(file, place, ".+") if fault.quotes else None
    return diagnose(code, place, help=fault.help, related=related, fix=fix, problem=fault.message, key=fault.key)


def _no_mapping(file: SourceFile, role: Role, value: Any, marks: Any) -> Diagnostic:
    if value is None:
        help = "write `key: value` lines into it, or remove it"
        return diagnose(codes.NOT_A_MAPPING, Place.whole(file.name), found="nothing", help=help)
    place = place_of(Document(file, role, value, marks), ())
    help = "write it as `key: value`"
    if type(value) is list:
        if place.column > 1:  # a block list starts where its first element does, and its `- ` is the fault
            place = Place(file.name, place.line, 1, place.line, place.column)
        help = "keys stand at the top of a file, without `- `; several jobs are several files"
    return diagnose(codes.NOT_A_MAPPING, place, found=kind_of(value), help=help)


def _of_another_kind(document: Document, kind: Kind, mistaken: str) -> Diagnostic:
    help = "correct the path that leads here"
    if kind == "job":
        help = "give job files or folders of them, or move this file out of the jobs folder"
    key = next(key for key in (*TELLING[mistaken], "asset") if key in document.value)
    place = place_of(document, (key,), key=True)
    return diagnose(KIND_MISTAKEN, place, found=NAMES[mistaken], wanted=NAMES[kind], help=help)


def _shown(document: Document, fault: Fault) -> Diagnostic:
    place = place_of(document, fault.path, key=fault.at_key) if fault.path else Place.whole(document.file.name)
    fix = swapped(document.file, place, *fault.instead) if fault.instead else None
    fix = quoted(document.file, place, fault.quotes) if fault.quotes else fix
    return Diagnostic(fault.code, fault.code.severity, fault.message, place, fault.notes, fault.help, fix=fix)
