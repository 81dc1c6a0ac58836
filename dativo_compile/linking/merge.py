"""Deep merge of two trees, with the memory of what was beaten.

Trees are values beside origins of the same shape. A mapping whose origin is no mapping is a leaf:
an empty one, or a typed reference.
"""

from __future__ import annotations

from typing import Any

from dativo_compile.model.origin import Candidate, Won, beaten, winner
from dativo_compile.model.secrecy import hides_below, without_secrets

Tree = tuple[dict[str, Any], dict[str, Any]]


def merge(
    weak: dict[str, Any],
    weak_origins: dict[str, Any],
    strong: dict[str, Any],
    origins: dict[str, Any],
    *,
    hidden: bool = False,
) -> Tree:
    """Mappings merge; lists and scalars replace; a null removes; another `type` replaces the mapping whole.

    What is beaten is remembered, but never a secret; `hidden` says that the trees stand below a key that holds some.
    """
    out, out_origins = dict(weak), dict(weak_origins)
    for key, value in strong.items():
        origin = origins[key]
        if value is None:
            out.pop(key, None)
            out_origins.pop(key, None)
            continue
        if key not in out:
            out[key], out_origins[key] = cleaned(value, origin)
            continue
        before, before_origin = out[key], out_origins[key]
        if type(before_origin) is dict and (type(origin) is dict or value == {}):
            if type(origin) is not dict:
                continue  # an empty mapping adds nothing
            if not _other_type(before, value):
                inner, inner_origins = merge(
                    before, before_origin, value, origin, hidden=hidden or hides_below(key, before)
                )
                out[key], out_origins[key] = inner, inner_origins or first_leaf(origin)
                continue
        value, origin = cleaned(value, origin)
        lost = None if hidden else without_secrets(before, key)
        out[key], out_origins[key] = value, crowned(origin, before_origin, lost)
    return out, out_origins


def cleaned(value: Any, origin: Any) -> tuple[Any, Any]:
    """Any value without the null members of its mappings; an element of a list keeps its place."""
    if type(origin) is dict:
        return without_nulls(value, origin)
    if type(origin) is not list:
        return value, origin
    kept = [cleaned(v, o) for v, o in zip(value, origin, strict=True)]
    if all(new[0] is old for new, old in zip(kept, value, strict=True)):
        return value, origin
    return [pair[0] for pair in kept], [pair[1] for pair in kept]


def without_nulls(value: dict[str, Any], origins: dict[str, Any]) -> tuple[dict[str, Any], Any]:
    """The tree itself if no member is null, else a copy without: a null that removes nothing is absence."""
    changed: dict[str, tuple[Any, Any] | None] = {}
    for key, inner in value.items():
        origin = origins[key]
        if inner is None:
            changed[key] = None
        elif type(origin) is dict or type(origin) is list:
            kept = cleaned(inner, origin)
            if kept[0] is not inner:
                changed[key] = kept
    if not changed:
        return value, origins
    out, out_origins = dict(value), dict(origins)
    first = next(iter(origins.values()))
    for key, tree in changed.items():
        if tree is None:
            del out[key], out_origins[key]
        else:
            out[key], out_origins[key] = tree
    return out, (out_origins if out else first)


def crowned(origin: Any, loser: Any, value: Any) -> Any:
    """The origin, at each of its leaves, with one more beaten candidate."""
    if type(origin) is dict:
        return {k: crowned(o, loser, value) for k, o in origin.items()}
    if type(origin) is list:
        return [crowned(o, loser, value) for o in origin]
    mark = first_leaf(loser)
    return Won(winner(origin), (*beaten(origin), Candidate(winner(mark), value), *beaten(mark)))


def first_leaf(origin: Any) -> Any:
    """Any one origin in a tree: where the collection begins."""
    while type(origin) is dict or type(origin) is list:
        origin = next(iter(origin.values() if type(origin) is dict else origin))
    return origin


def spread(value: Any, origin: Any) -> Any:
    """The origin tree of a value that came from one place: that origin at each leaf."""
    if type(value) is dict and value:
        return {k: spread(v, origin) for k, v in value.items()}
    if type(value) is list and value:
        return [spread(v, origin) for v in value]
    return origin


def _other_type(before: dict[str, Any], value: dict[str, Any]) -> bool:
    mine, its = before.get("type"), value.get("type")
    return mine is not None and its is not None and mine != its
