"""What already stands where an output is to be written."""

from __future__ import annotations

from typing import Any

from dativo_compile.diagnostics.codes.mapping import (
    LITERAL_BESIDE_SENSITIVE,
    LITERAL_DIFFERS,
    REFERENCE_BESIDE_OUTPUT,
)
from dativo_compile.diagnostics.diagnostic import Diagnostic, Related, diagnose
from dativo_compile.linking.merge import first_leaf
from dativo_compile.linking.references import is_reference
from dativo_compile.mapping.dotpath import find, show
from dativo_compile.mapping.plan import Mapping
from dativo_compile.model.job import LinkedJob
from dativo_compile.model.origin import Candidate, beaten, winner
from dativo_compile.model.output import State
from dativo_compile.model.secrecy import secret_keys, shown, without_secrets
from dativo_compile.model.unknown import is_unknown
from dativo_compile.yaml.spans import place_of


def compare(
    mapping: Mapping, linked: LinkedJob, value: Any, before: Any, origin: Any, *, sensitive: bool, state: State
) -> tuple[list[Diagnostic], tuple[Candidate, ...]]:
    """A literal of the job is an assertion; a connector's or asset's default is merely beaten."""
    leaf = first_leaf(origin)
    mark = winner(leaf)
    own = find(linked.document.value, mapping.target)
    hidden = sensitive or is_reference(before)
    beat = (Candidate(mark, None if hidden else without_secrets(before, str(mapping.target[-1]))), *beaten(leaf))
    reference = is_reference(own)
    if own is None or own == {} or (not sensitive and not reference and same(value, own)):
        return [], beat
    place = place_of(linked.document, mapping.path, key=mapping.index is None)
    here = Related(place_of(linked.document, mapping.target), "the job states a value here")
    path = show(mapping.target)
    if reference:
        fault = diagnose(
            REFERENCE_BESIDE_OUTPUT, place, path=path, related=(here,), help="keep the mapping or the reference"
        )
    elif sensitive:
        fault = diagnose(
            LITERAL_BESIDE_SENSITIVE, place, path=path, related=(here,),
            help="remove the literal; change the secret if it was one",
        )  # fmt: skip
    else:
        key = next((str(step) for step in mapping.target if secret_keys[str(step)]), str(mapping.target[-1]))
        fault = diagnose(
            LITERAL_DIFFERS, place, literal=_told(own, key), value=_told(value, key), related=(here,),
            notes=(*_difference(own, value), f"read from {state.location}"),
            help="correct the literal or remove it",
        )  # fmt: skip
    return [fault], beat


def same(a: Any, b: Any) -> bool:
    """Equal in value and type: `1`, `1.0`, `"1"` and `true` are four things. What is unknown contradicts nothing."""
    if type(a) is not type(b):
        return is_unknown(a)
    if type(a) is dict:
        return a.keys() == b.keys() and all(same(v, b[k]) for k, v in a.items())
    if type(a) is list:
        return len(a) == len(b) and all(same(x, y) for x, y in zip(a, b, strict=True))
    return bool(a == b) or is_unknown(a)


def _told(value: Any, key: str) -> str:
    return shown(value if secret_keys[key] else without_secrets(value), key)


def _difference(literal: Any, value: Any) -> tuple[str, ...]:
    if type(literal) is dict and type(value) is dict:
        keys = sorted(k for k in literal.keys() | value.keys() if not same(value.get(k), literal.get(k)))
        return ("they differ in " + ", ".join(f"`{key}`" for key in keys[:5]),)
    kinds = _kinds(literal, value)
    return (kinds,) if kinds else ()


def _kinds(literal: Any, value: Any) -> str:
    names = {str: "text", int: "an integer", float: "a number", bool: "a boolean", dict: "a mapping", list: "a list"}
    mine, its = names.get(type(literal), "null"), names.get(type(value), "null")
    return "" if mine == its else f"the literal is {mine}, the output is {its}"
