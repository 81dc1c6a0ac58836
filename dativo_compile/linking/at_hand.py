"""States that the caller has at hand, such as the one that a Terraform plan would leave: nothing is read for them."""

from __future__ import annotations

from collections.abc import Mapping

from dativo_compile.model.output import State
from dativo_compile.model.usage import UsageError
from dativo_compile.terraform.given import Key, key_of

EVERY = ""  # the key of a state that is meant for all jobs


class AtHand:
    """Built once for a compile. Each is the state of one module in one workspace, whatever its key leaves open."""

    def __init__(self, states: Mapping[str, State]) -> None:
        self._states = dict(states)
        self._texts = {key_of(text): text for text in states if text != EVERY}
        self._first: dict[str, tuple[str, str]] = {}

    def state(self, module: str, workspace: str) -> State | None:
        """Raises `UsageError` where the key leaves open which of two is meant."""
        if not self._states:
            return None
        text = self._text(module, workspace)
        if text is None:
            return None
        self._check_only(text, module, workspace)
        return self._states[text]

    def covers(self, module: str, workspace: str) -> bool:
        return bool(self._states) and self._text(module, workspace) is not None

    def _text(self, module: str, workspace: str) -> str | None:
        """A key with the module goes before one without."""
        for key in (Key(module, workspace), Key(None, workspace)):
            if key in self._texts:
                return self._texts[key]
        return EVERY if EVERY in self._states else None

    def _check_only(self, text: str, module: str, workspace: str) -> None:
        first = self._first.setdefault(text, (module, workspace))
        if first == (module, workspace) or (first[1] == workspace and not (first[0] and module)):
            return  # a job without a module may well mean the same one
        one, other = sorted((first, (module, workspace)))
        name = one[1] if one[1] != other[1] else _name(*one)
        given = f"--tf-plan {text}=FILE" if text else "--tf-plan FILE"
        raise UsageError(
            f"`{given}` is one module in one workspace, and jobs read more: `{_name(*one)}` and `{_name(*other)}`",
            f"say which it is for, such as `--tf-plan {name}=FILE`",
        )


def _name(module: str, workspace: str) -> str:
    return f"{module}:{workspace}" if module else workspace
