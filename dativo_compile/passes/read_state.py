"""Find the Terraform state of a job. After `read_state` the outputs are the right ones; sensitive ones are tainted.

Without a state in the result a job that maps outputs cannot become a manifest; why was reported.
"""

from __future__ import annotations

from typing import Any

from dativo_compile.diagnostics.codes.state import (
    MODULE_MISSING,
    MODULE_REFUSED,
    STATE_MISSING,
    WORKSPACE_FALLBACK,
    WRONG_STATE,
)
from dativo_compile.diagnostics.diagnostic import Diagnostic, Related, diagnose
from dativo_compile.diagnostics.near import asked, did_you_mean
from dativo_compile.linking.lock import LockReader
from dativo_compile.linking.paths import PathFault, near_path, resolve
from dativo_compile.linking.references import typed_text
from dativo_compile.linking.sources import Source
from dativo_compile.linking.states import StateReader
from dativo_compile.mapping.plan import plan_of
from dativo_compile.model.job import LinkedJob, StatedJob
from dativo_compile.model.output import State
from dativo_compile.model.place import Place
from dativo_compile.model.secrecy import shown
from dativo_compile.terraform.backends.local import DEFAULT
from dativo_compile.terraform.fault import StateFault
from dativo_compile.terraform.guard import Difference, differences
from dativo_compile.yaml.spans import place_of

BLOCK = ("infrastructure", "terraform")
LISTED = 12


def read_state(
    linked: LinkedJob, states: StateReader, found: list[Diagnostic], lock: LockReader | None = None
) -> StatedJob:
    """A job that maps no outputs reads no state. Where `lock` covers the workspace, none is read for any job."""
    terraform = _block(linked)
    if not terraform.get("outputs") or _misplaced_reference(terraform):
        return StatedJob(linked, None)
    workspace = terraform.get("workspace") or DEFAULT
    at_hand = states.at_hand.state(linked.module or "", workspace)
    if at_hand is not None:
        state = _guarded(linked, at_hand, found)
    elif lock is None or not lock.covers(workspace):
        state = find_state(linked, states, found)
    else:
        state = _guarded(linked, lock.state(linked, lambda name: _where_needed(linked, terraform, name), found), found)
    if state is not None and lock is not None:
        lock.saw(linked, state, found)
    return StatedJob(linked, state)


def find_state(linked: LinkedJob, states: StateReader, found: list[Diagnostic]) -> State | None:
    """The state of the job's module and workspace, if it is the job's; for whoever needs it, outputs mapped or not."""
    terraform = _block(linked)
    if _misplaced_reference(terraform):
        return None
    return _guarded(linked, _state(linked, terraform, terraform.get("workspace") or DEFAULT, states, found), found)


def names_state(linked: LinkedJob, states: StateReader) -> bool:
    """Whether the job, the command line or `dativo.yaml` says where its state lies."""
    terraform = _block(linked)
    if terraform.get("module_path") or terraform.get("backend"):
        return True
    return states.names(linked.module or "", terraform.get("workspace") or DEFAULT)


def _guarded(linked: LinkedJob, state: State | None, found: list[Diagnostic]) -> State | None:
    """Nothing in place of a state that is another tenant's, or otherwise not the job's."""
    wrong = differences(state, linked) if state is not None else ()
    if state is None or not wrong:
        return state
    found.append(_wrong_state(linked, _block(linked), state, wrong))
    return None


def _misplaced_reference(terraform: dict[str, Any]) -> bool:
    """Whether it is unknown which state is meant; `link` has reported it."""
    texts = (terraform.get("workspace"), terraform.get("module_path"))
    return any(text is not None and "$" in text and typed_text(text) != text for text in texts)


def _block(linked: LinkedJob) -> dict[str, Any]:
    infrastructure = linked.document.value.get("infrastructure") or {}
    return infrastructure.get("terraform") or {}


def _state(
    linked: LinkedJob, terraform: dict[str, Any], workspace: str, states: StateReader, found: list[Diagnostic]
) -> State | None:
    named, state = states.named(linked.module or "", workspace, found)
    if named:
        return state
    own = terraform.get("backend")
    module = "." if own and not terraform.get("module_path") else _module(linked, terraform, workspace, states, found)
    if module is None:
        return None
    try:
        source = states.sources.of_module(module, own, workspace)
        exists, state = states.from_source(source, workspace, _place(linked, terraform), found)
        if exists:
            return state
        state = _of_default(linked, source, workspace, states) if source.local else None
    except StateFault as fault:
        keys = ("backend", "type") if own else ("module_path",)
        found.append(fault.at(place_of(linked.document, (*BLOCK, *keys))))
        return None
    if state is None:
        found.append(_missing(linked, terraform, workspace, source, states))
    else:
        found.append(_fallback(linked, terraform, workspace, state))
    return state


