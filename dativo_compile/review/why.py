"""Why a value of a manifest is what it is: the chain from its origin, and what it beat."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from dativo_compile.model.place import Place
from dativo_compile.model.secrecy import secret_keys, without_default
from dativo_compile.model.source import SourceFile
from dativo_compile.review.paths import Steps, at, find, is_leaf, leaves, written
from dativo_compile.yaml.spans import place_at

TextOf = Callable[[str], bytes | None]
Kind = Literal["file", "output", "rule"]


@dataclass(frozen=True, slots=True)
class Step:
    """A value and where it came from.

    `name` is an output or a rule; `place` the value's own, or that of the line which mapped the output.
    A `hidden` value is not known or must not be shown.
    """

    kind: Kind
    name: str
    role: str
    place: Place | None
    value: Any
    hidden: bool


@dataclass(frozen=True, slots=True)
class Story:
    """One leaf: what won, and what it beat, the last beaten first. `state` is what an output was read from."""

    job_id: str
    path: str
    won: Step
    beat: tuple[Step, ...]
    state: dict[str, Any] | None


def stories(manifest: dict[str, Any], provenance: dict[str, Any], path: str, text_of: TextOf) -> tuple[Story, ...]:
    """One for a leaf, one for each leaf below a mapping or list; raises `UsageError` for an unknown path."""
    steps = find(manifest, path)
    teller = _Teller(manifest, provenance, text_of)
    return tuple(teller.story(leaf) for leaf in leaves(at(manifest, steps), steps))


class _Teller:
    def __init__(self, manifest: dict[str, Any], provenance: dict[str, Any], text_of: TextOf) -> None:
        self.manifest = manifest
        self.job_id: str = provenance["job"]
        self.files: dict[str, str] = provenance["files"]
        self.state: dict[str, Any] | None = provenance.get("state")
        self.origins: dict[str, Any] = provenance["origins"]
        self.text_of = text_of
        self.texts: dict[str, SourceFile | None] = {}

    def story(self, steps: Steps) -> Story:
        value = at(self.manifest, steps)
        secret = any(type(step) is str and secret_keys[step] for step in steps)
        origin = self.origin(steps)
        beat = origin.get("beat", ()) if type(origin) is dict else ()
        won = origin["origin"] if type(origin) is dict and "origin" in origin else origin
        return Story(
            self.job_id,
            written(steps),
            self.step(won, without_default(value, secret), hidden=False),
            tuple(self.step(b["origin"], b["value"], hidden=b["value"] is None or _secret(b, secret)) for b in beat),
            self.state if type(won) is dict else None,
        )

    def origin(self, steps: Steps) -> Any:
        """The origin of a leaf; what the compiler itself adds has none."""
        here: Any = self.origins
        value: Any = self.manifest
        for step in steps:
            inside = type(here) is type(value) and not is_leaf(value)
            if inside and (step in here if type(here) is dict else type(step) is int and step < len(here)):
                here = here[step]
            elif here is self.origins:
                return f"rule:{step}"
            value = value[step]
        while type(here) is list:
            here = here[0] if here else "rule:empty"
        return here

    def step(self, origin: Any, value: Any, *, hidden: bool) -> Step:
        if type(origin) is dict:
            return Step("output", origin["output"], "job", self.place(origin["mapped"]), value, hidden)
        kind, _, rest = str(origin).partition(":")
        if kind == "rule":
            return Step("rule", rest, "", None, value, hidden)
        return Step("file", "", kind, self.place(str(origin)), value, hidden)

    def place(self, mark: str) -> Place | None:
        name = self.files.get(mark.partition(":")[0])
        if name is None:
            return None
        if name not in self.texts:
            data = self.text_of(name)
            self.texts[name] = None if data is None else SourceFile(name, data)
        file = self.texts[name]
        _, line, column = mark.rsplit(":", 2)
        return place_at(file, mark) if file else Place(name, int(line), int(column), int(line), int(column) + 1)


def _secret(candidate: dict[str, Any], below_secret: bool) -> bool:
    """A literal that lost under such a key is a secret all the same; a reference is none."""
    value = candidate["value"]
    return below_secret and not (type(value) is dict and is_leaf(value))
