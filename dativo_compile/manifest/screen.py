"""The last look at every leaf of a manifest: references are listed, secrets are caught."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from dativo_compile.linking.references import references_in
from dativo_compile.model.output import Sensitive
from dativo_compile.model.secrecy import NAMES_ONLY, hides_below, holds_secret, secret_keys


@dataclass(slots=True)
class Screened:
    """Dotted paths: of literals below secret keys, of sensitive values, and of references by their text."""

    literals: list[str] = field(default_factory=list)
    leaks: list[str] = field(default_factory=list)
    references: dict[str, list[tuple[str, dict[str, Any]]]] = field(default_factory=dict)


def screen(value: Any, path: str, seen: Screened, below: bool = False) -> None:
    """`below` says that every literal in the value is taken for a secret."""
    if type(value) is dict:
        if "$ref" in value or "$concat" in value:
            for part in references_in(value):
                seen.references.setdefault(part["$ref"], []).append((path, part))
            return
        secret = secret_keys
        for key, inner in value.items():
            kind = type(inner)
            if kind is dict or kind is list:
                if inner:
                    hidden = below or (secret[key] and hides_below(key, inner))
                    screen(inner, f"{path}.{key}" if path else key, seen, hidden)
            elif kind is Sensitive:
                seen.leaks.append(f"{path}.{key}")
            elif (
                inner is not None
                and kind is not bool
                and inner != ""
                and (secret[key] or (below and key not in NAMES_ONLY))
            ):
                seen.literals.append(f"{path}.{key}" if path else key)
    elif type(value) is list:
        for index, inner in enumerate(value):
            kind = type(inner)
            if kind is dict or kind is list:
                screen(inner, f"{path}[{index}]", seen, below)
            elif kind is Sensitive:
                seen.leaks.append(f"{path}[{index}]")
            elif kind is str and inner and below:
                seen.literals.append(f"{path}[{index}]")
    elif type(value) is Sensitive:
        seen.leaks.append(path)


class Shared(dict[int, tuple[Any, Screened]]):
    """What was seen in a part of a connector that its jobs share, by the part's identity; each is looked at once.

    The part is kept beside, so that its identity cannot pass to another object.
    """

    def look(self, part: Any, path: str, seen: Screened) -> None:
        known = self.get(id(part))
        if known is None:
            if len(self) >= MOST_SHARED:
                self.clear()
            known = self[id(part)] = (part, Screened())
            screen(part, "", known[1])
        _, inside = known
        seen.literals += [f"{path}.{inner}" for inner in inside.literals]
        seen.leaks += [f"{path}.{inner}" for inner in inside.leaks]
        for ref, uses in inside.references.items():
            here = seen.references.setdefault(ref, [])
            here += [(f"{path}.{inner}" if inner else path, reference) for inner, reference in uses]


MOST_SHARED = 4096
shared = Shared()


def screen_side(side: dict[str, Any], defaults: dict[str, Any], path: str, seen: Screened) -> None:
    """`source` or `target`: what a job took from its connector as it is was looked at before."""
    rest = {}
    for key, inner in side.items():
        if type(inner) is dict and inner and defaults.get(key) is inner and not hides_below(key, inner):
            shared.look(inner, f"{path}.{key}", seen)
        else:
            rest[key] = inner
    screen(rest, path, seen)


# A class such as `pii` under the name of a column is no secret, whatever the column is called.
CLASSES = ("classification.fields.", "tags.classification.fields.")


def screen_texts(texts: dict[str, str], path: str, seen: Screened) -> None:
    """Tags and table properties: flat, and values are text."""
    for key, inner in texts.items():
        if type(inner) is not str:
            seen.leaks.append(f"{path}.{key}")
        elif secret_keys[key] and inner and not key.startswith(CLASSES):
            seen.literals.append(f"{path}.{key}")


def telling(value: Any, path: str = "") -> Iterator[str]:
    """Paths of texts that say a password, as `holds_secret` knows them, under whatever key."""
    if type(value) is dict and "$concat" in value:
        if any(type(part) is str and holds_secret(part) for part in value["$concat"]):
            yield path
    elif type(value) is dict:
        for key, inner in value.items():
            yield from telling(inner, f"{path}.{key}" if path else key)
    elif type(value) is list:
        for index, inner in enumerate(value):
            yield from telling(inner, f"{path}[{index}]")
    elif type(value) is str and holds_secret(value):
        yield path


def listed(seen: Screened) -> list[dict[str, Any]]:
    """The manifest's `references`, by their text; optional only if every use is."""
    out = []
    for ref in sorted(seen.references):
        uses = seen.references[ref]
        entry: dict[str, Any] = {"ref": ref, "paths": sorted({path for path, _ in uses})}
        if all(part.get("optional") or "default" in part for _, part in uses):
            entry["optional"] = True
        out.append(entry)
    return out
