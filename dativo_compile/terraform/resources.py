"""The resources of a state: address, type, ids and tags. Every other attribute is stepped over, not built."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from dativo_compile.diagnostics.codes.state import STATE_NO_OUTPUTS
from dativo_compile.model.output import State
from dativo_compile.model.resource import Cloud, Resource
from dativo_compile.terraform.fault import StateFault
from dativo_compile.terraform.formats import NO_OUTPUTS_HELP, Opener, object_in, opened, state_of
from dativo_compile.terraform.hcl.quoting import quoted
from dativo_compile.terraform.raw import Members, items_of, members_of, plain
from dativo_compile.terraform.resource_ids import CLOUDS, TAGS, ids_of

MANAGED = "managed"


def read_whole(data: bytes, location: str, opener: Opener | None = None) -> State:
    """Outputs and resources. Raises `StateFault`, also for a state that has neither; never keeps a sensitive value."""
    top = opened(data, opener)
    state = replace(state_of(top, location), resources=resources_of(top))
    if not state.outputs and not state.resources:
        raise StateFault(STATE_NO_OUTPUTS, help=NO_OUTPUTS_HELP)
    return state


def resources_of(top: Members) -> tuple[Resource, ...] | None:
    """By address; absent in `terraform output -json`, and in states of version 3, which keep attributes flat."""
    if "format_version" in top:
        values = object_in(top.get("values"), "values")
        found = list(_shown(object_in(values.get("root_module"), "root_module")))
    elif plain(top.get("version"), int) == 4:
        found = [one for raw in items_of(top.get("resources")) or () for one in _instances(members_of(raw) or {})]
    else:
        return None
    return tuple(sorted(found, key=lambda one: one.address))


@dataclass(frozen=True, slots=True)
class Hidden:
    """Which attributes are sensitive: as a whole, or some of their members. `all` where that cannot be told."""

    whole: set[str] = field(default_factory=set)
    parts: set[tuple[str, str]] = field(default_factory=set)
    all: bool = False


def _instances(resource: Members) -> Iterator[Resource]:
    """Of version 4: one resource block, an instance for each `count` or `for_each`."""
    kind, name = plain(resource.get("type"), str) or "", plain(resource.get("name"), str) or ""
    cloud = _cloud(kind)
    if plain(resource.get("mode"), str) != MANAGED or cloud is None:
        return
    module = plain(resource.get("module"), str)
    address = ".".join(part for part in (module, kind, name) if part)
    for raw in items_of(resource.get("instances")) or ():
        instance = members_of(raw) or {}
        if plain(instance.get("deposed"), str):
            continue  # to be destroyed: its successor counts
        at = address + _index(instance.get("index_key"))
        yield _resource(at, kind, cloud, members_of(instance.get("attributes")) or {}, _marked(instance))


def _shown(root: Members) -> Iterator[Resource]:
    """Of `terraform show -json`: the modules lie in one another."""
    waiting = [root]
    while waiting:
        module = waiting.pop()
        waiting += [members_of(raw) or {} for raw in items_of(module.get("child_modules")) or ()]
        for raw in items_of(module.get("resources")) or ():
            one = members_of(raw) or {}
            kind = plain(one.get("type"), str) or ""
            cloud, deposed = _cloud(kind), plain(one.get("deposed_key"), str)
            if plain(one.get("mode"), str) != MANAGED or cloud is None or deposed:
                continue
            address = plain(one.get("address"), str) or kind
            yield _resource(
                address, kind, cloud, members_of(one.get("values")) or {}, _veiled(one.get("sensitive_values"))
            )


def _resource(address: str, kind: str, cloud: Cloud, attributes: Members, hidden: Hidden) -> Resource:
    names = TAGS[cloud]
    plain_ones = {} if hidden.all else {k: raw for k, raw in attributes.items() if k not in hidden.whole}
    shown, ids = ids_of(kind, plain_ones)
    veiled = hidden.all or not hidden.whole.isdisjoint(names)
    tags = None if veiled else _tags(attributes, names, hidden)
    return Resource(address, kind, cloud, shown, ids, tags, veiled)


def _tags(attributes: Members, names: tuple[str, ...], hidden: Hidden) -> dict[str, str | None] | None:
    """The first of the attributes that has a map. What is sensitive in one of them is so in all.

    Terraform marks the `tags` that somebody wrote, and not the `tags_all` that the provider made of them.
    """
    if not any(name in attributes for name in names):
        return None
    secret = {key for name, key in hidden.parts if name in names}
    for name in names:
        members = members_of(attributes.get(name))
        if members is not None:
            texts = {key: plain(raw, str) for key, raw in members.items() if key not in secret}
            found = {key: text for key, text in texts.items() if text is not None}
            return found | dict.fromkeys(secret & members.keys())
    return {}


def _marked(instance: Members) -> Hidden:
    """`sensitive_attributes` of version 4: a list of paths, each of steps into the attributes."""
    raw = instance.get("sensitive_attributes")
    if raw is None or bytes(raw).strip() == b"null":
        return Hidden()
    hidden = Hidden()
    paths = items_of(raw)
    for path in paths or ():
        steps = [_step(members_of(step) or {}) for step in items_of(path) or ()]
        if not steps or steps[0] is None:
            return Hidden(all=True)
        if len(steps) > 1 and steps[1] is not None:
            hidden.parts.add((steps[0], steps[1]))
        else:
            hidden.whole.add(steps[0])
    return hidden if paths is not None else Hidden(all=True)


def _step(step: Members) -> str | None:
    """The member that a step goes to; absent for an element of a list."""
    name = plain(step.get("value"), str)
    if name is None:
        name = plain((members_of(step.get("value")) or {}).get("value"), str)
    return name


def _veiled(raw: Any) -> Hidden:
    """`sensitive_values` of `terraform show -json`: the shape of the values, with true where one is sensitive."""
    members = members_of(raw)
    if members is None:
        return Hidden(all=raw is not None and bytes(raw).strip() == b"true")
    hidden = Hidden()
    for name, inner in members.items():
        if bytes(inner).strip() == b"true":
            hidden.whole.add(name)
        for key, value in (members_of(inner) or {}).items():
            if bytes(value).strip() == b"true":
                hidden.parts.add((name, key))
    return hidden


def _index(raw: Any) -> str:
    text = plain(raw, str)
    if text is not None:
        return f"[{quoted(text)}]"
    number = plain(raw, int)
    return f"[{number}]" if number is not None else ""


def _cloud(kind: str) -> Cloud | None:
    return CLOUDS.get(kind.partition("_")[0])
