"""Diagnostics as workflow commands, which GitHub Actions shows beside the lines of a pull request.

All are printed, in file order. GitHub shows the first ten errors, ten warnings and ten notices of a step; the log has
the rest. https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from dativo_compile.diagnostics.diagnostic import Diagnostic
from dativo_compile.model.place import Place
from dativo_compile.report.cells import safe
from dativo_compile.report.findings import Findings

COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


def render(findings: Findings) -> str:
    """One line a diagnostic; files are named from the repository's root, as GitHub knows them."""
    return "".join(_command(diagnostic, findings.prefix) for diagnostic in findings.diagnostics)


def _command(diagnostic: Diagnostic, prefix: str) -> str:
    place, code = diagnostic.place, diagnostic.code
    properties = _position(place, prefix) if place else {}
    properties["title"] = f"{code.id} {code.name}"
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{COMMANDS[diagnostic.severity]} {written}::{_data(_text(diagnostic, prefix))}\n"


def _position(place: Place, prefix: str) -> dict[str, str]:
    """A file as such has no line. GitHub takes columns of a single line only; the end is exclusive, as ours is."""
    position = {"file": prefix + place.file}
    if place == Place.whole(place.file):
        return position
    position |= {"line": str(place.line), "endLine": str(place.end_line)}
    if place.line == place.end_line:
        position |= {"col": str(place.column), "endColumn": str(place.end_column)}
    return position


def _text(diagnostic: Diagnostic, prefix: str) -> str:
    lines = [diagnostic.message]
    lines += [f"{prefix}{r.place.file}:{r.place.line}:{r.place.column}: {r.message}" for r in diagnostic.related]
    lines += [f"note: {note}" for note in diagnostic.notes]
    lines += [f"help: {diagnostic.help}"] if diagnostic.help else []
    return "\n".join(lines)


def _data(text: str) -> str:
    return _escaped(safe(text))


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
