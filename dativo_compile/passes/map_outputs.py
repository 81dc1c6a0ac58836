"""Put Terraform outputs into their places. After `map_outputs` no Terraform name is left."""

from __future__ import annotations

import re
from typing import Any

from dativo_compile.diagnostics.codes.mapping import (
    HOST_WITH_PORT,
    SECRET_NAME_ENVIRONMENT,
    SENSITIVE_MISPLACED,
    TARGET_BLOCKED,
)
from dativo_compile.diagnostics.diagnostic import Diagnostic, Related, diagnose
from dativo_compile.linking.merge import spread
from dativo_compile.linking.templates import EnvironmentNeeded
from dativo_compile.mapping.assertion import compare
from dativo_compile.mapping.bound import misfits
from dativo_compile.mapping.dotpath import Blocked, Draft, find, get, show
from dativo_compile.mapping.environment import already_missed
from dativo_compile.mapping.pick import pick
from dativo_compile.mapping.places import origin_place
from dativo_compile.mapping.plan import Mapping, may_be_sensitive, plan_of
from dativo_compile.mapping.plan_faults import plan_diagnostics
from dativo_compile.mapping.renames import rewritten
from dativo_compile.mapping.secret_name import secret_name
from dativo_compile.mapping.slips import slips
from dativo_compile.mapping.storage import keep_named_storage
from dativo_compile.mapping.values import as_value
from dativo_compile.model.job import BoundJob, LinkedJob, StatedJob
from dativo_compile.model.origin import FromOutput, Won
from dativo_compile.model.output import Sensitive, State
from dativo_compile.model.project import Project
from dativo_compile.model.unknown import holds_unknown
from dativo_compile.yaml.spans import place_of

HOST_AND_PORT = re.compile(r"[^:\s/]+:[0-9]{1,5}")


def map_outputs(stated: StatedJob, project: Project, found: list[Diagnostic]) -> BoundJob:
    """What cannot be mapped is reported and left out; the job then has an error."""
    linked, state = stated.linked, stated.state
    body, origins = linked.body, linked.origins
    outputs = terraform_block(linked).get("outputs") or {}
    plan = plan_of(outputs) if outputs else None
    if plan is not None and plan.faults:
        found += plan_diagnostics(linked.document, plan)
    secrets: tuple[str, ...] = ()
    if plan is not None and state is not None:
        draft = Draft(body, origins)
        bound = [_bind(mapping, stated, state, project, draft, found) for mapping in plan.mappings]
        secrets = tuple(sorted({name for name in bound if name}))  # sorted: they reach the index
        body, origins = draft.tree, draft.origins
    mappings = plan.mappings if plan else ()
    found += slips(linked, mappings)
    targets = tuple(mapping.target for mapping in mappings)
    body, origins = keep_named_storage(linked, targets, body, origins)
    if plan is not None and state is not None:
        found += misfits(linked, _known(plan.mappings, state, body), body, state)
    return BoundJob(linked, state, body, origins, secrets)


def _known(mappings: tuple[Mapping, ...], state: State, body: dict[str, Any]) -> tuple[Mapping, ...]:
    """Without those whose value a plan does not tell: what stands for it has no type."""
    if not state.unknown:
        return mappings
    return tuple(mapping for mapping in mappings if not holds_unknown(find(body, mapping.target)))


def terraform_block(linked: LinkedJob) -> dict[str, Any]:
    infrastructure = linked.document.value.get("infrastructure")
    block = infrastructure.get("terraform") if type(infrastructure) is dict else None
    return block if type(block) is dict else {}


def _bind(
    mapping: Mapping, stated: StatedJob, state: State, project: Project, draft: Draft, found: list[Diagnostic]
) -> str | None:
    """The name of the secret that stands for the output, if it is sensitive."""
    linked = stated.linked
    value, fault = pick(
        mapping.expression, state, lambda: place_of(linked.document, mapping.path, key=mapping.index is None),
        stated.declared, lambda text: rewritten(linked.document, mapping, text),
    )  # fmt: skip
    if fault is not None:
        found.append(fault)
        return None
    sensitive = type(value) is Sensitive
    if sensitive:
        value = _secret(mapping, linked, project, found)
        if value is None:
            return None
    elif _host_has_port(mapping, value):
        found.append(
            diagnose(
                HOST_WITH_PORT, place_of(linked.document, mapping.path), expression=mapping.expression.text,
                help="map an output of the address (`aws_db_instance.this.address`), and the port to `port`",
            )
        )  # fmt: skip
    origin = FromOutput(mapping.expression.text, _mark_of(linked, mapping))
    value, origin_tree = (value, origin) if sensitive else as_value(value, origin)
    before_origin = find(draft.origins, mapping.target)
    before = find(draft.tree, mapping.target)
    if before is not None and before_origin is not None:  # a null states nothing
        faults, beat = compare(mapping, linked, value, before, before_origin, sensitive=sensitive, state=state)
        found += faults
        if beat:
            origin_tree = spread(value, Won(origin, beat)) if not sensitive else Won(origin, beat)
    try:
        draft.put(mapping.target, value, origin_tree)
    except Blocked as blocked:
        there = find(draft.origins, mapping.target[: blocked.at])
        related = () if there is None else (Related(origin_place(linked, there), "this is in the way"),)
        found.append(
            diagnose(
                TARGET_BLOCKED, place_of(linked.document, mapping.path), path=mapping.text, reason=blocked.reason,
                help="correct the path, or the value that is in the way", related=related,
            )
        )  # fmt: skip
    return _secret_name(mapping, linked, project) if sensitive else None


def _host_has_port(mapping: Mapping, value: Any) -> bool:
    host = value.get("host") if type(value) is dict else value if mapping.target[-1] == "host" else None
    return type(host) is str and HOST_AND_PORT.fullmatch(host) is not None


def _mark_of(linked: LinkedJob, mapping: Mapping) -> str:
    return str(get(linked.document.marks, mapping.path))


def _secret(mapping: Mapping, linked: LinkedJob, project: Project, found: list[Diagnostic]) -> Any:
    """The reference that stands for a sensitive output; absent if it may not stand there."""
    name = mapping.expression.output
    if not may_be_sensitive(mapping.target):
        found.append(
            diagnose(
                SENSITIVE_MISPLACED, place_of(linked.document, mapping.path), name=name, path=mapping.text,
                help="map it into `source`, `target.connection` or `infrastructure.metadata`",
            )
        )  # fmt: skip
        return None
    try:
        secret = _secret_name(mapping, linked, project)
    except EnvironmentNeeded:
        if not already_missed(linked, found):
            place = place_of(linked.document, mapping.path, key=mapping.index is None)
            help = "add `environment: NAME` to the job"
            found.append(diagnose(SECRET_NAME_ENVIRONMENT, place, name=name, help=help))
        return None
    steps = mapping.expression.steps
    return {"$ref": f"secret:{secret}" + (f"#{show(steps)}" if steps else "")}


def _secret_name(mapping: Mapping, linked: LinkedJob, project: Project) -> str:
    return secret_name(project.secret_name, linked.tenant, linked.environment, mapping.expression.output)
