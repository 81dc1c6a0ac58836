"""Plans as `terraform show -json PLAN` prints them, cut down to what tells of outputs."""

from __future__ import annotations

import json
from typing import Any


def change(
    before: Any = None, after: Any = None, unknown: Any = False, actions: str = "", **more: Any
) -> dict[str, Any]:
    """One member of `output_changes`; a wholly unknown one has no `after`. `more` are its marks of sensitivity."""
    said = actions or ("create" if before is None else "no-op" if before == after and unknown is False else "update")
    made = {"actions": [said], "before": before, "after": after, "after_unknown": unknown}
    if unknown is True:
        del made["after"]
    return made | {"before_sensitive": False, "after_sensitive": False} | more


def hidden(before: Any, after: Any, **more: Any) -> dict[str, Any]:
    """Terraform 1.11 marks both sides if either is sensitive."""
    return change(before, after, before_sensitive=True, after_sensitive=True, **more)


def plan(changes: dict[str, Any], prior: dict[str, Any] | None = None, **more: Any) -> bytes:
    """`prior` are the outputs of the prior state."""
    whole: dict[str, Any] = {
        "format_version": "1.2", "terraform_version": "1.11.4", "planned_values": {"root_module": {}},
        "output_changes": changes, "applyable": True, "complete": True, "errored": False,
    }  # fmt: skip
    if prior is not None:
        whole["prior_state"] = {"format_version": "1.0", "values": {"outputs": prior, "root_module": {}}}
    return json.dumps(whole | more).encode()


def declaring(**sensitive: bool) -> dict[str, Any]:
    """A `configuration` whose outputs are declared so."""
    outputs = {name: {"expression": {}, **({"sensitive": True} if flag else {})} for name, flag in sensitive.items()}
    return {"root_module": {"outputs": outputs}}
