"""Compare a job with what its Terraform module declares, applied or not.

After `check_module` it is known which outputs the module declares, where it can be read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dativo_compile.diagnostics.codes.mapping import SENSITIVE_MISPLACED
from dativo_compile.diagnostics.codes.module import (
    OUTPUT_EPHEMERAL,
    OUTPUT_UNDECLARED,
    SENSITIVE_UNAPPLIED,
    VARIABLE_MISSING,
    VARIABLE_UNFIT,
    VARIABLE_UNKNOWN,
)
from dativo_compile.diagnostics.diagnostic import Diagnostic, Related, diagnose
from dativo_compile.diagnostics.near import asked, did_you_mean, nearest
from dativo_compile.linking.modules import Modules
from dativo_compile.mapping.plan import Mapping, may_be_sensitive, plan_of
from dativo_compile.mapping.renames import renamed
from dativo_compile.model.job import StatedJob
from dativo_compile.model.output import State
from dativo_compile.model.place import Place
from dativo_compile.model.source import Document
from dativo_compile.terraform.modules.module import Module, Output, Variable
from dativo_compile.terraform.modules.types import misfit
from dativo_compile.yaml.fixes import swapped
from dativo_compile.yaml.spans import place_of

BLOCK = ("infrastructure", "terraform")
LISTED = 12
SECRET_HELP = "map it into `source`, `target.connection` or `infrastructure.metadata`"


def check_module(stated: StatedJob, modules: Modules, found: list[Diagnostic]) -> StatedJob:
    """A module that cannot be read, or that is elsewhere, is compared with nothing."""
    terraform = (stated.linked.document.value.get("infrastructure") or {}).get("terraform") or {}
    outputs, variables = terraform.get("outputs"), terraform.get("variables")
    if not outputs and not variables:
        return stated
    module = modules.of(stated.linked.module, found)
    if module is None or not module.whole:
        return stated
    if outputs and not (stated.state is not None and stated.state.past):
        seen: set[str] = set()
        for mapping in plan_of(outputs).mappings:
            found += _mapped(mapping, module, stated, seen)
    if variables:
        found += _variables(variables, module, stated)
    return StatedJob(stated.linked, stated.state, module.declared)


def _mapped(mapping: Mapping, module: Module, stated: StatedJob, seen: set[str]) -> Iterator[Diagnostic]:
    name, state = mapping.expression.output, stated.state
    output = module.outputs.get(name)
    if output is None:
        if name not in seen and (state is None or name in state.outputs):  # else `map_outputs` says so
            yield _undeclared(name, module, stated, _place(stated, mapping, key=True))
    elif output.ephemeral:
        if name not in seen:
            yield diagnose(
                OUTPUT_EPHEMERAL, _place(stated, mapping, key=True), name=name, related=(_declared(output),),
                help="drop `ephemeral = true` in the module; `sensitive = true` keeps it out of manifests",
            )  # fmt: skip
    elif output.sensitive and state is None:
        if not may_be_sensitive(mapping.target):
            yield diagnose(
                SENSITIVE_MISPLACED, _place(stated, mapping), name=name, path=mapping.text,
                related=(_declared(output),), help=SECRET_HELP,
            )  # fmt: skip
    elif output.sensitive and state is not None and _is_plain(name, state) and name not in seen:
        yield diagnose(
            SENSITIVE_UNAPPLIED, _place(stated, mapping, key=True), name=name, notes=(f"read from {state.location}",),
            related=(_declared(output),), help="apply the module, so that the state says so too",
        )  # fmt: skip
    seen.add(name)


def _is_plain(name: str, state: State) -> bool:
    return name in state.outputs and not state.outputs[name].sensitive


def _undeclared(name: str, module: Module, stated: StatedJob, place: Place) -> Diagnostic:
    state = stated.state
    notes = [f"{module.folder} declares {_listed('output', module.outputs)}"]
    if state is not None:
        notes.append(f"{state.location} still has it; the next apply removes it")
    near = nearest(name, module.outputs)
    help = asked(near) or "declare the output in the module, or remove the mapping"
    fix = None
    if state is None or near in state.outputs:  # else it would not be found
        fix = renamed(stated.linked.document, name, near)
    return diagnose(OUTPUT_UNDECLARED, place, name=name, notes=tuple(notes), help=help, fix=fix)


def _variables(given: dict[str, Any], module: Module, stated: StatedJob) -> Iterator[Diagnostic]:
    document = stated.linked.document
    path = (*BLOCK, "variables")
    for name, value in given.items():
        variable = module.variables.get(name)
        if variable is None:
            near = nearest(name, module.variables)
            help = asked(near) or "declare the variable in the module, or remove the value"
            note = f"{module.folder} declares {_listed('variable', module.variables)}"
            place = place_of(document, (*path, name), key=True)
            fix = swapped(document.file, place, name, near) if near not in given else None
            yield diagnose(VARIABLE_UNKNOWN, place, name=name, notes=(note,), help=help, fix=fix)
        elif reason := _unfit(value, variable):
            yield diagnose(
                VARIABLE_UNFIT, place_of(document, (*path, name)), name=name, reason=reason,
                related=(Related(variable.place, f"declared here as {variable.type}"),), help="correct the value",
            )  # fmt: skip
    yield from _missing(given, module, document)


def _missing(given: dict[str, Any], module: Module, document: Document) -> Iterator[Diagnostic]:
    known = {*given, *module.given}
    left = [v for v in module.variables.values() if v.required and not v.secret and v.name not in known]
    if not left:
        return
    unknown = [name for name in given if name not in module.variables]
    if len(left) == len(unknown) and all(did_you_mean(v.name, unknown) for v in left):
        return  # a misspelled name is one mistake, and was reported
    names = ", ".join(f"`{v.name}`" for v in left[:LISTED]) + (", ..." if len(left) > LISTED else "")
    related = tuple(Related(v.place, "declared here without a default") for v in left[:3])
    help = f"add {names} to `variables`, or give {'it a default' if len(left) == 1 else 'them defaults'} in the module"
    place = place_of(document, (*BLOCK, "variables"), key=True)
    yield diagnose(VARIABLE_MISSING, place, names=names, related=related, help=help)


def _unfit(value: Any, variable: Variable) -> str | None:
    if value is None:
        return None if variable.nullable or not variable.required else "it may not be null"
    if isinstance(value, str) and "$" in value:
        return None  # text that is filled in elsewhere
    return misfit(value, variable.type)


def _place(stated: StatedJob, mapping: Mapping, *, key: bool = False) -> Place:
    """The target's place, or with `key` the expression's."""
    return place_of(stated.linked.document, mapping.path[:4] if key else mapping.path, key=key)


def _declared(output: Output) -> Related:
    return Related(output.place, "declared here")


def _listed(what: str, names: Any) -> str:
    if not names:
        return f"no {what}"
    text = ", ".join(f"`{name}`" for name in sorted(names)[:LISTED])
    return f"{text}{', ...' if len(names) > LISTED else ''}"
