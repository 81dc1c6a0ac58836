"""The last word on diagnostics: severities of the project, opt-outs on a line, one order.

After `settle` no diagnostic is `off`, none is there twice, and they stand in file order.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from dativo_compile.diagnostics.code import Severity
from dativo_compile.diagnostics.codes.settle import IGNORE_UNUSED, SEVERITY_GUARDED, SEVERITY_UNKNOWN
from dativo_compile.diagnostics.diagnostic import Diagnostic, Edit, Fix, Ignored, diagnose
from dativo_compile.diagnostics.near import asked
from dativo_compile.model.project import Project
from dativo_compile.registry import BY_ID, code_of, near_code
from dativo_compile.yaml.fixes import without_line
from dativo_compile.yaml.ignores import Ignore
from dativo_compile.yaml.spans import place_of

RUNNER = "DR"  # the runner's codes are not ours to judge
SEVERITIES: dict[str, Severity] = {"error": "error", "warning": "warning", "note": "note", "off": "off"}


def settle(
    diagnostics: Iterable[Diagnostic],
    project: Project | None,
    ignores: Iterable[Ignore] = (),
    ignored: list[Ignored] | None = None,
) -> tuple[Diagnostic, ...]:
    """`ignores` are those of every file that was read (`ignores_of`), also of files without a diagnostic.

    `ignored` is told what they take back, each once and in file order.

    Without a usable project every diagnostic keeps its own severity.
    """
    if project is None:
        return tuple(sorted(dict.fromkeys(diagnostics), key=lambda d: d.sort_key))
    weighed = _weighed([*diagnostics, *_misjudged(project)], project)
    left_out: list[Ignored] = []
    kept = _not_ignored(weighed, tuple(ignores), project, left_out)
    if ignored is not None:
        ignored += sorted(dict.fromkeys(left_out), key=lambda one: one.diagnostic.sort_key)
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
            found.append(diagnose(SEVERITY_UNKNOWN, place, help=_advice(code_id), name=code_id))
        elif code.guarded and severity != code.severity:
            always = "an error" if code.severity == "error" else "a warning"
            note = f"`{code.name}` keeps builds correct: it is always {always}"
            fix = without_line(project.document.file, ("severity", code_id)) if project.document else None
            found.append(
                diagnose(SEVERITY_GUARDED, place, notes=(note,), help="remove this line", fix=fix, name=code_id)
            )
    return found


def _advice(name: str) -> str:
    """What to write for a code that does not exist: its id for its name, which is no guess, else one that is near."""
    meant = code_of(name)
    if meant is not None:
        return f"write `{meant.id}`" + (f", the id of `{meant.name}`" if name != meant.id.lower() else "")
    near = near_code(name)
    return asked(near.id) if near else "`dativo rules` lists every code"


def _not_ignored(
    diagnostics: list[Diagnostic], ignores: tuple[Ignore, ...], project: Project, ignored: list[Ignored]
) -> list[Diagnostic]:
    """Without the warnings and notes that a line opts out of, with a warning for each opt-out of nothing."""
    if not ignores:
        return diagnostics
    wanted = {(i.place.file, i.place.line, i.code): i for i in ignores}
    used: set[tuple[str, int, str]] = set()
    errors: set[tuple[str, int, str]] = set()
    kept: list[Diagnostic] = []
    for diagnostic in diagnostics:
        place = diagnostic.place
        key = (place.file, place.line, diagnostic.code.id) if place else ("", 0, "")
        if key in wanted and diagnostic.severity != "error" and not diagnostic.code.guarded:
            used.add(key)
            ignored.append(Ignored(diagnostic, wanted[key].reason))
            continue
        if key in wanted:
            errors.add(key)
        kept.append(diagnostic)
    left = [(key, i) for key, i in wanted.items() if key not in used and not i.code.startswith(RUNNER)]
    unused = [_unused(i, key in errors) for key, i in left]
    return kept + _weighed(unused, project)


def _unused(ignore: Ignore, is_error: bool) -> Diagnostic:
    notes: tuple[str, ...] = ()
    fix = ignore.removal
    help = f"{fix.description if fix else 'remove it'}, or move it to the end of the line that the warning names"
    meant = code_of(ignore.code)
    if is_error:
        notes = ("the diagnostic on this line is an error, and an error cannot be ignored",)
        help = "remove the comment, and mend what the error names"
    elif ignore.code not in BY_ID:
        notes = ("there is no such code",)
        help = _advice(ignore.code)
        fix = Fix(f"write `{meant.id}`", (Edit(ignore.place, meant.id),)) if meant else ignore.removal
    return diagnose(IGNORE_UNUSED, ignore.place, notes=notes, help=help, fix=fix, name=ignore.code)
