"""Diagnostics as a SARIF 2.1.0 log, which code scanning and editors read.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html
A log has the rules that occur in it, and neither a clock nor a path of the machine. What is in no file is no result
but a notification: viewers refuse results without a place. Braces in texts stay single: there are no placeholders.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic, Fix, Ignored
from dativo_compile.model.place import Place
from dativo_compile.report.findings import Findings
from dativo_compile.report.sarif_rules import descriptors
from dativo_compile.version import __version__

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
HOME = "https://dativo.io"
ROOT = "SRCROOT"
FINGERPRINT = "dativo/v1"

Json = dict[str, Any]


def render(findings: Findings) -> str:
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(findings)]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _run(findings: Findings) -> Json:
    told = [(diagnostic, None) for diagnostic in findings.diagnostics]
    ignored = [(one.diagnostic, one) for one in findings.ignored]
    everything = sorted((*told, *ignored), key=lambda pair: pair[0].sort_key)
    placed = [pair for pair in everything if pair[0].place]
    placeless = [diagnostic for diagnostic, _ in everything if not diagnostic.place]
    rules = _numbered(diagnostic.code for diagnostic, _ in placed)
    notifications = _numbered(diagnostic.code for diagnostic in placeless)
    driver: Json = {"name": "dativo-compile", "semanticVersion": __version__, "informationUri": HOME}
    driver["rules"] = descriptors(rules.values())
    if notifications:
        driver["notifications"] = descriptors(notifications.values())
    return {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {ROOT: {"description": {"text": "The root of the repository."}}},
        "invocations": [_invocation(findings.exit_code, placeless, [*notifications])],
        "results": _results(placed, [*rules], findings.prefix),
    }


def _numbered(codes: Iterable[Code]) -> dict[str, Code]:
    """Each code once, by id, in the order of the ids."""
    return dict(sorted({code.id: code for code in codes}.items()))


def _invocation(exit_code: int, placeless: list[Diagnostic], ids: list[str]) -> Json:
    """Errors in the jobs are what a run is for; one that is in no file means that it could not do its work."""
    failed = any(diagnostic.severity == "error" for diagnostic in placeless)
    found: Json = {"executionSuccessful": not failed, "exitCode": exit_code}
    if placeless:
        found["toolExecutionNotifications"] = [
            {
                "descriptor": {"id": diagnostic.code.id, "index": ids.index(diagnostic.code.id)},
                "level": diagnostic.severity,
                "message": _message(diagnostic),
            }
            for diagnostic in placeless
        ]
    return found


def _results(placed: list[tuple[Diagnostic, Ignored | None]], ids: list[str], prefix: str) -> list[Json]:
    index = {code_id: number for number, code_id in enumerate(ids)}
    seen: Counter[str] = Counter()
    found = []
    for diagnostic, ignored in placed:
        print_ = _fingerprint(diagnostic)
        seen[print_] += 1
        result = _result(diagnostic, index[diagnostic.code.id], prefix)
        result["partialFingerprints"] = {FINGERPRINT: f"{print_}:{seen[print_]}"}
        result["suppressions"] = [_suppression(ignored)] if ignored else []  # on all results or on none
        found.append(result)
    return found


def _result(diagnostic: Diagnostic, index: int, prefix: str) -> Json:
    assert diagnostic.place is not None
    result: Json = {
        "ruleId": diagnostic.code.id,
        "ruleIndex": index,
        "level": diagnostic.severity,
        "message": _message(diagnostic),
        "locations": [_location(diagnostic.place, prefix)],
    }
    if diagnostic.related:
        result["relatedLocations"] = [
            {"id": number, **_location(related.place, prefix), "message": {"text": related.message}}
            for number, related in enumerate(diagnostic.related, 1)
        ]
    if diagnostic.fix:
        result["fixes"] = [_fix(diagnostic.fix, prefix)]
    return result


def _message(diagnostic: Diagnostic) -> Json:
    """The first sentence is all that a list of alerts shows. Related places are linked by their numbers."""
    message = diagnostic.message if diagnostic.message.endswith((".", "?", "!")) else f"{diagnostic.message}."
    links = [f"See [{_linked(r.message)}]({number})." for number, r in enumerate(diagnostic.related, 1)]
    remarks = [("note", note) for note in diagnostic.notes]
    remarks += [("help", diagnostic.help)] if diagnostic.help else []
    first = " ".join([message, *links])
    return {
        "text": "\n".join([first, *(f"{kind}: {text}" for kind, text in remarks)]),
        "markdown": "\n\n".join([first, *(f"**{kind}**: {text}" for kind, text in remarks)]),
    }


def _linked(text: str) -> str:
    """As the text of a link, in which square brackets are escaped."""
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")


def _location(place: Place, prefix: str) -> Json:
    return {"physicalLocation": {"artifactLocation": _artifact(place.file, prefix), "region": _region(place)}}


def _artifact(file: str, prefix: str) -> Json:
    return {"uri": quote(prefix + file, safe="/", errors="surrogateescape"), "uriBaseId": ROOT}


def _region(place: Place) -> Json:
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }


def _fix(fix: Fix, prefix: str) -> Json:
    replacements = [
        {
            "deletedRegion": _region(edit.place),
            **({"insertedContent": {"text": edit.text}} if edit.text else {}),
        }
        for edit in fix.edits
    ]
    artifact = _artifact(fix.edits[0].place.file, prefix)
    changes = [{"artifactLocation": artifact, "replacements": replacements}]
    return {"description": {"text": fix.description}, "artifactChanges": changes}


def _suppression(ignored: Ignored) -> Json:
    return {"kind": "inSource", **({"justification": ignored.reason} if ignored.reason else {})}


def _fingerprint(diagnostic: Diagnostic) -> str:
    """The same wherever the line moves to in its file."""
    file = diagnostic.place.file if diagnostic.place else ""
    parts = "\0".join((diagnostic.code.id, file, diagnostic.message))
    return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:32]
