"""The last word on diagnostics: severities of the project, opt-outs on a line, one order.

After `settle` no diagnostic is `off`, none is there twice, and they stand in file order.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace

from dativo_compile.diagnostics.code import Severity
from dativo_compile.diagnostics.codes.settle import IGNORE_UNUSED, SEVERITY_GUARDED, SEVERITY_UNKNOWN
from dativo_compile.diagnostics.diagnostic import Diagnostic, diagnose
from dativo_compile.diagnostics.near import did_you_mean
from dativo_compile.model.place import Place
from dativo_compile.model.project import Project
from dativo_compile.model.source import SourceFile
from dativo_compile.registry import BY_ID
from dativo_compile.yaml.spans import place_of, tree_of

MARKER = b"dativo: ignore["
COMMENT = re.compile(r"(?:^|(?<=\s))#\s*dativo: ignore\[([^\]\n]*)\]")
END = (1 << 62, 0)  # beyond any place
ONE_CODE = re.compile(r"[^\s,]+")
RUNNER = "DR"  # the runner's codes are not ours to judge
SEVERITIES: dict[str, Severity] = {"error": "error", "warning": "warning", "note": "note", "off": "off"}


@dataclass(frozen=True, slots=True)
class Ignore:
    """One code in an ignore comment; `place` is the code's own."""

    code: str
    place: Place


def ignores_of(file: SourceFile) -> tuple[Ignore, ...]:
    """The opt-outs that stand in comments of a file, in order; cheap for a file without any."""
    if MARKER not in file.data:
        return ()
    scalars = _scalars(file)
    found: list[Ignore] = []
    for number, line in enumerate(file.data.decode("utf-8", "replace").splitlines(), 1):
        for comment in COMMENT.finditer(line):
            at = number, comment.start() + 1
            before = bisect_right(scalars, (at, END))
            if before and at < scalars[before - 1][1]:
                continue  # text that only looks like a comment
            for code in ONE_CODE.finditer(line, comment.start(1), comment.end(1)):
                place = Place(file.name, number, code.start() + 1, number, code.end() + 1)
                found.append(Ignore(code[0], place))
    return tuple(found)


def settle(
    diagnostics: Iterable[Diagnostic], project: Project | None, ignores: Iterable[Ignore] = ()
) -> tuple[Diagnostic, ...]:
    """`ignores` are those of every file that was read (`ignores_of`), also of files without a diagnostic.

    Without a usable project every diagnostic keeps its own severity.
    """
    if project is None:
        return tuple(sorted(dict.fromkeys(diagnostics), key=lambda d: d.sort_key))
    weighed = _weighed([*diagnostics, *_misjudged(project)], project)
    kept = _not_ignored(weighed, tuple(ignores), project)
    return tuple(sorted(dict.fromkeys(kept), key=lambda d: d.sort_key))


def weight(diagnostic: Diagnostic, project: Project) -> Severity:
    """How much a diagnostic weighs in this project."""
    wanted = SEVERITIES.get(project.severities.get(diagnostic.code.id, ""))
    return diagnostic.severity if wanted is None or diagnostic.code.guarded else wanted


def _weighed(diagnostics: list[Diagnostic], project: Project) -> list[Diagnostic]:
    if not project.severities:
        return [d for d in diagnostics if d.severity != "off"]
    out: list[Diagnostic] = []
    for diagnostic in diagnostics:
        wanted = weight(diagnostic, project)
        if wanted != "off":
            out.append(diagnostic if wanted == diagnostic.severity else replace(diagnostic, severity=wanted))
    return out


def _misjudged(project: Project) -> list[Diagnostic]:
    """Severities that cannot be set, at their line in `dativo.yaml`."""
    found: list[Diagnostic] = []
    for code_id, severity in project.severities.items():
        if code_id.startswith(RUNNER):
            continue
        code = BY_ID.get(code_id)
        place = place_of(project.document, ("severity", code_id), key=True) if project.document else None
        if code is None:
            help = did_you_mean(code_id, BY_ID) or "`dativo explain` lists every code"
            found.append(diagnose(SEVERITY_UNKNOWN, place, help=help, name=code_id))
        elif code.guarded and severity != code.severity:
            always = "an error" if code.severity == "error" else "a warning"
            note = f"`{code.name}` keeps builds correct: it is always {always}"
            found.append(diagnose(SEVERITY_GUARDED, place, notes=(note,), help="remove this line", name=code_id))
    return found


def _not_ignored(diagnostics: list[Diagnostic], ignores: tuple[Ignore, ...], project: Project) -> list[Diagnostic]:
    """Without the warnings that a line opts out of, with a warning for each opt-out of nothing."""
    if not ignores:
        return diagnostics
    wanted = {(i.place.file, i.place.line, i.code): i for i in ignores}
    used: set[tuple[str, int, str]] = set()
    errors: set[tuple[str, int, str]] = set()
    kept: list[Diagnostic] = []
    for diagnostic in diagnostics:
        place = diagnostic.place
        key = (place.file, place.line, diagnostic.code.id) if place else ("", 0, "")
        if key in wanted and diagnostic.severity != "error":
            used.add(key)
            continue
        if key in wanted:
            errors.add(key)
        kept.append(diagnostic)
    left = [(key, i) for key, i in wanted.items() if key not in used and not i.code.startswith(RUNNER)]
    unused = [_unused(i, key in errors) for key, i in left]
    return kept + _weighed(unused, project)


def _unused(ignore: Ignore, is_error: bool) -> Diagnostic:
    notes: tuple[str, ...] = ()
    help = "remove the comment, or move it to the end of the line that the warning names"
    if is_error:
        notes = ("the diagnostic on this line is an error, and an error cannot be ignored",)
        help = ""
    elif ignore.code not in BY_ID:
        notes = ("there is no such code",)
        help = did_you_mean(ignore.code, BY_ID) or "`dativo explain` lists every code"
    return diagnose(IGNORE_UNUSED, ignore.place, notes=notes, help=help, name=ignore.code)


def _scalars(file: SourceFile) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Start and end of every scalar, in which a `#` is no comment, in order; none if the text cannot be read."""
    try:
        top = tree_of(file)
    except RecursionError:
        top = None
    found: list[tuple[tuple[int, int], tuple[int, int]]] = []
    seen: set[int] = set()
    waiting = [top] if top is not None else []
    while waiting:
        node = waiting.pop()
        if id(node.children) in seen:
            continue
        seen.add(id(node.children))
        if not node.children:
            found.append(((node.place.line, node.place.column), (node.place.end_line, node.place.end_column)))
        waiting += [*node.children.values(), *node.merges]
    return sorted(found)
