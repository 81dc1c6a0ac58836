"""The value that an expression stands for, or why there is none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dativo_compile.diagnostics.codes.mapping import (
    NUMBER_INEXACT,
    OUTPUT_EMPTY,
    OUTPUT_NULL,
    OUTPUT_PATH_UNKNOWN,
    OUTPUT_UNKNOWN,
)
from dativo_compile.diagnostics.codes.plan import OUTPUT_REMOVED
from dativo_compile.diagnostics.diagnostic import Diagnostic, Fix, Related, diagnose
from dativo_compile.diagnostics.near import asked, nearest
from dativo_compile.mapping.dotpath import Absent, Steps, get, show
from dativo_compile.mapping.expression import Expression, find, needs_unknown
from dativo_compile.model.output import Output, Sensitive, State
from dativo_compile.model.place import Place
from dativo_compile.model.unknown import Unknown, first_unknown

SHOWN_NAMES = 12


def _no_fix(_: str) -> None:
    return None


def pick(
    expression: Expression,
    state: State,
    where: Callable[[], Place],
    declared: Mapping[str, Place] | None = None,
    rewritten: Callable[[str], Fix | None] = _no_fix,
) -> tuple[Any, Diagnostic | None]:
    """The plain value, or a `Sensitive`; or the reason why there is none, at the place that `where` finds.

    `declared` are the outputs that the module declares, if it is known. `rewritten` is the fix that writes another
    text for the expression.
    """
    output = state.outputs.get(expression.output)
    if output is None and expression.output in state.removed:
        return None, removed(expression.output, state, where())
    if output is None:
        return None, _unknown(expression, state, where(), declared, rewritten)
    if output.inexact:
        numbers = ", ".join(output.inexact[:3])
        note = () if output.sensitive else (f"as written in the state: {numbers}",)
        return None, diagnose(
            NUMBER_INEXACT, where(), expression=expression.output, notes=(_where(state), *note),
            help="give the module an output of `tostring(...)`",
        )  # fmt: skip
    try:
        value = _value(expression, output)
    except Absent as absent:
        return None, _path_unknown(expression, output, absent, state, where(), rewritten)
    kind = value.kind if type(value) is Sensitive else None
    if value is None or kind == "null":
        return None, diagnose(
            OUTPUT_NULL, where(), expression=expression.text, notes=(_where(state),),
            help="switch the part on in the module, or remove the mapping",
        )  # fmt: skip
    if value == "" or (type(value) is Sensitive and value.empty):
        return None, diagnose(
            OUTPUT_EMPTY, where(), expression=expression.text, notes=(_where(state),),
            help="switch the part on in the module, or remove the mapping; a module says `null` for a part that is off",
        )  # fmt: skip
    return value, None


def _value(expression: Expression, output: Output) -> Any:
    if expression.steps is None:
        if output.sensitive:
            raise Absent(0)
        unknown = first_unknown(output.value)
        if unknown is not None and needs_unknown(expression.query, output.value):
            return unknown.below(expression.query)  # what it would match cannot be told
        found = find(expression.query, output.value)
        if not found:
            raise Absent(0)
        return found if len(found) > 1 or "*" in expression.query or "?" in expression.query else found[0]
    if not output.sensitive:
        return _at(output.value, expression.steps) if expression.steps else output.value
    shape: Sensitive = output.value
    for at, step in enumerate(expression.steps):
        if step not in shape.parts:
            raise Absent(at)
        shape = shape.parts[step]
    return shape


def _at(value: Any, steps: Steps) -> Any:
    """Below what is unknown everything is. Raises `Absent`."""
    try:
        return get(value, steps)
    except Absent as absent:
        above = get(value, steps[: absent.at])
        if type(above) is not Unknown:
            raise
        return above.below(steps[absent.at :])


def removed(name: str, state: State, place: Place | None) -> Diagnostic:
    """One for each job, which `dativo plan` gathers."""
    return diagnose(
        OUTPUT_REMOVED, place, name=name, who="this job needs", notes=(f"{state.location}: {state.removed[name]}",),
        help="keep the output in the module, or change the jobs before the plan is applied",
    )  # fmt: skip


def _where(state: State) -> str:
    serial = f" (serial {state.serial})" if state.serial is not None else ""
    return f"{state.location}{serial} has {len(state.outputs)} output{'s' if len(state.outputs) != 1 else ''}"


def _unknown(
    expression: Expression,
    state: State,
    place: Place,
    declared: Mapping[str, Place] | None,
    rewritten: Callable[[str], Fix | None],
) -> Diagnostic:
    names = sorted(state.outputs)
    listed = ", ".join(f"`{n}`" for n in names[:SHOWN_NAMES]) + (", ..." if len(names) > SHOWN_NAMES else "")
    notes = [f"{_where(state)}: {listed}"]
    if declared is not None and expression.output in declared:
        return diagnose(
            OUTPUT_UNKNOWN, place, name=expression.output,
            notes=(*notes, "it is declared but not applied, or null"),
            related=(Related(declared[expression.output], "declared here"),),
            help="apply the module in this workspace; if the output is null there, switch its part on",
        )  # fmt: skip
    if declared is not None:
        notes.append("the module does not declare it either")
    near = nearest(expression.output, {*names, *(declared or ())})
    help = "add the output to the module and apply it (Terraform leaves null outputs out of the state)"
    return diagnose(
        OUTPUT_UNKNOWN, place, name=expression.output, notes=tuple(notes),
        fix=rewritten(near + expression.text[len(expression.output) :]) if near in state.outputs else None,
        help=asked(near) or help,
    )  # fmt: skip


def _path_unknown(
    expression: Expression,
    output: Output,
    absent: Absent,
    state: State,
    place: Place,
    rewritten: Callable[[str], Fix | None],
) -> Diagnostic:
    steps = expression.steps
    if steps is None:
        return diagnose(
            OUTPUT_PATH_UNKNOWN, place, output=expression.output, path=expression.query[1:].lstrip("."),
            notes=(_where(state),),
            help="a part of a sensitive output is named by members and indexes only" if output.sensitive
            else "the JSONPath matches nothing; check it against `terraform output -json`",
        )  # fmt: skip
    inner = output.value
    for step in steps[: absent.at]:
        inner = inner.parts[step] if type(inner) is Sensitive else inner[step]
    there: Any = inner.parts if type(inner) is Sensitive else inner
    step = steps[absent.at]
    before = show((expression.output, *steps[: absent.at]))
    near = ""
    if type(inner) is Sensitive:
        help = f"`{before}` is sensitive, so its parts are not listed; check the path against the module"
    elif isinstance(there, dict) and there and all(type(k) is str for k in there):
        listed = ", ".join(f"`{k}`" for k in sorted(there)[:SHOWN_NAMES])
        near = nearest(str(step), there)
        help = asked(near) or f"`{before}` has {listed}"
    elif isinstance(there, list | dict) and there:
        help = f"`{before}` has {len(there)} elements"
    else:
        help = f"`{before}` has no parts"
    fix = rewritten(show((expression.output, *steps[: absent.at], near, *steps[absent.at + 1 :]))) if near else None
    return diagnose(
        OUTPUT_PATH_UNKNOWN, place, output=expression.output, path=show(steps), notes=(_where(state),), help=help,
        fix=fix,
    )  # fmt: skip
