"""What a job does not say yet, written into its text: no line that is there changes."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from dativo_compile.formatting.layout import Layout, Node
from dativo_compile.formatting.order import order_at
from dativo_compile.formatting.paragraphs import belongs_to_file, deeper, touching_after, touching_before
from dativo_compile.infrastructure.yaml_text import lines_of

Place = tuple[str, ...]
ANCHOR = re.compile(r"&(\S+)")
ELSEWHERE = Node(0, 0, 0, 0, flow=True)  # a mapping that is written where no line can be added
OUTPUTS: Place = ("infrastructure", "terraform", "outputs")
RESOURCES: Place = ("infrastructure", "provider", "resources")


class NotEditable(Exception):
    """The mapping at `place` is written in a way that no line can be added to: in braces, or by an alias."""

    def __init__(self, place: Place) -> None:
        super().__init__(".".join(place))
        self.place = place


@dataclass(frozen=True, slots=True)
class Difference:
    """The job says one thing and the state another. In a list, `found` are the elements that the job lacks."""

    place: Place
    said: Any
    found: Any


@dataclass(slots=True)
class Added:
    """What came of it: places that were added, and what stays different. `inserts` maps a line to what goes before."""

    places: list[Place] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    inserts: dict[int, list[str]] = field(default_factory=dict)
    emptied: list[tuple[int, int]] = field(default_factory=list)


def added(layout: Layout, value: dict[str, Any], block: dict[str, Any]) -> tuple[str, Added]:
    """The job's text, which ends in a line break, with the block in it. Raises `NotEditable`."""
    result = Added()
    adder = _Adder(layout, result)
    adder.mapping(layout.root, value, {"infrastructure": block}, (), *layout.body())
    newline = "\r\n" if adder.lines and adder.lines[0].endswith("\r") else "\n"
    text = layout.text
    for start, end in sorted(result.emptied, reverse=True):
        text = text[:start].rstrip(" ") + text[end:]
    out: list[str] = []
    lines = text.split("\n")[:-1]
    for number, line in enumerate([*lines, ""]):
        out += [f"{new}{newline}" for new in result.inserts.get(number, ())]
        out += [f"{line}\n"] if number < len(lines) else []
    return "".join(out), result


