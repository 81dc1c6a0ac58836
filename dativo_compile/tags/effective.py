"""The effective set: levels laid over each other, each winner with the history of what it beat."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dativo_compile.model.origin import Candidate, Won, beaten, winner
from dativo_compile.tags.levels import CUSTOM, Level


class Effective:
    """Texts by key with parallel origins; `lay` adds the next stronger level.

    What a null removed is remembered: a stronger level that sets the tag again has beaten it too.
    """

    __slots__ = ("_removed", "origins", "values")

    def __init__(self, values: dict[str, str], origins: dict[str, Any]) -> None:
        self.values = values
        self.origins = origins
        self._removed: dict[str, tuple[str, Any]] = {}

    def lay(self, level: Level, prefix: str = "") -> Iterable[str]:
        """Returns the keys whose null removed nothing."""
        values, origins, idle = self.values, self.origins, []
        its = level.origins
        for name, value in level.values.items():
            key = prefix + name if prefix else name
            if value is None:
                if not self._remove(key):
                    idle.append(name)
            elif key in values:
                origins[key] = crowned(its[name], origins[key], values[key])
                values[key] = value
            else:
                origin = its[name]
                if self._removed and key in self._removed:
                    old, old_origin = self._removed.pop(key)
                    origin = crowned(origin, old_origin, old)
                values[key], origins[key] = value, origin
        return idle

    def _remove(self, key: str) -> bool:
        keys = [key] if key in self.values else []
        if key == CUSTOM or key.endswith("." + CUSTOM):  # the whole mapping was emptied
            keys += [k for k in self.values if k.startswith(key + ".")]
        for each in keys:
            self._removed[each] = self.values.pop(each), self.origins.pop(each)
        return bool(keys)


def crowned(origin: Any, loser: Any, value: str) -> Won:
    """The origin with one more beaten candidate, and everything that one had beaten."""
    if type(loser) is str and type(origin) is str:
        return Won(origin, (Candidate(loser, value),))
    return Won(winner(origin), (*beaten(origin), Candidate(winner(loser), value), *beaten(loser)))
