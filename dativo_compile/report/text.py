"""Diagnostics for people: message, place, underlined excerpt, notes, help."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from dativo_compile.diagnostics.diagnostic import Diagnostic, Related
from dativo_compile.model.place import Place
from dativo_compile.model.source import SourceFile
from dativo_compile.report.cells import cells_of, safe, shown
from dativo_compile.report.mask import NEAR, Masked, masked
from dativo_compile.report.paint import Paint

NAME = "text"
MOST = 100  # diagnostics shown
WEIGHTS = ("error", "warning", "note", "off")
MOST_CODES = 6  # named in the count of the rest
EXCERPTED = (".yaml", ".yml")  # never a state: it holds secrets

TextOf = Callable[[str], bytes | None]


def render(diagnostics: Sequence[Diagnostic], text_of: TextOf, paint: Paint | None = None, most: int = MOST) -> str:
    """Capped: errors are kept before warnings, those before notes, and the rest is counted."""
    printer = Printer(text_of, paint or Paint())
    kept = capped(diagnostics, most)
    parts = [printer.one(d) for d in kept]
    if len(kept) < len(diagnostics):
        known = set(map(id, kept))
        parts.append(rest([d for d in diagnostics if id(d) not in known]))
    return "".join(part + "\n" for part in parts)


def capped(diagnostics: Sequence[Diagnostic], most: int) -> list[Diagnostic]:
    """At most `most`, in the order given."""
    if len(diagnostics) <= most:
        return list(diagnostics)
    by_weight = sorted(range(len(diagnostics)), key=lambda i: (WEIGHTS.index(diagnostics[i].severity), i))
    return [diagnostics[i] for i in sorted(by_weight[:most])]


def rest(left: Sequence[Diagnostic]) -> str:
    """`... and 9,900 more errors (2 codes): DC1004 x 9,000, DC2001 x 900`"""
    codes = Counter(d.code.id for d in left)
    listed = ", ".join(f"{code} x {n:,}" for code, n in codes.most_common(MOST_CODES))
    more = ", ..." if len(codes) > MOST_CODES else ""
    kinds = "1 code" if len(codes) == 1 else f"{len(codes)} codes"
    return f"... and {counts(left, more=True)} ({kinds}): {listed}{more}\n"


def counts(diagnostics: Sequence[Diagnostic], more: bool = False) -> str:
    """`3 errors, 1 warning`; empty text for none."""
    parts = []
    for severity in WEIGHTS[:3]:
        number = sum(d.severity == severity for d in diagnostics)
        if number:
            parts.append(f"{number:,} {'more ' if more else ''}{severity}{'' if number == 1 else 's'}")
    return ", ".join(parts)


class Printer:
    """Makes excerpts; each file is read and masked once."""

    def __init__(self, text_of: TextOf, paint: Paint) -> None:
        self.text_of = text_of
        self.paint = paint
        self.files: dict[str, Masked | None] = {}

    def one(self, diagnostic: Diagnostic) -> str:
        places = [p for p in (diagnostic.place, *(r.place for r in diagnostic.related)) if p]
        gutter = max([len(str(p.line)) for p in places if self.line_at(p) is not None], default=1)
        lines = [self.title(diagnostic)]
        if diagnostic.place:
            lines += self.excerpt(diagnostic.place, gutter, "^", diagnostic.severity, "")
        for related in diagnostic.related:
            lines += self.related(related, gutter)
        for note in diagnostic.notes:
            lines += self.remark("note", note, gutter)
        if diagnostic.help:
            lines += self.remark("help", diagnostic.help, gutter)
        return "\n".join(lines) + "\n"

    def title(self, diagnostic: Diagnostic) -> str:
        name = self.paint(diagnostic.severity, f"{diagnostic.severity}[{diagnostic.code.id}]")
        return name + self.paint("bold", ": " + _indented(diagnostic.message, "  "))

    def related(self, related: Related, gutter: int) -> list[str]:
        return self.excerpt(related.place, gutter, "-", "frame", safe(related.message))

    def remark(self, kind: str, text: str, gutter: int) -> list[str]:
        label = f"{' ' * gutter} {self.paint('frame', '=')} {self.paint('bold', kind + ':')} "
        return [label + _indented(text, " " * (gutter + 5 + len(kind)))]

    def excerpt(self, place: Place, gutter: int, sign: str, colour: str, message: str) -> list[str]:
        """The place, then its line underlined; the place alone where no line can be shown."""
        pad = " " * gutter
        at = "" if _is_whole(place) else f":{place.line}:{place.column}"
        arrow = f"{pad}{self.paint('frame', '-->')} {safe(place.file)}{at}"
        source = self.line_at(place)
        if source is None:
            return [arrow + (f": {message}" if message else "")]
        text, offset, width = self.underlined(source, place)
        bar = self.paint("frame", "|")
        number = self.paint("frame", str(place.line).rjust(gutter))
        under = self.paint(colour, sign * max(1, width) + (f" {message}" if message else ""))
        return [arrow, f"{pad} {bar}", f"{number} {bar} {text}".rstrip(), f"{pad} {bar} {' ' * offset}{under}"]

    def underlined(self, source: Masked, place: Place) -> tuple[str, int, int]:
        line = source.lines[place.line - 1]
        start = min(place.column - 1, len(line))
        end = min(place.end_column - 1, len(line)) if place.end_line == place.line else len(line.rstrip())
        end = max(end, start)
        # A line may have millions of characters: only what a window can show is looked at.
        low, high = max(0, start - NEAR), min(end, start + NEAR) + NEAR
        hidden = [(max(a, low) - low, min(b, high) - low) for a, b in source.hidden(place.line - 1, low, high)]
        cells = cells_of(line[low:high], start - low, end - low, hidden)
        return shown(cells)

    def line_at(self, place: Place) -> Masked | None:
        """The file of the place, if the place's line may be shown and has text."""
        if _is_whole(place):
            return None
        if place.file not in self.files:
            data = self.text_of(place.file) if place.file.endswith(EXCERPTED) else None
            self.files[place.file] = None if data is None else masked(SourceFile(place.file, data))
        source = self.files[place.file]
        if source is None or place.line > len(source.lines) or not source.lines[place.line - 1].strip():
            return None
        return source


def _indented(text: str, pad: str) -> str:
    return f"\n{pad}".join(safe(line) for line in text.splitlines())


def _is_whole(place: Place) -> bool:
    """A file as such has no position that would help."""
    return place == Place.whole(place.file)
