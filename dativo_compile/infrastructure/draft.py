"""The `infrastructure` block that a state calls for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from dativo_compile.infrastructure.references import Reference, from_outputs
from dativo_compile.infrastructure.tags import tags_in_common
from dativo_compile.infrastructure.targets import TAGS, account_of, mapped, providers_of, tags_of, texts_of
from dativo_compile.model.output import State
from dativo_compile.terraform.guard import GUARDED, REGION_OF


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known of the job; empty texts are unknown. `catalog` is the type of catalog that the job names."""

    tenant: str
    environment: str = ""
    provider: str = ""
    module_path: str = ""
    workspace: str = ""
    catalog: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """`block` has its keys in order. `sensitive` and `unmapped` are names of outputs that are not in it."""

    block: dict[str, Any]
    sensitive: tuple[str, ...]
    unmapped: tuple[str, ...]


def clouds(state: State, found: Sequence[Reference]) -> tuple[str, ...]:
    """The clouds that a state is about: those of its resources, or of its outputs if it has none that we know."""
    return tuple(dict.fromkeys(one.provider for one in found)) or tuple(providers_of(texts_of(state)))


def draft(state: State, found: Sequence[Reference], provider: str, asked: Asked) -> Draft:
    texts = texts_of(state)
    own = [one for one in found if one.provider == provider]
    region = _region(texts, own, provider)
    owner = account_of(state) if provider == "aws" else texts.get("project_id", "")
    owner = owner or _only(one.owner for one in own)
    known = {one.type for one in own}
    own += [one for one in from_outputs(texts, provider, region, owner) if one.type not in known]
    outputs = mapped(texts, provider, asked.catalog)
    about: dict[str, Any] = {"provider": provider, "region": region}
    about |= {"account_id": owner} if provider == "aws" else {"project_id": owner} if provider == "gcp" else {}
    about |= {"resources": [_entry(one, region) for one in own]}
    terraform = {"module_path": asked.module_path, "workspace": asked.workspace, "outputs": outputs}
    tags = tags_in_common([*(one.tags for one in own), *tags_of(state)], asked.environment)
    block = {"provider": about, "terraform": terraform if outputs or asked.module_path else {}, "tags": tags}
    left = [name for name in state.outputs if name not in outputs and name not in GUARDED and name not in TAGS]
    return Draft(
        _without_nothing(block),
        tuple(sorted(name for name in left if state.outputs[name].sensitive)),
        tuple(sorted(name for name in left if not state.outputs[name].sensitive)),
    )


def _region(texts: dict[str, str], own: list[Reference], provider: str) -> str:
    """What an output says, else where most resources are, and of equally many the first."""
    said = (*REGION_OF[provider], *(("s3_bucket_region",) if provider == "aws" else ()))
    counted = Counter(one.region for one in own if one.region)
    return next((texts[name] for name in said if name in texts), "") or next(
        (region for region, _ in counted.most_common(1)), ""
    )


def _only(texts: Iterable[str]) -> str:
    """The one text that is there; of several none can be told to be right."""
    found = {text for text in texts if text}
    return found.pop() if len(found) == 1 else ""


def _entry(one: Reference, region: str) -> dict[str, Any]:
    elsewhere = one.region if one.region != region else ""
    return {"resource_type": one.type, "resource_id": one.id, "resource_name": one.name, "region": elsewhere}


def _without_nothing(value: Any) -> Any:
    if type(value) is dict:
        inner = {key: _without_nothing(part) for key, part in value.items()}
        return {key: part for key, part in inner.items() if part not in ("", {}, [])}
    return [_without_nothing(part) for part in value] if type(value) is list else value
