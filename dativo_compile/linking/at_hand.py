"""States that the caller has at hand, such as the one that a Terraform plan would leave: nothing is read for them."""

from __future__ import annotations

from collections.abc import Mapping

from dativo_compile.model.output import State
from dativo_compile.model.usage import UsageError
from dativo_compile.terraform.given import Key, key_of

EVERY = ""  # the key of a state that is meant for all jobs


class AtHand:
    """Built once for a compile; knows afterwards who asked."""

    def __init__(self, states: Mapping[str, State]) -> None:
        self._every = states.get(EVERY)
        self._by_key = {key_of(text): state for text, state in states.items() if text != EVERY}
        self._first: tuple[str, str] | None = None

    def state(self, module: str, workspace: str) -> State | None:
        """Raises `UsageError` where one state is meant for all jobs, and they read more than one."""
        for key in (Key(module, workspace), Key(None, workspace)):
            if key in self._by_key:
                return self._by_key[key]
        if self._every is not None:
            self._check_only(module, workspace)
        return self._every

    def covers(self, module: str, workspace: str) -> bool:
        return self._every is not None or bool({Key(module, workspace), Key(None, workspace)} & self._by_key.keys())

    def _check_only(self, module: str, workspace: str) -> None:
        first = self._first = self._first or (module, workspace)
        if first != (module, workspace):
            one, other = sorted((first, (module, workspace)))
            help = f"say which it is for, such as `--tf-plan {_name(*one, other)}=FILE`"
            shown = " and ".join(f"`{m}:{w}`" if m else f"`{w}`" for m, w in (one, other))
            raise UsageError(f"`--tf-plan FILE` without a workspace, and jobs of more than one: {shown}", help)


def _name(module: str, workspace: str, other: tuple[str, str]) -> str:
    return workspace if workspace != other[1] else f"{module}:{workspace}"
