"""A value out of a state, made safe for a manifest."""

from __future__ import annotations

from typing import Any

from dativo_compile.linking.merge import spread
from dativo_compile.linking.references import escaped
from dativo_compile.model.origin import FromOutput
from dativo_compile.model.unknown import Unknown


def as_value(value: Any, origin: FromOutput) -> tuple[Any, Any]:
    """The value with its `$` keys escaped, and its origin at each leaf; what is unknown is a text from here on."""
    if type(value) is dict or type(value) is list:
        value = _escaped(value)
        return value, spread(value, origin)
    return _escaped(value), origin


def _escaped(value: Any) -> Any:
    if type(value) is dict:
        return {escaped(key): _escaped(inner) for key, inner in value.items()}
    if type(value) is list:
        return [_escaped(inner) for inner in value]
    return str(value) if type(value) is Unknown else value
