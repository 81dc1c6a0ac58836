"""Results to the two streams: text for people to standard error, other formats alone to standard output."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from dativo_compile.build import BuildResult
from dativo_compile.checking import Checked
from dativo_compile.cli.console import say, tell
from dativo_compile.cli.options import Format, ReportFormat
from dativo_compile.diagnostics.diagnostic import Diagnostic
from dativo_compile.discovery.root import repository_prefix
from dativo_compile.fmt import FormatResult
from dativo_compile.from_state import Started
from dativo_compile.pipeline import Compilation
from dativo_compile.report import FORMATS, formatted, moves, reverse, rules, text, why
from dativo_compile.report.closing import changes_listed, check_line, closing_line
from dativo_compile.report.findings import Findings
from dativo_compile.report.paint import paint_for
from dativo_compile.review.moves import Move
from dativo_compile.review.reverse import Reversed
from dativo_compile.review.rules import Rule
from dativo_compile.review.trace import Traced


def show_build(result: BuildResult, format: ReportFormat, code: int, quiet: bool, seconds: float) -> None:
    _show_findings(result.diagnostics, result.compilation, format, code)
    if not quiet:
        tell(closing_line(result.diagnostics, result.written, result.good, seconds) + "\n")


def show_check(result: Checked, format: ReportFormat, code: int, quiet: bool, seconds: float) -> None:
    """Which files a compile would write or remove is for people: a program has the exit code."""
    _show_findings(result.diagnostics, result.compilation, format, code)
    tell(changes_listed(result.changes))
    if not quiet:
        tell(check_line(result.diagnostics, result.changes, result.good, seconds) + "\n")


def show_moves(result: Checked, moved: Sequence[Move], format: Format) -> None:
    """Diagnostics go to standard error in any format: standard output has the moves alone."""
    compilation = result.compilation
    show_diagnostics(result.diagnostics, Format.text, compilation.source if compilation else _no_text)
    if result.good:
        say(moves.render(moved, paint_for(sys.stdout)) if format is Format.text else moves.render_json(moved))


def show_stories(traced: Traced, format: Format) -> None:
    """Diagnostics go to standard error in any format: standard output has the stories alone."""
    show_diagnostics(traced.diagnostics, Format.text, traced.text_of)
    if format is Format.text:
        say(why.render(traced.stories, traced.text_of, paint_for(sys.stdout)) if traced.stories else "")
    else:
        say(why.render_json(traced.stories))


def show_rules(listed: Sequence[Rule], read: Compilation, format: str) -> None:
    """Diagnostics of `dativo.yaml` go to standard error in any format."""
    show_diagnostics(read.diagnostics, Format.text, read.source)
    if format == "json":
        say(rules.render_json(listed))
    else:
        say(rules.render_markdown(listed) if format == "markdown" else rules.render(listed, paint_for(sys.stdout)))


def show_reversed(found: Reversed, format: Format, *, output: bool) -> None:
    """`output` says that the question was about an output, not about a file. Jobs with warnings answer all the same."""
    show_diagnostics([d for d in found.diagnostics if d.severity == "error"], Format.text, found.text_of)
    if format is Format.text:
        say(reverse.render(found, paint_for(sys.stdout), output=output))
    else:
        say(reverse.render_json(found))


def show_formatted(result: FormatResult, *, diff: bool, written: bool, quiet: bool) -> None:
    """Names or diffs of what changes are for programs too, and stand alone on standard output."""
    show_diagnostics(result.diagnostics, Format.text, result.source)
    for file in result.changed:
        terminal = sys.stdout is not None and sys.stdout.isatty()
        paint = paint_for(sys.stdout)
        say(formatted.diff(file.name, file.before, file.after, paint, terminal=terminal) if diff else f"{file.name}\n")
    if not quiet:
        tell(formatted.format_line(result.diagnostics, len(result.changed), len(result.files), written=written) + "\n")


def show_started(started: Started) -> None:
    """The block alone goes to standard output; of a job that has it now, only what was added is told."""
    show_diagnostics(started.diagnostics, Format.text, started.source)
    if started.file is None:
        say(started.block)
        return
    listed = "".join(f"  {path}\n" for path in started.added)
    name = started.file.name
    tell(f"added to {name}:\n{listed}" if listed else f"{name} says it all already\n")


def show_diagnostics(diagnostics: Sequence[Diagnostic], format: Format, text_of: Callable[[str], bytes | None]) -> None:
    if format is Format.text:
        tell(text.render(diagnostics, text_of, paint_for(sys.stderr)))
    else:
        say(FORMATS[format](Findings(diagnostics)))


def _show_findings(
    diagnostics: Sequence[Diagnostic], compilation: Compilation | None, format: ReportFormat, code: int
) -> None:
    """`code` is that of the exit, which some formats tell."""
    if format is ReportFormat.text:
        show_diagnostics(diagnostics, Format.text, compilation.source if compilation else _no_text)
    elif compilation is None:
        say(FORMATS[format](Findings(diagnostics, exit_code=code)))
    else:
        root = compilation.project.root if compilation.project else compilation.root
        say(FORMATS[format](Findings(diagnostics, compilation.ignored, code, repository_prefix(root))))


def _no_text(_: str) -> bytes | None:
    return None
