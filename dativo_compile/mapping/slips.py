"""Keys that are carried to the runner, but for one letter would be ours: hardly ever meant."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from dativo_compile.diagnostics.codes.link import KEY_SLIPPED
from dativo_compile.diagnostics.diagnostic import Diagnostic, Fix, diagnose
from dativo_compile.diagnostics.near import asked
from dativo_compile.mapping.dotpath import Steps, get, show
from dativo_compile.mapping.plan import Mapping
from dativo_compile.model.job import LinkedJob
from dativo_compile.model.place import Place
from dativo_compile.validation.load import JOB, schema_of
from dativo_compile.validation.words import dotted
from dativo_compile.yaml.fixes import swapped
from dativo_compile.yaml.spans import place_of

SIDES = ("source", "target")
SHORTEST = 5  # letters; one letter makes another word of a shorter one
FARTHEST = 3  # characters longer or shorter; a name of a megabyte is not looked into


def slips(linked: LinkedJob, mappings: tuple[Mapping, ...]) -> Iterator[Diagnostic]:
    """In `source` and `target` as the job writes them, and in the targets of its mappings."""
    document = linked.document
    for side in SIDES:
        for path, meant in _below(document.value.get(side), (side,)):
            place = place_of(document, path, key=True)
            beside = get(document.value, path[:-1])
            fix = swapped(document.file, place, str(path[-1]), meant) if meant not in beside else None
            yield _slip(place, path, meant, fix)
    for mapping in mappings:
        for depth in range(1, len(mapping.target)):
            meant = _meant(mapping.target[:depth], mapping.target[depth])
            if meant:
                place = place_of(document, mapping.path)
                target = show((*mapping.target[:depth], meant, *mapping.target[depth + 1 :]))
                fix = swapped(document.file, place, mapping.text, target)
                yield _slip(place, mapping.target[: depth + 1], meant, fix)
                break


def _slip(place: Place, path: Steps, meant: str, fix: Fix | None) -> Diagnostic:
    return diagnose(KEY_SLIPPED, place, path=dotted(path), help=asked(dotted((*path[:-1], meant))), fix=fix)


def _below(value: Any, path: Steps) -> Iterator[tuple[Steps, str]]:
    if type(value) is not dict or not _names(path):
        return
    for key, inner in value.items():
        meant = _meant(path, key)
        if meant:
            yield (*path, key), meant
        else:
            yield from _below(inner, (*path, key))


@lru_cache(maxsize=1024)
def _schema(path: Steps) -> dict[str, Any]:
    """The part of the job schema at a path of names; empty where it says nothing."""
    part = _schema(path[:-1]).get("properties", {}).get(path[-1], {}) if path else schema_of(JOB)
    while "$ref" in part:
        part = schema_of(JOB)["$defs"][part["$ref"].rsplit("/", 1)[1]]
    return dict(part)


@lru_cache(maxsize=1024)
def _names(path: Steps) -> frozenset[str]:
    return frozenset(_schema(path).get("properties", ()))


def _meant(path: Steps, key: str | int) -> str:
    """The key that was meant; empty for a known one, and for one that resembles none."""
    if path[0] not in SIDES or type(key) is not str or key in _names(path):
        return ""
    return next((name for name in sorted(_names(path)) if len(name) >= SHORTEST and one_slip(key, name)), "")


def one_slip(word: str, name: str) -> bool:
    """Whether case, `_` and `-`, or one letter too many, missing, wrong or changed with the next tells them apart.

    A plural is no slip: some systems have several `tables` or `regions`.
    """
    if abs(len(word) - len(name)) > FARTHEST:
        return False
    if _letters(word) == _letters(name):
        return True
    if word + "s" == name or name + "s" == word:
        return False
    while word and name and word[0] == name[0]:
        word, name = word[1:], name[1:]
    while word and name and word[-1] == name[-1]:
        word, name = word[:-1], name[:-1]
    return (len(word) < 2 and len(name) < 2) or (len(word) == 2 and word == name[::-1])


def _letters(word: str) -> str:
    return word.lower().replace("_", "").replace("-", "")
