"""What `dativo check` has to say: the difference by meaning, and which files a compile would write."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from dativo_compile.canonical import dumps
from dativo_compile.diagnostics.diagnostic import Diagnostic
from dativo_compile.report import json as lines
from dativo_compile.report import moves
from dativo_compile.report.cells import safe
from dativo_compile.report.diff import markdown, text
from dativo_compile.report.diff.json import shape_of
from dativo_compile.report.paint import Paint
from dativo_compile.report.text import counts
from dativo_compile.review.standing import Standing
from dativo_compile.writing.compare import Changes

VERSION = 1
CURE = "compile and commit what it writes"
NAMES, FINDINGS = 5, 20  # how many are shown
MARK = "<!-- dativo check -->"  # by which a later run finds its own comment


def render(found: Standing, paint: Paint) -> str:
    """Nothing where nothing is to be done: the closing line says that."""
    if found.diff is None or found.verdict == "up to date":
        return ""
    if found.diff:
        return text.render(found.diff, paint)
    moved = moves.render(found.moved, paint) if found.moved else ""
    return f"{safe(_files(found.changes))}\n{moved}" if found.changes else ""


def line(found: Standing, seconds: float) -> str:
    """`out of date: 1 new, 2 changed, 0 removed; compile and commit what it writes, in 0.12 s`"""
    problems = counts(found.diagnostics)
    extra = f" ({problems})" if problems else ""
    if found.diff is None:
        failed = any(d.severity == "error" for d in found.diagnostics)
        return f"error: {problems if failed else f'{problems}, and `--strict` allows none'}; nothing was compared"
    if found.verdict == "up to date":
        return f"up to date: {_jobs(found)}, in {seconds:.2f} s{extra}"
    changes = found.changes
    if found.verdict == "errors":
        return f"error: {problems}; a compile would be refused, in {seconds:.2f} s"
    if not changes:
        return f"not what the sources say ({problems}), in {seconds:.2f} s"
    numbers = f"{len(changes.new):,} new, {len(changes.changed):,} changed, {len(changes.removed):,} removed"
    return f"out of date: {numbers}; {CURE}, in {seconds:.2f} s{extra}"


def render_json(found: Standing) -> str:
    """One object; keys sorted, two spaces, integers exact at any size. schemas/check.schema.json"""
    changes = found.changes
    shape: dict[str, Any] = {
        "check_version": VERSION,
        "verdict": found.verdict,
        "files": {"new": list(changes.new), "changed": list(changes.changed), "removed": list(changes.removed)},
        "moves": [json.loads(each) for each in moves.render_json(found.moved).splitlines()],
        "diagnostics": [json.loads(each) for each in lines.render(found.diagnostics).splitlines()],
        "diff": shape_of(found.diff) if found.diff is not None else None,
    }
    return dumps(shape).decode()


def render_markdown(found: Standing) -> str:
    """A comment on a pull request: the verdict, what stands in the way, and the difference."""
    failing = [d for d in found.diagnostics if d.severity == "error" or d in found.findings]
    told = [_bullet(each) for each in failing[:FINDINGS]]
    told += [f"- ... and {len(failing) - FINDINGS:,} more"] if len(failing) > FINDINGS else []
    head = "\n".join([MARK, f"**{_verdict(found)}**", "", *told, *([""] if told else [])]) + "\n"
    return head + (markdown.render(found.diff, markdown.LIMIT - len(head)) if found.diff else "")


def _verdict(found: Standing) -> str:
    if found.diff is None:
        return "The sources have errors: the build was not compared."
    if found.verdict == "up to date":
        return f"The build is up to date ({_jobs(found)})."
    if not found.changes:
        return "The build has manifests that no source explains."
    return f"The build is out of date: {CURE}. {markdown.plain(_files(found.changes, markdown.code))}."


def _bullet(found: Diagnostic) -> str:
    where = f" at {markdown.code(f'{found.place.file}:{found.place.line}')}" if found.place else ""
    return f"- {found.severity} {found.code.id}{where}: {markdown.code(found.message)}"


def _jobs(found: Standing) -> str:
    return "1 job" if found.jobs == 1 else f"{found.jobs:,} jobs"


def _files(changes: Changes, quoted: Any = "`{}`".format) -> str:
    names = sorted((*changes.new, *changes.changed, *changes.removed))
    more = f" and {len(names) - NAMES:,} more" if len(names) > NAMES else ""
    return f"A compile would change {_listed([quoted(name) for name in names[:NAMES]], more)}"


def _listed(names: Sequence[str], more: str) -> str:
    if more or len(names) < 2:
        return ", ".join(names) + more
    return ", ".join(names[:-1]) + f" and {names[-1]}"