def _module(
    linked: LinkedJob, terraform: dict[str, Any], workspace: str, states: StateReader, found: list[Diagnostic]
) -> str | None:
    """The module's folder, project-relative; reported if there is none."""
    pass_it = f"or pass its outputs: `--state {workspace}=FILE`"
    text = terraform.get("module_path")
    if not text:
        help = f"add `module_path`, {pass_it}"
        note = "the job has no `module_path`, and nothing else names a state"
        found.append(diagnose(STATE_MISSING, _place(linked, terraform), workspace=workspace, notes=(note,), help=help))
        return None
    resolved = resolve(states.project, linked.document.file.name, text, folder=True)
    if not isinstance(resolved, PathFault):
        return resolved.name
    place = place_of(linked.document, (*BLOCK, "module_path"))
    if resolved.missing:
        notes = tuple(f"tried {name}" for name in resolved.tried)
        near = near_path(states.project, resolved.tried, text, folder=True)
        help = asked(near) or f"correct the path, {pass_it}"
        found.append(diagnose(MODULE_MISSING, place, path=text, notes=notes, help=help))
    else:
        help = resolved.help or f"give the path of a folder in this project, {pass_it}"
        found.append(diagnose(MODULE_REFUSED, place, path=text, reason=resolved.reason, help=help))
    return None


def _of_default(linked: LinkedJob, source: Source, workspace: str, states: StateReader) -> State | None:
    """The state of `default`, if it says that it is this job's.

    People follow a quick start that never makes the workspace.
    """
    if workspace == DEFAULT:
        return None
    state = states.peek(source, DEFAULT)
    if state is None:
        return None
    said = {"tenant_id": linked.tenant, "environment": linked.environment}
    same = all(name in state.outputs and state.outputs[name].value == value for name, value in said.items())
    return state if same else None


def _place(linked: LinkedJob, terraform: dict[str, Any]) -> Place:
    """Where the job says which state it means."""
    for key in ("workspace", "module_path"):
        if terraform.get(key):
            return place_of(linked.document, (*BLOCK, key))
    return place_of(linked.document, BLOCK, key=True)


def _where_needed(linked: LinkedJob, terraform: dict[str, Any], name: str) -> Place:
    """Where the job maps an output; without a name, where it says which state it means."""
    for mapping in plan_of(terraform["outputs"]).mappings:
        if mapping.expression.output == name:
            return place_of(linked.document, mapping.path, key=mapping.index is None)
    return _place(linked, terraform)


def _missing(
    linked: LinkedJob, terraform: dict[str, Any], workspace: str, source: Source, states: StateReader
) -> Diagnostic:
    existing = states.existing(source)
    notes = [f"looked for {source.backend.location(workspace)}"]
    if existing is None:
        notes.append("which workspaces exist cannot be told: the backend does not list them")
    elif existing:
        notes.append(f"there are states of {_listed('workspace', existing)}")
    else:
        notes.append("the module was never applied here")
    elsewhere = states.known_workspaces()
    if elsewhere:
        notes.append(f"`--state` and `dativo.yaml` name {_listed('workspace', elsewhere)}")
    help = did_you_mean(workspace, {*(existing or ()), *elsewhere})
    help = help or f"apply the module in this workspace, or pass its outputs: `--state {workspace}=FILE`"
    place = _place(linked, terraform)
    return diagnose(STATE_MISSING, place, workspace=workspace, notes=tuple(notes), help=help)


def _listed(what: str, names: tuple[str, ...]) -> str:
    text = ", ".join(f"`{name}`" for name in names[:LISTED])
    more = f" and {len(names) - LISTED} more" if len(names) > LISTED else ""
    return f"the {what}{'' if len(names) == 1 else 's'} {text}{more}"


def _fallback(linked: LinkedJob, terraform: dict[str, Any], workspace: str, state: State) -> Diagnostic:
    return diagnose(
        WORKSPACE_FALLBACK, _place(linked, terraform), workspace=workspace,
        notes=(f"{state.location} has this job's tenant and environment",),
        help=f"run `terraform workspace new {workspace}` in the module and apply it there, or name `default` here",
    )  # fmt: skip


def _wrong_state(
    linked: LinkedJob, terraform: dict[str, Any], state: State, wrong: tuple[Difference, ...]
) -> Diagnostic:
    """One error: the state is another one, however many of its outputs say so."""
    serial = f" (serial {state.serial})" if state.serial is not None else ""
    notes = [f"read from {state.location}{serial}"]
    notes += [f"output `{w.output}` is {shown(w.found)}, the job says {shown(w.said)}" for w in wrong[1:]]
    first = wrong[0]
    related = Related(place_of(linked.document, first.path), f"the job says {shown(first.said)}")
    return diagnose(
        WRONG_STATE, _place(linked, terraform), what=first.what, output=first.output, found=shown(first.found),
        notes=tuple(notes), help="correct the workspace or the module path, or whichever side is wrong",
        related=(related,),
    )  # fmt: skip