class _Adder:
    def __init__(self, layout: Layout, result: Added) -> None:
        self.layout = layout
        self.result = result
        self.lines = layout.text.split("\n")[:-1]

    def mapping(
        self, node: Node, value: dict[str, Any], wanted: dict[str, Any], place: Place, first: int, last: int
    ) -> None:
        """The mapping stands in the lines from `first` up to `last`; `value` has what merge keys add to it, too."""
        entries = {entry.name: at for at, entry in enumerate(node.entries)}
        missing: dict[str, Any] = {}
        for key, part in self._open(value, wanted, place):
            if key not in value:
                missing[key] = part
            elif type(part) is dict and not value[key]:
                self._fill(node, entries.get(key), part, (*place, key))
            elif type(part) is dict and type(value[key]) is dict:
                at = entries.get(key)
                inner = node.entries[at].value if at is not None else ELSEWHERE
                stop = self._key_line(node, at + 1) if at is not None and at + 1 < len(node.entries) else last
                begin = self._key_line(node, at) + 1 if at is not None else first
                inner = ELSEWHERE if self._aliased(inner) or not inner.entries else inner
                self.mapping(inner, value[key], part, (*place, key), begin, stop)
            else:
                self._compare(value[key], part, (*place, key))
        if missing:
            self._insert(node, missing, place, first, last)

    def _aliased(self, node: Node) -> bool:
        """Whether another place of the file shows the same mapping, and would change with it."""
        found = ANCHOR.match(self.layout.text, node.start)
        return found is not None and found[1] in self.layout.root.aliases

    def _open(self, value: dict[str, Any], wanted: dict[str, Any], place: Place) -> Iterator[tuple[str, Any]]:
        """Without mappings whose target the job gives another output."""
        taken = (
            {str(target) for targets in value.values() for target in _listed(targets)} if place == OUTPUTS else set()
        )
        for key, part in wanted.items():
            if key in value or type(part) is not str or part not in taken:
                yield key, part

    def _compare(self, said: Any, found: Any, place: Place) -> None:
        if place[:-1] == OUTPUTS:
            return  # where an output goes is for the job to say
        if place == RESOURCES and type(said) is list:
            known = {entry.get("resource_id") for entry in said if type(entry) is dict}
            found = [entry for entry in found if entry["resource_id"] not in known]
            if not found:
                return
        if place[-1] == "module_path" and type(said) is str and posixpath.normpath(said) == found:
            return
        if said != found:
            self.result.differences.append(Difference(place, said, found))

    def _fill(self, node: Node, at: int | None, part: dict[str, Any], place: Place) -> None:
        """A key with nothing behind it, or with `null` or `{}`, gets the mapping."""
        if at is None or node.flow or node.entries[at].value.anchors:
            raise NotEditable(place)
        empty = node.entries[at].value
        if empty.end > empty.start and not self.layout.text[empty.start : empty.end].isspace():
            self.result.emptied.append((empty.start, empty.end))
        column = self.layout.column_of(node.entries[at].key.start) + 2
        self._put(self._key_line(node, at) + 1, lines_of(part, " " * column))
        self.result.places.append(place)

    def _insert(self, node: Node, missing: dict[str, Any], place: Place, first: int, last: int) -> None:
        column = self._column(node, place)
        ranks = {name: rank for rank, name in enumerate(order_at("job", place))}
        for key, part in missing.items():
            rank = ranks.get(key, len(ranks))
            later = [at for at, entry in enumerate(node.entries) if ranks.get(entry.name or "", -1) > rank]
            at = later[0] if later else len(node.entries)
            line = self._before(node, at, place, first) if later else self._after(node, column, last)
            new = lines_of({key: part}, " " * column)
            self._put(line, self._apart(line, new) if place == () else new)
            self.result.places.append((*place, key))

    def _put(self, line: int, new: list[str]) -> None:
        self.result.inserts.setdefault(line, []).extend(new)

    def _apart(self, line: int, new: list[str]) -> list[str]:
        """With a blank line on either side, unless that would become part of a text above."""
        above = line > 0 and bool(self.lines[line - 1].strip())
        above = above and not self.layout.inside(sum(len(each) + 1 for each in self.lines[:line]) - 1)
        below = bool(self.lines[line : line + 1] and self.lines[line].strip())
        return [*([""] if above else []), *new, *([""] if below else [])]

    def _column(self, node: Node, place: Place) -> int:
        """Where the keys of a block begin, each on a line of its own."""
        starts = [entry.key.start for entry in node.entries]
        columns = {self.layout.column_of(start) for start in starts}
        before = (self.lines[self.layout.line_of(start)][: self.layout.column_of(start)] for start in starts)
        if node.flow or len(columns) != 1 or any(text.strip(" ") for text in before):
            raise NotEditable(place)
        return columns.pop()

    def _key_line(self, node: Node, at: int) -> int:
        return self.layout.line_of(node.entries[at].key.start)

    def _end(self, node: Node, at: int) -> int:
        entry = node.entries[at]
        return max(self.layout.line_of(max(entry.value.end - 1, 0)), self._key_line(node, at)) + 1

    def _before(self, node: Node, at: int, place: Place, first: int) -> int:
        key = self._key_line(node, at)
        gap = self.lines[self._end(node, at - 1) if at else first : key]
        touching = touching_before(gap)
        top, lead = gap[: len(gap) - touching], gap[len(gap) - touching :]
        if at == 0 and place == () and belongs_to_file(top, lead, node.entries[0].name or ""):
            return key
        return key - touching

    def _after(self, node: Node, column: int, last: int) -> int:
        end = self._end(node, len(node.entries) - 1)
        end += deeper(self.lines[end:last], column)
        return end + touching_after(self.lines[end:last], ends_there=True)


def _listed(targets: Any) -> list[Any]:
    return targets if type(targets) is list else [targets]
