"""A Terraform plan as far as outputs go: the states before and after it, and what moves between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from dativo_compile.model.output import Output, State

How = Literal["added", "removed", "changed", "now sensitive", "no longer sensitive", "unchanged"]


@dataclass(frozen=True, slots=True)
class OutputChange:
    """One root output that the plan changes. A side is absent where the state does not have the output.

    What is not known before the plan is applied is an `Unknown` inside of `after`. Of two sensitive sides nothing more
    is known than that they differ.
    """

    name: str
    how: How
    before: Output | None
    after: Output | None


@dataclass(frozen=True, slots=True)
class Plan:
    """`changes` are in the order of the outputs' names. `incomplete` says what is left to a later plan, if anything."""

    location: str
    before: State
    after: State
    changes: tuple[OutputChange, ...]
    incomplete: str = ""


def knowing(plan: Plan, recorded: Mapping[str, Output]) -> Plan:
    """The same with what is recorded of the outputs before it: a plan does not say which were not sensitive then."""
    was = {
        change.name: Output(change.name, recorded[change.name].value, None, recorded[change.name].inexact)
        for change in plan.changes
        if change.how == "changed" and change.after is not None and change.after.sensitive
        if change.name in recorded and not recorded[change.name].sensitive
    }
    changes = tuple(replace(c, how="now sensitive", before=was[c.name]) if c.name in was else c for c in plan.changes)
    return replace(plan, before=replace(plan.before, outputs={**plan.before.outputs, **was}), changes=changes)
