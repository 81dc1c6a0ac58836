"""Which resources a state holds: the few attributes that a job may refer to, and nothing that is sensitive."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dativo_compile.terraform.formats import Opener

ENCRYPTED = ("encryption_version", "encrypted_data", "serial", "lineage", "meta")


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource that Terraform manages; `values` are texts and maps of texts, as far as they are there."""

    address: str
    type: str
    values: Mapping[str, Any]


def inventory(data: bytes, wanted: Mapping[str, frozenset[str]], opener: Opener | None = None) -> tuple[Resource, ...]:
    """The managed resources of the wanted types with their wanted attributes, in the order of their addresses.

    `data` is a state that `formats.read` has accepted, or refused for having no outputs. What `terraform output -json`
    prints holds no resources, and of states in version 3 none are read.
    """
    top = json.loads(data)
    if "encrypted_data" in top:
        plain = opener({name: top.get(name) for name in ENCRYPTED}) if opener else None
        return inventory(plain, wanted) if plain is not None else ()
    if "format_version" in top:
        found = _shown((top.get("values") or {}).get("root_module") or {}, wanted)
    else:
        found = _stored(top.get("resources") if top.get("version") == 4 else None, wanted)
    return tuple(sorted(found, key=lambda resource: resource.address))


def _stored(resources: Any, wanted: Mapping[str, frozenset[str]]) -> Iterator[Resource]:
    for resource in resources if type(resources) is list else ():
        kind = resource.get("type")
        if resource.get("mode") != "managed" or kind not in wanted:
            continue
        prefix = f"{resource['module']}." if resource.get("module") else ""
        for instance in resource.get("instances") or ():
            if instance.get("deposed"):
                continue  # on its way out: another one stands in its place
            key = instance.get("index_key")
            address = f"{prefix}{kind}.{resource.get('name')}" + (f"[{json.dumps(key)}]" if key is not None else "")
            hidden = _first_steps(instance.get("sensitive_attributes"))
            yield Resource(address, kind, _kept(instance.get("attributes"), wanted[kind] - hidden))


def _shown(module: Mapping[str, Any], wanted: Mapping[str, frozenset[str]]) -> Iterator[Resource]:
    """The shape of `terraform show -json`."""
    for resource in module.get("resources") or ():
        kind = resource.get("type")
        if resource.get("mode") == "managed" and kind in wanted:
            marks = resource.get("sensitive_values") or {}
            hidden = frozenset(name for name, mark in marks.items() if _any(mark))
            yield Resource(str(resource.get("address")), kind, _kept(resource.get("values"), wanted[kind] - hidden))
    for child in module.get("child_modules") or ():
        yield from _shown(child, wanted)


def _kept(attributes: Any, names: frozenset[str]) -> dict[str, Any]:
    values = {name: attributes.get(name) for name in sorted(names)} if type(attributes) is dict else {}
    return {name: value for name, value in values.items() if _is_text(value) or _is_texts(value)}


def _is_text(value: Any) -> bool:
    return type(value) is str and value != ""


def _is_texts(value: Any) -> bool:
    return type(value) is dict and bool(value) and all(type(part) is str for part in value.values())


def _first_steps(paths: Any) -> frozenset[str]:
    """Names of attributes that are sensitive, as a whole or in part.

    The state has `[[{"type": "get_attr", "value": NAME}, ...], ...]`.
    """
    first = (path[0] if type(path) is list and path else path for path in paths or ())
    return frozenset(str(step.get("value")) for step in first if type(step) is dict)


def _any(mark: Any) -> bool:
    inner = mark.values() if type(mark) is dict else mark if type(mark) is list else ()
    return mark is True or any(_any(part) for part in inner)
