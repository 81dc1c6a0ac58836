"""Names as a provider allows them, and the first thing that is wrong with one that it would refuse."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dativo_compile.rules.provider.characters import shown
from dativo_compile.rules.provider.id_fault import IdFault


@dataclass(frozen=True, slots=True)
class Grammar:
    """A name has the characters of the class `allowed`, and of `first` and `last` at its ends; `said` is `allowed` in
    words, and so are the others'. Classes are as between the brackets of a pattern.
    """

    allowed: str
    said: str
    first: str
    first_said: str
    last: str
    last_said: str
    shortest: int
    longest: int

    def fault(self, name: str, what: str = "it", at: int = 0) -> IdFault | None:
        """`what` is the name in the reason, and `at` where it begins in the text that the span is of."""
        end = at + len(name)
        if not name:
            return IdFault(f"{what} is empty", at, at)
        other = re.search(f"[^{self.allowed}]", name)
        if other is not None:
            return self._character(name, other.start(), what, at)
        if not self.shortest <= len(name) <= self.longest:
            return IdFault(f"{what} has {_counted(len(name))}, and {self.shortest} to {self.longest} fit", at, end)
        if not re.match(f"[{self.first}]", name):
            return IdFault(f"{what} begins with {shown(name[0])}, not with {self.first_said}", at, at + 1)
        if not re.match(f"[{self.last}]", name[-1]):
            return IdFault(f"{what} ends with {shown(name[-1])}, not with {self.last_said}", end - 1, end)
        return None

    def _character(self, name: str, index: int, what: str, at: int) -> IdFault:
        char, place = name[index], (at + index, at + index + 1)
        if "A" <= char <= "Z":
            lower = name.lower()
            help = "" if self.fault(lower) else f"write `{lower}`, if that is its name"
            return IdFault(f"{what} has the upper-case letter `{char}`", *place, help)
        return IdFault(f"{what} has {shown(char)}, and only {self.said} are used", *place)


def _counted(number: int) -> str:
    return "1 character" if number == 1 else f"{number} characters"
