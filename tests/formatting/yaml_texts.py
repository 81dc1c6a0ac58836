"""Job files as people write them, made by hypothesis: any order, comments that name their key, every style of value."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from dativo_compile.formatting.order import JOB, Place

FREE = ("x-team", "x-run_book", "zone", "bucket name", "Ünïcode", "a.b")
SCALARS = (
    "plain", "two words", '"quoted # no comment"', "'it''s'", "no", "0o17", "0x1F", "012", "1.10", "2024-01-01", "~",
    "", "true", "-7", "1e3", "${NAME:-x}", "[]", "{}", "[a, b]", "{type: x, name: y}", "a:b", "!!str 012",
    "{resource_id: 1, resource_type: 2}", "http://x#y", '"two\n  lines"', "plain\n  goes on",
)  # fmt: skip
BLOCKS = ("|", ">", "|-", "|+", ">+", "|2", "|2+")


@st.composite
def jobs(draw: st.DrawFn) -> str:
    """Comments are unique: `# above PATH`, right above a key, and `# beside PATH`, at the end of its line."""
    writer = Writer(draw)
    lines = draw(st.sampled_from(([], ["# the file"], ["# the file", ""], ["%YAML 1.2", "---"], ["---"], ["", ""])))
    lines = [*lines, *writer.mapping((), "", 0)]
    lines += draw(st.sampled_from(([], [""], ["", "# the end"], ["# the end"], ["..."], ["", "", ""])))
    newline = draw(st.sampled_from(("\n", "\r\n")))
    return newline.join(line.replace("\n", newline) for line in lines) + draw(st.sampled_from(("", newline)))


class Writer:
    def __init__(self, draw: Any) -> None:
        self.draw = draw
        self.anchors: list[str] = []
        self.count = 0

    def one_of(self, *options: Any) -> Any:
        return self.draw(st.sampled_from(options))

    def mapping(self, place: Place, indent: str, depth: int, dash: str = "") -> list[str]:
        known = JOB.get(place, ())
        names = self.draw(st.lists(st.sampled_from((*known, *FREE)), unique=True, min_size=1, max_size=6))
        lines: list[str] = []
        for at, name in enumerate(names):
            key = f'"{name}"' if self.one_of(0, 0, 0, 1) else name
            where = f"{'.'.join(place)}.{name} {self.count}"
            self.count += 1
            first = (dash or indent) if at == 0 else indent
            if at or not dash:
                lines += self.one_of([], [], [""], ["", "  "])
                if at and self.anchors and self.one_of(0, 0, 0, 0, 0, 1) and "<<" not in "".join(lines):
                    lines.append(f"{indent}<<: *{self.one_of(*self.anchors)}")
                if self.one_of(0, 0, 1):
                    lines.append(f"{indent}# above {where}")
            beside = f" # beside {where}" if self.one_of(0, 0, 1) else self.one_of("", "", "  ")
            lines += self.value((*place, name), f"{first}{key}:", indent, depth, beside)
            if self.one_of(0, 0, 0, 1):
                lines += ["", f"{indent}  # inside {where}"]
        return lines

    def value(self, place: Place, start: str, indent: str, depth: int, beside: str) -> list[str]:
        kind = self.one_of("scalar", "scalar", "mapping", "list", "block", "alias", "anchor")
        if JOB.get(place) and depth < 4:
            kind = self.one_of("mapping", "mapping", "mapping", kind)
        if JOB.get((*place, "[]")) and depth < 4:
            kind = "list"
        if kind == "mapping" and depth < 4:
            inner = indent + self.one_of(" ", "  ", "    ")
            return [start + beside, *self.mapping(place, inner, depth + 1)]
        if kind == "anchor" and depth < 2:
            self.count += 1
            name = f"a{self.count}"
            apart = self.one_of([f"{start} &{name}{beside}"], [f"{start}{beside}", f"{indent}  &{name}"])
            lines = [*apart, *self.mapping(place, indent + "  ", depth + 1)]
            self.anchors.append(name)
            return lines
        if kind == "alias" and self.anchors:
            return [f"{start} *{self.one_of(*self.anchors)}{beside}"]
        if kind == "list" and depth < 4:
            inner = indent + self.one_of("", "  ")
            return [start + beside, *self.items((*place, "[]"), inner, depth + 1)]
        if kind == "block":
            style = self.one_of(*BLOCKS)
            text = self.one_of(["text"], ["text", "", "  more # no comment"], ["- text: x", ""], ["text", "", ""])
            return [f"{start} {style}{beside}", *(f"{indent}  {line}".rstrip() if line else line for line in text)]
        scalar = self.one_of(*SCALARS)
        return [f"{start} {scalar}".rstrip().replace("\n", f"\n{indent}") + beside]

    def items(self, place: Place, indent: str, depth: int) -> list[str]:
        lines: list[str] = []
        for _ in range(self.one_of(1, 2, 3)):
            lines += self.one_of([], [], [""], [f"{indent}# of the list {self.count}"])
            self.count += 1
            kind = self.one_of("mapping", "mapping", "scalar", "list")
            if kind == "mapping" and depth < 4:
                lines += self.mapping(place, indent + "  ", depth + 1, dash=f"{indent}- ")
            elif kind == "list" and depth < 4:
                lines += [f"{indent}- - one", f"{indent}  - two"]
            else:
                lines.append(f"{indent}- {self.one_of('a', '1', '{type: b, name: a}', '')}".rstrip())
        return lines
